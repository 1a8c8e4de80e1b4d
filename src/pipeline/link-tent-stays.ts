import { linkStays, tentRules } from '../interpret/link-stays.ts';
import { readTentFrames } from '../store/analyses.ts';
import type { Db } from '../store/db.ts';
import { replaceStays } from '../store/stays.ts';
import type { CameraId } from '../workspace/mounted-camera.ts';

const label = 'tent';

/** Links a camera's tents into stays anew. A model that knows no tent leaves none behind. */
export async function linkTentStays(db: Db, cameraId: CameraId, modelId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const frames = await readTentFrames(tx, { cameraId, modelId, label });
    await replaceStays(tx, { cameraId, modelId, label }, linkStays(frames, tentRules));
  });
}
