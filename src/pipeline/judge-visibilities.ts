import { judgeAgainstHistory } from '../ingest/visibility-history.ts';
import type { Db } from '../store/db.ts';
import { readPictures, writeVisibilities } from '../store/visibilities.ts';
import type { CameraId } from '../workspace/mounted-camera.ts';

/**
 * Judges all photos of a camera anew, each against the others: photos that come later tell more of what is usual, in
 * whatever order cards are imported.
 */
export async function judgeVisibilities(db: Db, cameraId: CameraId): Promise<void> {
  await writeVisibilities(db, judgeAgainstHistory(await readPictures(db, cameraId)));
}
