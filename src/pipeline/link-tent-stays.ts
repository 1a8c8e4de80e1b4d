import { linkStays, tentRules } from '../interpret/link-stays.ts';
import { readTentFrames } from '../store/analyses.ts';
import { replaceStays } from '../store/stays.ts';
import type { CameraId } from '../workspace/mounted-camera.ts';
import { modelIdOf, type Tools } from './tools.ts';

const label = 'tent';

/** Links a camera's tents into stays anew. A model that knows no tent leaves none behind. */
export async function linkTentStays(tools: Tools, cameraId: CameraId): Promise<void> {
  const modelId = modelIdOf(tools);
  await tools.db.transaction(async (tx) => {
    const frames = await readTentFrames(tx, { cameraId, modelId, label });
    await replaceStays(tx, { cameraId, modelId, label }, linkStays(frames, tentRules));
  });
}
