import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { openTools, openWorkspace } from '../../src/cli/wire.ts';
import { readNetwork } from '../../src/detect/network/network.ts';
import { openNetwork } from '../../src/detect/network/onnx-session.ts';
import { createOnnxDetector } from '../../src/detect/onnx.ts';
import { getModel, type ModelEntry } from '../../src/detect/registry.ts';
import { planLooks } from '../../src/detect/slices/detect-on-slices.ts';
import { decodePicture } from '../../src/picture/codec.ts';
import { processRun } from '../../src/pipeline/process-run.ts';
import { isPostgresInstalled, startCluster } from '../support/postgres.ts';
import { referencePath } from '../support/reference-data.ts';
import { type BenchDocument, bench, measure, msOf, summarize } from './measure.ts';
import { peakMemoryMB } from './peak-memory.ts';
import { makeImage, makePhoto } from './pictures.ts';
import { runSahi, type SahiRow } from './sahi.ts';
import { context, writeWorkspace } from './workspace.ts';

const minConfidence = 0.05;
const threads = availableParallelism();
const twelve = { widthPx: 4000, heightPx: 3000 };
const twentyFour = { widthPx: 6000, heightPx: 4000 };

type Rows = AsyncGenerator<BenchDocument['results'][number]>;

/** Rows of one photo on evenly spread slices, from the file to the boxes: by Rivage before and after, by SAHI between. */
async function* besideSahi(model: ModelEntry, what: string, photo: string): Rows {
  const { manifest } = model;
  const slices = planLooks((await decodePicture(photo)).sizePx, manifest.slice).length;
  const named = `${what}, ${slices} slices, ${threads} threads`;
  const detector = await createOnnxDetector(model, threads);
  const sample = async (): Promise<number> =>
    1000 / (await msOf(async () => detector.detect(await decodePicture(photo), { minConfidence })));
  await sample();
  const ours = [await sample(), await sample(), await sample()];
  const network = await readNetwork(model);
  const sahi = runSahi({ network, manifest, threads, minConfidence, samples: 5, photos: [photo] });
  ours.push(await sample(), await sample());
  await detector.close();
  yield summarize(`${named}, dense`, 'photos/s', ours);
  const [row] = sahi?.rows ?? [];
  if (!sahi || !row) return yield { what: `${named}, SAHI`, absent: 'python3 with peers/requirements-sahi.txt' };
  if (row.runs !== slices) throw new Error(`SAHI made ${row.runs} slices, Rivage ${slices}`);
  yield* sahiRows(`${named}, ${sahi.peer}`, row);
}

function sahiRows(what: string, { seconds, inNetwork }: SahiRow) {
  const rates = seconds.map((one) => 1 / one);
  const shares = seconds.map((one, at) => (100 * (inNetwork[at] ?? 0)) / one);
  return [summarize(what, 'photos/s', rates), summarize(`${what}: share of the time in the network`, '%', shares)];
}

/** One slice: the network alone, in the thread that asks; then with its thread around it. */
async function sliceRow(model: ModelEntry) {
  const { manifest } = model;
  const start = { network: await readNetwork(model), manifest, threads, provider: 'cpu' };
  const { widthPx, heightPx } = manifest.input;
  const picture = new Float32Array(3 * widthPx * heightPx).map((_, at) => (at * 7919) % 255);
  const network = await openNetwork(start);
  const row = await measure(`one slice in the network, ${threads} threads`, 'ms', () =>
    msOf(() => network.look(picture, minConfidence)),
  );
  await network.close();
  return row;
}

/** Over new photos: how much of the wall time of a run the thread of the network is at work. */
async function* runRows(): Rows {
  const folder = await mkdtemp(path.join(tmpdir(), 'rivage-bench-'));
  const count = 10;
  await writeWorkspace(folder, count, twelve);
  const open = await openWorkspace(folder, context);
  const started = once(process, 'worker');
  const tools = await openTools(open, undefined, { ...context, config: { ...context.config, detectThreads: threads } });
  const [worker] = (await started) as [Worker];
  const what = `a run over ${count} photos of 12 megapixels`;
  const shares: number[] = [];
  try {
    const wish = { cameraIds: undefined, from: undefined, to: undefined };
    const options = { onProgress: () => undefined, signal: context.signal };
    yield await measure(
      what,
      'photos/s',
      async () => {
        await open.db.exec('truncate rivage.photo, rivage.calibration cascade');
        const before = worker.performance.eventLoopUtilization();
        const ms = await msOf(() => processRun(tools, wish, options));
        shares.push(100 * worker.performance.eventLoopUtilization(before).utilization);
        return (1000 * count) / ms;
      },
      5,
    );
  } finally {
    await tools.detector.close();
    await open.close();
    await rm(folder, { recursive: true, force: true });
  }
  yield summarize(`${what}: share of the time that the network is at work`, '%', shares.slice(1));
}

/** What `rivage process` holds over large photos, beside a PostgreSQL and with its embedded database. */
async function* memoryRows(): Rows {
  const what = 'peak memory of rivage process over photos of 24 megapixels';
  const folder = await mkdtemp(path.join(tmpdir(), 'rivage-bench-'));
  try {
    await writeWorkspace(folder, 6, twentyFour);
    const peakOf = async (of: string, env: Readonly<Record<string, string>>) => {
      const peakMB = await peakMemoryMB(['process', '--workspace', folder], env);
      return peakMB === undefined ? { what: of, absent: '/proc' } : summarize(of, 'MB', [peakMB]);
    };
    if (isPostgresInstalled()) {
      const cluster = await startCluster();
      const url = await cluster.createDatabase('bench');
      yield await peakOf(what, { RIVAGE_DATABASE_URL: url }).finally(() => cluster.stop());
    } else yield { what, absent: 'PostgreSQL' };
    yield await peakOf(`${what}, embedded database included`, {});
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

bench('detect', async function* () {
  const model = await getModel(undefined);
  yield await measure('network loaded', 'ms', async () => {
    let close = async () => {};
    const ms = await msOf(async () => {
      ({ close } = await createOnnxDetector(model, 1));
    });
    await close();
    return ms;
  });
  const image = makeImage(1);
  for (const few of [1, 2]) {
    const detector = await createOnnxDetector(model, few);
    const what = `1080p photo, ${few === 1 ? 'one thread' : 'two threads'}`;
    yield await measure(what, 'ms', () => msOf(() => detector.detect(image, { minConfidence })), 5);
    await detector.close();
  }
  yield await sliceRow(model);
  for (const [size, what] of [
    [twelve, '12 megapixels decoded'],
    [twentyFour, '24 megapixels decoded'],
  ] as const) {
    const bytes = await makePhoto(0, size);
    yield await measure(what, 'ms', () => msOf(() => decodePicture(bytes)), 5);
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'rivage-bench-'));
  try {
    const file = path.join(folder, 'made.jpg');
    await writeFile(file, await makePhoto(0, twelve));
    yield* besideSahi(model, '12-megapixel photo', file);
  } finally {
    await rm(folder, { recursive: true });
  }
  const beach = referencePath('data/photos/beach_fixed_camera/images/5.jpg');
  if (existsSync(beach)) yield* besideSahi(model, 'crowded beach, 1080p', beach);
  else yield { what: 'crowded beach, 1080p', absent: '../shared/data/photos' };
  yield* runRows();
  yield* memoryRows();
});
