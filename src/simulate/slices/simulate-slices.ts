import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ServiceError } from '../../errors.ts';
import { refuseFull } from '../new-folder.ts';
import { type SlicePicture, toCoco } from './coco.ts';
import { openPhotos } from './photo.ts';
import type { SliceTask } from './shoot-slices.ts';
import { defaultSlices, picturesPerView, type SliceOptions } from './slice-options.ts';

/** Where the truth of slices lies, relative to their folder. */
export const annotationsFile = 'annotations.json';

/**
 * Writes small pictures of tents, people, boats, animals and what looks like them, and the exact truth as COCO.
 * The same options give the same bytes, however many threads draw them.
 * @throws ServiceError bad-option, folder-not-empty, folder-without-photos
 */
export async function simulateSlices(
  folder: string,
  wish: Partial<SliceOptions> = {},
): Promise<readonly SlicePicture[]> {
  const options = { ...defaultSlices, ...wish };
  checkOptions(options);
  await refuseFull(folder);
  if (options.backgrounds !== undefined) await checkBackgrounds(options.backgrounds);
  await mkdir(path.join(folder, 'images'), { recursive: true });
  const { count, seed, sidePx, backgrounds } = options;
  let done = 0;
  const onPicture = () => options.onPicture?.(++done, count);
  const threads = Math.min(availableParallelism(), 8, Math.ceil(count / picturesPerView));
  const parts = await Promise.all(
    Array.from({ length: threads }, (_, thread) =>
      runThread({ folder, count, seed, sidePx, backgrounds, thread, threads }, options.signal, onPicture),
    ),
  );
  const pictures = parts.flat().sort((a, b) => a.id - b.id);
  await writeFile(path.join(folder, annotationsFile), JSON.stringify(toCoco(pictures)));
  return pictures;
}

const workerFile = new URL('../../../dist/simulate/slices/slice-worker.js', import.meta.url);

function runThread(
  task: SliceTask,
  signal: AbortSignal | undefined,
  onPicture: () => void,
): Promise<readonly SlicePicture[]> {
  const worker = new Worker(workerFile, { workerData: task, execArgv: [] });
  return new Promise((resolve, reject) => {
    const pictures: SlicePicture[] = [];
    const stop = (): void => {
      void worker.terminate();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.on('message', (picture: SlicePicture) => {
      pictures.push(picture);
      onPicture();
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      signal?.removeEventListener('abort', stop);
      resolve(pictures);
    });
  });
}

function checkOptions({ count, sidePx }: SliceOptions): void {
  const refuse = (option: string, value: number, why: string): never => {
    throw new ServiceError('bad-option', { option, value, why });
  };
  if (!(Number.isInteger(count) && count >= 1 && count <= 999_999)) refuse('--count', count, '1 to 999999 are needed');
  if (!(Number.isInteger(sidePx) && sidePx >= 96 && sidePx <= 1024))
    refuse('--size', sidePx, '96 to 1024 px are needed');
}

async function checkBackgrounds(folder: string): Promise<void> {
  const photos = await openPhotos(folder).catch((cause) => {
    throw new ServiceError('folder-without-photos', { folder }, { cause });
  });
  if (photos.length === 0) throw new ServiceError('folder-without-photos', { folder });
}
