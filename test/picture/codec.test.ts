import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import exifr from 'exifr';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServiceError } from '../../src/errors.ts';
import { decodePicture, encodeJpeg, encodePng, readHeader, resize } from '../../src/picture/codec.ts';
import type { Image } from '../../src/picture/image.ts';
import { writePhotoJpeg } from '../../src/picture/write-photo.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rivage-picture-'));
});
afterAll(() => rm(folder, { recursive: true }));

function gradient(widthPx: number, heightPx: number): Image {
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let i = 0; i < widthPx * heightPx; i++) {
    rgb.set([(i % widthPx) % 256, Math.floor(i / widthPx) % 256, (i * 7) % 256], i * 3);
  }
  return { sizePx: { widthPx, heightPx }, rgb };
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (thrown: unknown) => (thrown instanceof ServiceError ? thrown.code : String(thrown)),
  );

describe('a picture', () => {
  it('comes back from PNG as it went in', async () => {
    const image = gradient(37, 23);
    expect(await decodePicture(await encodePng(image))).toEqual(image);
  });

  it('comes back from JPEG nearly as it went in', async () => {
    const image = { ...gradient(64, 48), rgb: new Uint8Array(64 * 48 * 3).fill(130) };
    const back = await decodePicture(await encodeJpeg(image, 90));
    expect(Math.max(...back.rgb.map((value) => Math.abs(value - 130)))).toBeLessThan(4);
  });

  it('is turned upright, and its header says the upright size', async () => {
    const stored = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#000' } })
      .composite([{ input: { create: { width: 20, height: 20, channels: 3, background: '#fff' } }, left: 0, top: 0 }])
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const image = await decodePicture(stored);
    expect(image.sizePx).toEqual({ widthPx: 20, heightPx: 40 });
    expect((await readHeader(stored)).sizePx).toEqual(image.sizePx);
    expect(image.rgb[(5 * 20 + 10) * 3]).toBeGreaterThan(240);
    expect(image.rgb[(35 * 20 + 10) * 3]).toBeLessThan(15);
  });

  it.each([1, 4])('of %i channels becomes RGB', async (channels) => {
    const raw = { width: 8, height: 8, channels: channels as 1 | 4 };
    const png = await sharp(Buffer.alloc(64 * channels, 200), { raw })
      .png()
      .toBuffer();
    const image = await decodePicture(png);
    expect(image.rgb).toEqual(new Uint8Array(8 * 8 * 3).fill(200));
  });

  it('is cut and scaled in one step', async () => {
    const image = gradient(64, 64);
    const part = await resize(image, { widthPx: 8, heightPx: 4 }, { x: 32, y: 16, w: 8, h: 4 });
    expect([...part.rgb.subarray(0, 2)]).toEqual([32, 16]);
  });
});

describe('a photo of the simulator', () => {
  it('carries its local time, offset, make and model', async () => {
    const file = path.join(folder, 'out.jpg');
    const takenAtLocal = '2024:07:14 20:30:05';
    await writePhotoJpeg(file, gradient(32, 32), { takenAtLocal, utcOffset: '+02:00', make: 'Rivage', model: 'Sim' });
    const tags = await exifr.parse(file, { reviveValues: false });
    expect(tags).toMatchObject({
      DateTimeOriginal: takenAtLocal,
      OffsetTimeOriginal: '+02:00',
      Make: 'Rivage',
      Model: 'Sim',
    });
    expect((await readHeader(file)).exif?.length).toBeGreaterThan(50);
  });
});

describe('a bad picture is refused with its own code', () => {
  it('no file', async () => {
    expect(await codeOf(decodePicture(path.join(folder, 'none.jpg')))).toBe('file-missing');
  });

  it('zero bytes', async () => {
    const file = path.join(folder, 'empty.jpg');
    await writeFile(file, '');
    expect(await codeOf(readHeader(file))).toBe('photo-empty');
  });

  it('text or a drawing that is named .jpg', async () => {
    const file = path.join(folder, 'text.jpg');
    await writeFile(file, 'this is a text');
    expect(await codeOf(readHeader(file))).toBe('photo-not-a-picture');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    expect(await codeOf(decodePicture(svg))).toBe('photo-not-a-picture');
  });

  it.each([0.02, 0.1, 0.5, 0.9, 0.99])('a JPEG that stops at %f of its bytes', async (share) => {
    const whole = await encodeJpeg(gradient(640, 480), 90);
    const cut = whole.subarray(0, Math.floor(whole.length * share));
    expect(await codeOf(decodePicture(cut))).toBe('photo-truncated');
  });

  it('a PNG that stops half-way', async () => {
    const whole = await encodePng(gradient(640, 480));
    expect(await codeOf(decodePicture(whole.subarray(0, whole.length / 2)))).toBe('photo-truncated');
  });

  it('a bomb, before it is decoded', async () => {
    const bomb = pngHeader(20_000, 20_000);
    const before = process.memoryUsage().rss;
    expect(await codeOf(readHeader(bomb))).toBe('photo-too-large');
    expect(await codeOf(decodePicture(bomb))).toBe('photo-too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  it('more pixels than the caller allows', async () => {
    expect(await codeOf(decodePicture(await encodePng(gradient(40, 40)), { maxPixels: 1000 }))).toBe('photo-too-large');
  });
});

/** A PNG of one colour whose header claims a size; its data are short, as a bomb's are. */
function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
