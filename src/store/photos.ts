import type { SizePx } from '../geo/frames.ts';
import type { Photo, PhotoId, UnreadablePhoto } from '../ingest/photo.ts';
import type { CameraId } from '../workspace/mounted-camera.ts';
import type { Db } from './db.ts';

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
        ...[read?.takenAt, read?.visibility ?? 'unreadable', unread?.reason, unread?.message],
      ],
    );
    await tx.query(
      `insert into rivage.photo_file (camera_id, path, bytes, photo_id) values ($1, $2, $3, $4)
       on conflict (camera_id, path) do update set bytes = excluded.bytes, photo_id = excluded.photo_id`,
      [photo.cameraId, photo.path, photo.bytes, photo.id],
    );
  });
}

/** Files of a camera that were read before: path relative to the workspace → size in bytes. */
export function findKnownFiles(db: Db, cameraId: CameraId): Promise<ReadonlyMap<string, number>> {
  return readFiles(db, 'select path, bytes from rivage.photo_file where camera_id = $1', [cameraId]);
}

/** Whose work is asked for: a model's, on one camera's files. */
export interface FileWork {
  readonly cameraId: CameraId;
  readonly modelId: string;
  /** Codes of errors.ts: files that are unreadable for one of these are to be read again. */
  readonly retry: readonly string[];
}

/** Files of a camera that need no work by a model any more: unreadable, or analysed by it. Path → size in bytes. */
export function listDoneFiles(db: Db, { cameraId, modelId, retry }: FileWork): Promise<ReadonlyMap<string, number>> {
  const sql = `
    select f.path, f.bytes from rivage.photo_file as f
    join rivage.photo as p using (photo_id)
    where f.camera_id = $1 and (
      (p.visibility = 'unreadable' and p.reason <> all ($3::text[]))
      or exists (select from rivage.analysis as a where a.photo_id = p.photo_id and a.model_id = $2))`;
  return readFiles(db, sql, [cameraId, modelId, retry]);
}

async function readFiles(db: Db, sql: string, params: readonly unknown[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db.query<{ path: string; bytes: number }>(sql, params);
  return new Map(rows.map((row) => [row.path, row.bytes]));
}

/** Readable photos of a camera that a model has not analysed, in order of time. */
export async function listPending(db: Db, cameraId: CameraId, modelId: string): Promise<readonly Photo[]> {
  const rows = await db.query<PhotoRow>(
    `select ${photoColumns} from rivage.photo as p
     where p.camera_id = $1 and p.visibility <> 'unreadable'
       and not exists (select from rivage.analysis as a where a.photo_id = p.photo_id and a.model_id = $2)
     order by p.taken_at, p.fid`,
    [cameraId, modelId],
  );
  return rows.flatMap((row) => {
    const photo = toPhoto(row);
    return photo.kind === 'photo' ? [photo] : [];
  });
}

/** A stored photo or unreadable file. */
export async function findPhoto(db: Db, photoId: PhotoId): Promise<Photo | UnreadablePhoto | undefined> {
  const [row] = await db.query<PhotoRow>(`select ${photoColumns} from rivage.photo as p where p.photo_id = $1`, [
    photoId,
  ]);
  return row && toPhoto(row);
}

const photoColumns = `p.photo_id as id, p.camera_id as "cameraId", p.path, p.bytes, p.width_px as "widthPx",
  p.height_px as "heightPx", p.taken_at as "takenAt", p.visibility, p.reason, p.message`;

interface PhotoBase extends SizePx {
  readonly id: PhotoId;
  readonly cameraId: CameraId;
  readonly path: string;
  readonly bytes: number;
}

type PhotoRow =
  | (PhotoBase & { readonly visibility: Photo['visibility']; readonly takenAt: Date })
  | (PhotoBase & { readonly visibility: 'unreadable'; readonly reason: string; readonly message: string | null });

function toPhoto(row: PhotoRow): Photo | UnreadablePhoto {
  const { id, cameraId, path, bytes, widthPx, heightPx } = row;
  const file = { id, cameraId, path, bytes };
  if (row.visibility === 'unreadable') {
    return { kind: 'unreadable', ...file, reason: row.reason, message: row.message ?? '' };
  }
  return { kind: 'photo', ...file, sizePx: { widthPx, heightPx }, takenAt: row.takenAt, visibility: row.visibility };
}
