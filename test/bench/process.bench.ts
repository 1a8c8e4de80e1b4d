import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openTools, openWorkspace } from '../../src/cli/wire.ts';
import { processRun } from '../../src/pipeline/process-run.ts';
import { modelIdOf, type Tools } from '../../src/pipeline/tools.ts';
import { writeModel } from '../../src/store/models.ts';
import { fakeDetector } from '../support/small-workspace.ts';
import { bench, measure, perSecond } from './measure.ts';
import { context, writeWorkspace } from './workspace.ts';

/** Two persons and a tent in front of the camera. */
const found = [700, 960, 1300].map((x) => ({
  label: x === 960 ? 'tent' : 'person',
  confidence: 0.8,
  box: { x, y: 560, w: 20, h: 40 },
}));

/** Photos a second of a run over all photos, as if none had been seen before. */
async function photosPerSecond(tools: Tools, count: number): Promise<number> {
  await tools.db.exec('truncate rivage.photo, rivage.calibration cascade');
  return perSecond(count, async () => {
    const wish = { cameraIds: undefined, from: undefined, to: undefined };
    const options = { onProgress: () => undefined, signal: context.signal };
    const { done, failed, problems } = await processRun(tools, wish, options);
    if (done !== count || failed > 0 || problems.length > 0) throw new Error(`${done} done, ${failed} failed`);
  });
}

bench('process', async function* () {
  const folder = await mkdtemp(path.join(tmpdir(), 'rivage-bench-'));
  const count = 8;
  await writeWorkspace(folder, count);
  const open = await openWorkspace(folder, context);
  try {
    const real = await openTools(open, undefined, context);
    yield await measure('1080p photos, default network', 'photos/s', () => photosPerSecond(real, count), 5);
    await real.detector.close();
    const fake = { ...real, detector: fakeDetector(found) };
    const labels = ['person', 'tent'];
    await writeModel(open.db, { modelId: modelIdOf(fake), labels, thresholds: fake.detector.manifest.thresholds });
    yield await measure('1080p photos, all but the network', 'photos/s', () => photosPerSecond(fake, count), 5);
  } finally {
    await open.close();
    await rm(folder, { recursive: true, force: true });
  }
});
