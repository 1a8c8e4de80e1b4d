import type { Photo, UnreadablePhoto } from '../ingest/photo.ts';
import type { CameraId } from '../workspace/mounted-camera.ts';
import type { Db } from './db.ts';
import { writeStatistics } from './visibilities.ts';

/**
 * Stores a photo, or a file that is none. The same photo under a second name adds only the name; a file that was
 * unreadable and has other bytes now replaces its row.
 */
export async function writePhoto(db: Db, photo: Photo | UnreadablePhoto): Promise<void> {
  const read = photo.kind === 'photo' ? photo : undefined;
  const unread = photo.kind === 'unreadable' ? photo : undefined;
  await db.transaction(async (tx) => {
    await tx.query(
      `delete from rivage.photo where camera_id = $1 and path = $2 and photo_id <> $3 and visibility = 'unreadable'`,
      [photo.cameraId, photo.path, photo.id],
    );
    await tx.query(
      `insert into rivage.photo
         (photo_id, camera_id, path, bytes, width_px, height_px, taken_at, visibility, reason, message)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (photo_id) do update set reason = excluded.reason, message = excluded.message
       where photo.visibility = 'unreadable' and excluded.visibility = 'unreadable'`,
      [
        ...[photo.id, photo.cameraId, photo.path, photo.bytes, read?.sizePx.widthPx, read?.sizePx.heightPx],
        ...[photo.takenAt, read?.visibility ?? 'unreadable', unread?.reason, unread?.message],
      ],
    );
    if (read?.statistics) await writeStatistics(tx, photo.id, read.statistics);
    await tx.query(
      `insert into rivage.photo_file (camera_id, path, bytes, photo_id) values ($1, $2, $3, $4)
       on conflict (camera_id, path) do update set bytes = excluded.bytes, photo_id = excluded.photo_id`,
      [photo.cameraId, photo.path, photo.bytes, photo.id],
    );
  });
}

/** Whose work is asked for: a model's, on one camera's files. */
export interface FileWork {
  readonly cameraId: CameraId;
  readonly modelId: string;
  /** Codes of errors.ts: files that are unreadable for one of these are to be read again. */
  readonly retry: readonly string[];
}

/** Files of a camera that need no work by a model any more: unreadable, or analysed by it. Path → size in bytes. */
export async function listDoneFiles(
  db: Db,
  { cameraId, modelId, retry }: FileWork,
): Promise<ReadonlyMap<string, number>> {
  const sql = `
    select f.path, f.bytes from rivage.photo_file as f
    join rivage.photo as p using (photo_id)
    where f.camera_id = $1 and (
      (p.visibility = 'unreadable' and p.reason <> all ($3::text[]))
      or exists (select from rivage.analysis as a where a.photo_id = p.photo_id and a.model_id = $2))`;
  const rows = await db.query<{ path: string; bytes: number }>(sql, [cameraId, modelId, retry]);
  return new Map(rows.map((row) => [row.path, row.bytes]));
}
