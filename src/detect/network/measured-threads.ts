import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { toModelId } from '../manifest.ts';
import type { ModelEntry } from '../registry.ts';
import { readNetwork } from './network.ts';
import { startNetwork } from './network-thread.ts';
import { chooseThreads, parseChoices, type ThreadChoice } from './threads.ts';

/** Time for each number of threads, ms; a network that is slower than that is looked through twice all the same. */
const budgetMs = 400;
const leastLooks = 2;

/** Where the choice is kept: one file, a line of JSON for all models. */
export function threadsFile(cacheFolder: string): string {
  return path.join(cacheFolder, 'threads.json');
}

/** What was measured for a model on this machine, with this ONNX Runtime; undefined: nothing yet. */
export async function findThreads(model: ModelEntry, cacheFolder: string): Promise<ThreadChoice | undefined> {
  return (await readChoices(cacheFolder))[await keyOf(model)];
}

/**
 * The threads with which a model is quickest on this machine's processor: measured at the first run, in a second or
 * two, then known. A folder that cannot be written to costs that time at each run and nothing else.
 */
export async function measuredThreads(model: ModelEntry, cacheFolder: string): Promise<ThreadChoice> {
  const known = await findThreads(model, cacheFolder);
  if (known) return known;
  const network = await readNetwork(model);
  const chosen = await chooseThreads(availableParallelism(), (threads) => msOfSlice(model, network, threads));
  const all = { ...(await readChoices(cacheFolder)), [await keyOf(model)]: chosen };
  await writeChoices(cacheFolder, JSON.stringify(all)).catch(() => undefined);
  return chosen;
}

/** The quickest look at a grey slice: whatever else the machine does can only make one slower. */
async function msOfSlice({ manifest }: ModelEntry, bytes: Uint8Array, threads: number): Promise<number> {
  const network = await startNetwork({ network: bytes, manifest, threads, provider: 'cpu' });
  const { widthPx, heightPx } = manifest.input;
  const look = async (): Promise<number> => {
    const picture = new Float32Array(3 * widthPx * heightPx).fill(0.5);
    const started = performance.now();
    await network.look(picture, 1);
    return performance.now() - started;
  };
  try {
    await look();
    let quickest = Number.POSITIVE_INFINITY;
    const end = performance.now() + budgetMs;
    for (let looks = 0; looks < leastLooks || performance.now() < end; looks++) {
      quickest = Math.min(quickest, await look());
    }
    return quickest;
  } finally {
    await network.close();
  }
}

async function keyOf({ manifest }: ModelEntry): Promise<string> {
  const [cpu] = cpus();
  return [toModelId(manifest), `${availableParallelism()} × ${cpu?.model.trim() ?? '?'}`, await runtime()].join(' | ');
}

/** The version of ONNX Runtime, without loading it. */
async function runtime(): Promise<string> {
  const name = 'onnxruntime-node';
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const text = await readFile(path.join(folder, name, 'package.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) return `${name} ${(JSON.parse(text) as { version: string }).version}`;
  }
  return name;
}

async function readChoices(cacheFolder: string): Promise<Readonly<Record<string, ThreadChoice>>> {
  return parseChoices(await readFile(threadsFile(cacheFolder), 'utf8').catch(() => '{}'));
}

/** Written beside, then renamed: another process never reads half of it. */
async function writeChoices(cacheFolder: string, text: string): Promise<void> {
  const file = threadsFile(cacheFolder);
  const beside = `${file}.${process.pid}`;
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(beside, text);
  await rename(beside, file);
}
