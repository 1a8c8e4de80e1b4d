import type { PhotoId } from '../ingest/photo.ts';
import type { PictureStatistics } from '../ingest/picture-statistics.ts';
import type { HistoryJudgement, PhotoOfHistory } from '../ingest/visibility-history.ts';
import type { CameraId } from '../workspace/mounted-camera.ts';
import type { Db } from './db.ts';

/** Stores what was measured of a picture; once, for the same bytes measure the same. */
export async function writeStatistics(db: Db, photoId: PhotoId, statistics: PictureStatistics): Promise<void> {
  const { luminance, contrast, sharpness, light, coarse, fine } = statistics;
  const blocks = Buffer.concat([light, coarse, fine]).toString('base64');
  await db.query(
    `insert into rivage.photo_statistics (photo_id, luminance, contrast, sharpness, blocks)
     values ($1, $2, $3, $4, decode($5, 'base64')) on conflict do nothing`,
    [photoId, luminance, contrast, sharpness, blocks],
  );
}

/** A stored photo whose picture was measured. */
export interface StoredPicture extends PhotoOfHistory {
  readonly id: PhotoId;
}

interface PictureRow extends Omit<StoredPicture, 'statistics'> {
  readonly luminance: number;
  readonly contrast: number;
  readonly sharpness: number;
  readonly blocks: string;
}

/**
 * A camera's photos whose pictures were measured. What a person says cannot be used tells nothing of what is usual, and
 * is not there. A view lasts while one calibration begins after the other.
 */
export async function readPictures(db: Db, cameraId: CameraId): Promise<readonly StoredPicture[]> {
  const rows = await db.query<PictureRow>(
    `select p.photo_id as id, p.taken_at as "takenAt", rivage.sun_altitude_deg(c.geom, p.taken_at) as "sunAltitudeDeg",
       concat_ws(' ', p.width_px, p.height_px, (
         select max(coalesce(k.valid_from, '-infinity')) from rivage.calibration as k
         where k.camera_id = c.camera_id and k.withdrawn_at is null and coalesce(k.valid_from, '-infinity') <= p.taken_at
       )) as view,
       exists (
         select from rivage.analysis as a join rivage.photo_drift as d using (photo_id, calibration_id)
         where a.photo_id = p.photo_id and (d.state = 'moved' or d.heading_deg is null)
       ) as "isMoved",
       s.luminance, s.contrast, s.sharpness, translate(encode(s.blocks, 'base64'), E'\\n', '') as blocks
     from rivage.photo_statistics as s
     join rivage.photo as p using (photo_id)
     join rivage.camera as c using (camera_id)
     where p.camera_id = $1 and (p.visibility_origin <> 'person' or p.visibility = 'usable')
     order by p.taken_at, p.photo_id`,
    [cameraId],
  );
  return rows.map(({ luminance, contrast, sharpness, blocks, ...photo }) => {
    const bytes = Buffer.from(blocks, 'base64');
    const part = (third: number) => bytes.subarray((third * bytes.length) / 3, ((third + 1) * bytes.length) / 3);
    return { ...photo, statistics: { luminance, contrast, sharpness, light: part(0), coarse: part(1), fine: part(2) } };
  });
}

/** Stores what was judged of photos, where it is new; what a person said stays. How many changed. */
export async function writeVisibilities(db: Db, judged: readonly HistoryJudgement<StoredPicture>[]): Promise<number> {
  const rows = judged.map(({ photo: { id }, visibility, origin }) => ({ id, visibility, origin }));
  const changed = await db.query(
    `update rivage.photo as p set visibility = j.visibility, visibility_origin = j.origin
     from json_to_recordset($1::json) as j (id text, visibility text, origin text)
     where p.photo_id = j.id and p.visibility_origin <> 'person'
       and (p.visibility, p.visibility_origin) <> (j.visibility, j.origin)
     returning p.fid`,
    [JSON.stringify(rows)],
  );
  return changed.length;
}
