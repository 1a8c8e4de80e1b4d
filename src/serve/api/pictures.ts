import { ServiceError } from '../../errors.ts';
import type { Box } from '../../geo/frames.ts';
import { z } from '../../schema.ts';
import type { Db } from '../../store/db.ts';
import type { ServeDeps } from '../deps.ts';
import type { Look, PictureRequest } from '../pictures.ts';
import { type Answer, defineRoute, type Route } from '../route.ts';
import { rowParameter, widthParameter } from './parts.ts';
import { getPhoto } from './photos.ts';

const jpeg: Answer = { status: 200, type: 'image/jpeg', description: 'Persons blurred' };
const size = z.strictObject({ width: widthParameter });

/** Pictures for people: persons are blurred in every one of them. */
export function pictureRoutes({ db, pictures }: ServeDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/photos/{photoId}/image',
      tag: 'photos',
      summary: 'The photo with persons blurred; blurred whole while no model has looked for persons in it',
      params: z.strictObject({ photoId: z.string() }),
      query: size,
      answers: [jpeg],
      problems: ['not-found', 'file-missing', 'outside-folders'],
      handle: async ({ params, query }) => {
        const { path } = await getPhoto(db, params.photoId);
        const bytes = await pictures.photo(await readPictureRequest(db, params.photoId, path), query.width);
        return { kind: 'bytes', type: 'image/jpeg', bytes };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/detections/{detectionId}/crop',
      tag: 'photos',
      summary: 'A detection cut out of its photo with its surroundings, persons blurred',
      params: z.strictObject({
        detectionId: rowParameter,
      }),
      query: size,
      answers: [jpeg],
      problems: ['not-found', 'file-missing', 'outside-folders'],
      handle: async ({ params, query }) => {
        const { photoId, path, x, y, w, h } = await getDetection(db, params.detectionId);
        const request = await readPictureRequest(db, photoId, path);
        return { kind: 'bytes', type: 'image/jpeg', bytes: await pictures.crop(request, { x, y, w, h }, query.width) };
      },
    }),
  ];
}

interface DetectionPlace extends Box {
  readonly photoId: string;
  readonly path: string;
}

async function getDetection(db: Db, id: number): Promise<DetectionPlace> {
  const [row] = await db.query<DetectionPlace>(
    `select p.photo_id as "photoId", p.path, d.x, d.y, d.w, d.h
     from rivage.detection as d join rivage.analysis using (analysis_id) join rivage.photo as p using (photo_id)
     where d.fid = $1`,
    [id],
  );
  if (!row)
    throw new ServiceError('not-found', {
      what: { en: 'detection', fr: 'détection' },
      id,
      list: '/api/photos/{photoId}',
    });
  return row;
}

interface LookRow extends Box {
  readonly analysisId: number;
  readonly labels: readonly string[];
  readonly label: string | null;
  readonly confidence: number;
}

/** What all models said of a photo. An analysis that failed has looked at nothing, so it does not count. */
export async function readPictureRequest(db: Db, photoId: string, path: string): Promise<PictureRequest> {
  const rows = await db.query<LookRow>(
    `select a.analysis_id as "analysisId", m.labels, d.label, d.confidence, d.x, d.y, d.w, d.h
     from rivage.analysis as a
     join rivage.model as m using (model_id)
     left join rivage.detection as d using (analysis_id)
     where a.photo_id = $1 and a.reason is null`,
    [photoId],
  );
  const looks = new Map<number, { labels: readonly string[]; detections: Look['detections'][number][] }>();
  for (const { analysisId, labels, label, confidence, x, y, w, h } of rows) {
    const look = looks.get(analysisId) ?? { labels, detections: [] };
    if (label !== null) look.detections.push({ label, confidence, box: { x, y, w, h } });
    looks.set(analysisId, look);
  }
  return { path, looks: [...looks.values()] };
}
