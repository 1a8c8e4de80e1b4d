import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cropWindow, placeCrop } from '../../../src/detect/check/crop.ts';
import type { Box } from '../../../src/geo/frames.ts';
import { resize } from '../../../src/picture/codec.ts';
import type { Image } from '../../../src/picture/image.ts';

/** Side of a crop as a check sees it, and how it is cut. */
const sidePx = 96;
const rule = { contextShare: 0.25, minSidePx: 24 };
const headerBytes = 128;

/** What is said of one crop. */
export type CropNote = Readonly<Record<string, unknown>>;

/** Writes crops as `crops.npy` (n, 96, 96, 3), uint8, RGB, and what is known of each as `crops.json`, in the same order. */
export interface CropFile {
  readonly add: (image: Image, box: Box, note: CropNote) => Promise<void>;
  readonly close: () => Promise<number>;
}

export async function createCropFile(folder: string): Promise<CropFile> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'crops.npy');
  const stream = createWriteStream(file);
  await send(stream, Buffer.alloc(headerBytes));
  const notes: CropNote[] = [];
  return {
    add: async (image, box, note) => {
      notes.push({ ...note, box: [box.x, box.y, box.w, box.h].map((value) => Math.round(value * 10) / 10) });
      await send(stream, await cutCrop(image, box));
    },
    close: async () => {
      await new Promise((done) => stream.end(done));
      const handle = await open(file, 'r+');
      await handle.write(npyHeader(notes.length), 0, headerBytes, 0);
      await handle.close();
      await writeFile(
        path.join(folder, 'crops.json'),
        `[\n${notes.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`,
      );
      return notes.length;
    },
  };
}

/** As a check's input, before means are taken; grey outside the photo. */
async function cutCrop(image: Image, box: Box): Promise<Buffer> {
  const input = { widthPx: sidePx, heightPx: sidePx };
  const { part, sizePx, x, y } = placeCrop(cropWindow(box, rule), image.sizePx, input);
  const scaled = await resize(image, sizePx, part);
  const crop = Buffer.alloc(sidePx * sidePx * 3, 114);
  for (let row = 0; row < Math.min(sizePx.heightPx, sidePx - y); row++) {
    const from = row * sizePx.widthPx * 3;
    const length = Math.min(sizePx.widthPx, sidePx - x) * 3;
    crop.set(scaled.rgb.subarray(from, from + length), ((y + row) * sidePx + x) * 3);
  }
  return crop;
}

/** Source: the NPY format, version 1.0, of NumPy. */
function npyHeader(count: number): Buffer {
  const shape = `(${count}, ${sidePx}, ${sidePx}, 3)`;
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(headerBytes - 11);
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, headerBytes - 10, 0]);
  return Buffer.concat([head, Buffer.from(`${text}\n`, 'latin1')]);
}

function send(stream: WriteStream, bytes: Uint8Array): Promise<void> {
  return new Promise((done, failed) => stream.write(bytes, (error) => (error ? failed(error) : done())));
}
