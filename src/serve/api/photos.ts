import { ServiceError } from '../../errors.ts';
import { z } from '../../schema.ts';
import type { Db } from '../../store/db.ts';
import type { ServeDeps } from '../deps.ts';
import { defineRoute, named, type Route } from '../route.ts';
import { instant, instantParameter, limitParameter, locationSchema, offsetParameter } from './parts.ts';
import { readAnalyses } from './photo-analyses.ts';

const visibility = z.enum(['usable', 'dark', 'fog', 'blocked', 'wet', 'unreadable']);

const photoFields = {
  id: z.string().describe('SHA-256 of the file, hexadecimal'),
  cameraId: z.string(),
  path: z.string().describe('Relative to the workspace folder'),
  bytes: z.int(),
  widthPx: z.int().nullable(),
  heightPx: z.int().nullable(),
  takenAt: instant.nullable().describe('UTC instant of the shutter; null: not known, as the file cannot be read'),
  visibility,
  reason: z.string().nullable().describe('Code that says why it cannot be read'),
  message: z.string().nullable(),
};
const photoSchema = named('Photo', z.object({ ...photoFields, analysedBy: z.array(z.string()).describe('Model ids') }));

const photosSchema = named(
  'Photos',
  z.object({
    photos: z.array(photoSchema),
    total: z.int().describe('How many match the filters'),
    next: z.string().nullable().describe('Address of the next page; null: this is the last'),
  }),
);

const detectionSchema = named(
  'Detection',
  z.object({
    id: z.int().describe('The fid of sighting_map'),
    label: z.string(),
    confidence: z.number().describe('As the network gave it, 0–1'),
    plausibility: z
      .number()
      .nullable()
      .describe('How well the size of the box fits its place, 0–1; null: no calibration, or nothing is known there'),
    shownConfidence: z.number().describe('Confidence times plausibility: what thresholds apply to'),
    box: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }).describe("px, the photo's own"),
    sighting: locationSchema
      .extend({
        zones: z
          .array(z.object({ zoneId: z.string(), holdsPoint: z.boolean(), probability: z.number().nullable() }))
          .describe('Zones that it may be in; probability: share of the ellipse inside, null: not computed yet'),
      })
      .nullable()
      .describe('Where it is on the ground; null: see noSightingReason'),
    noSightingReason: z.string().nullable(),
  }),
);

const analysisSchema = z.object({
  modelId: z.string(),
  calibrationId: z.int().nullable().describe('The calibration that placed the detections; null: none held'),
  analysedAt: instant,
  durationMs: z.number(),
  lookedAt: z
    .array(z.array(z.number()))
    .nullable()
    .describe('Slices [x, y, w, h], px, where the rest was passed over as unchanged; null: nothing was'),
  reason: z.string().nullable().describe('Code that says why the analysis failed'),
  message: z.string().nullable(),
  detections: z.array(detectionSchema).describe('From confidence 0.05 up, most confident first'),
});

const photoDetailSchema = named(
  'PhotoDetail',
  z.object({ ...photoFields, analyses: z.array(named('Analysis', analysisSchema)) }),
);

const filters = z.strictObject({
  camera: z.string().optional().describe('Id of a camera'),
  path: z.string().optional().describe('Relative to the workspace folder, as answered'),
  from: instantParameter.optional(),
  to: instantParameter.optional().describe('Instant, itself not included'),
  visibility: visibility.optional(),
  limit: limitParameter(1000, 100),
  offset: offsetParameter,
});

/** GET /api/photos and /api/photos/{photoId}. */
export function photoRoutes(deps: ServeDeps): readonly Route[] {
  return [listRoute(deps), oneRoute(deps)];
}

function listRoute({ db }: ServeDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/api/photos',
    tag: 'photos',
    summary: 'Photos by camera, path, time and visibility; unreadable files too, with their reason',
    query: filters,
    answers: [{ status: 200, type: 'application/json', description: 'By time; unreadable last', schema: photosSchema }],
    handle: async ({ query }) => {
      const { camera, from, to, limit, offset } = query;
      const found = [camera ?? null, from ?? null, to ?? null, query.visibility ?? null, query.path ?? null];
      const [count] = await db.query<{ total: number }>(`select count(*)::int as total ${matching}`, found);
      const photos = await db.query(
        `select ${photoColumns}, ${modelsColumn} ${matching} order by p.taken_at nulls last, p.fid limit $6 offset $7`,
        [...found, limit, offset],
      );
      const total = count?.total ?? 0;
      return { kind: 'json', body: { photos, total, next: nextPage(query, total) } };
    },
  });
}

function nextPage(query: z.output<typeof filters>, total: number): string | null {
  const offset = query.offset + query.limit;
  if (offset >= total) return null;
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, offset })) {
    next.set(name, value instanceof Date ? value.toISOString() : String(value));
  }
  return `/api/photos?${next}`;
}

function oneRoute({ db }: ServeDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/api/photos/{photoId}',
    tag: 'photos',
    summary: 'A photo with its detections and where they are on the ground',
    params: z.strictObject({ photoId: z.string() }),
    answers: [{ status: 200, type: 'application/json', description: 'The photo', schema: photoDetailSchema }],
    problems: ['not-found'],
    handle: async ({ params }) => {
      const photo = await getPhoto(db, params.photoId);
      return { kind: 'json', body: { ...photo, analyses: await readAnalyses(db, params.photoId) } };
    },
  });
}

/**
 * The row of a photo.
 * @throws ServiceError not-found
 */
export async function getPhoto(db: Db, id: string): Promise<{ readonly path: string }> {
  const [photo] = await db.query<{ path: string }>(
    `select ${photoColumns} from rivage.photo as p where p.photo_id = $1`,
    [id],
  );
  if (!photo) throw new ServiceError('not-found', { what: { en: 'photo', fr: 'photo' }, id, list: '/api/photos' });
  return photo;
}

const photoColumns = `p.photo_id as id, p.camera_id as "cameraId", p.path, p.bytes, p.width_px as "widthPx",
  p.height_px as "heightPx", p.taken_at as "takenAt", p.visibility, p.reason, p.message`;

const modelsColumn = `array(
  select a.model_id from rivage.analysis as a where a.photo_id = p.photo_id and a.reason is null order by 1
) as "analysedBy"`;

const matching = `from rivage.photo as p
  where ($1::text is null or p.camera_id = $1) and ($2::timestamptz is null or p.taken_at >= $2)
    and ($3::timestamptz is null or p.taken_at < $3) and ($4::text is null or p.visibility = $4)
    and ($5::text is null or p.path = $5)`;
