import { joinCameras } from '../interpret/join-cameras.ts';
import { linkStays, tentRules } from '../interpret/link-stays.ts';
import { fillActivities } from '../store/activities.ts';
import { readTentFrames } from '../store/analyses.ts';
import type { Db } from '../store/db.ts';
import { holdStays, listUnjoined, readLakeStays, replaceStays, writeThings } from '../store/stays.ts';
import type { CameraId } from '../workspace/mounted-camera.ts';

const label = 'tent';

/**
 * Links a camera's tents into stays anew, joins them with those that other cameras of the lake saw, and says what
 * persons did near them. A model that knows no tent leaves none behind.
 */
export async function linkTentStays(db: Db, cameraId: CameraId, modelId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const source = { cameraId, modelId, label };
    await holdStays(tx, cameraId);
    await replaceStays(tx, source, linkStays(await readTentFrames(tx, source), tentRules));
    await writeThings(tx, joinCameras(await readLakeStays(tx, source)));
    await fillActivities(tx, cameraId);
  });
}

/** Joins stays over cameras that were linked before stays were joined. */
export async function joinOldStays(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    for (const source of await listUnjoined(tx)) {
      await holdStays(tx, source.cameraId);
      await writeThings(tx, joinCameras(await readLakeStays(tx, source)));
    }
  });
}
