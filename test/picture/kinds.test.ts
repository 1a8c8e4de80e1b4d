import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { createOnnxDetector } from '../../src/detect/onnx.ts';
import { getModel } from '../../src/detect/registry.ts';
import { decodePicture } from '../../src/picture/codec.ts';
import type { Image } from '../../src/picture/image.ts';

const sizePx = { widthPx: 96, heightPx: 64 };

/** Soft colours, that a JPEG keeps. */
const rgb = Uint8Array.from({ length: sizePx.widthPx * sizePx.heightPx * 3 }, (_, at) => {
  const [column, row] = [Math.floor(at / 3) % sizePx.widthPx, Math.floor(at / 3 / sizePx.widthPx)];
  return [60 + column, 190 - row, 90 + (column + row) / 2][at % 3] ?? 0;
});
const made = (): Sharp => sharp(rgb, { raw: { width: sizePx.widthPx, height: sizePx.heightPx, channels: 3 } });
const wide = Uint16Array.from(rgb, (value) => value * 257);
const raw16 = { width: sizePx.widthPx, height: sizePx.heightPx, channels: 3, depth: 'ushort' } as const;

/** Mean and largest difference from what was meant, in grey levels. */
function differences(image: Image): { readonly mean: number; readonly most: number } {
  const all = rgb.map((value, at) => Math.abs(value - (image.rgb[at] ?? 0)));
  return { mean: all.reduce((sum, value) => sum + value, 0) / all.length, most: all.reduce((a, b) => Math.max(a, b)) };
}

describe('a photo shows what it shows', () => {
  it.each([
    { kind: 'progressive JPEG', file: () => made().jpeg({ quality: 95, progressive: true }) },
    { kind: 'JPEG in CMYK', file: () => made().toColourspace('cmyk').jpeg({ quality: 95 }), most: 40, mean: 12 },
    { kind: 'PNG with alpha', file: () => made().ensureAlpha(0.5).png(), most: 0 },
    { kind: 'PNG of a palette', file: () => made().png({ palette: true }), most: 40 },
    { kind: 'PNG of 16 bits', file: () => sharp(wide, { raw: raw16 }).toColourspace('rgb16').png(), most: 1 },
    { kind: 'interlaced PNG', file: () => made().png({ progressive: true }), most: 0 },
  ])('as $kind', async ({ file, most = 12, mean = 3 }) => {
    const image = await decodePicture(await file().toBuffer());
    expect(image.sizePx).toEqual(sizePx);
    expect(image.rgb).toHaveLength(rgb.length);
    const off = differences(image);
    expect(off.most).toBeLessThanOrEqual(most);
    expect(off.mean).toBeLessThanOrEqual(mean);
  });

  // Source: Exif 2.3, 4.6.4, Orientation: where row 0 and column 0 of the file lie in what is seen
  it.each([
    { orientation: 1, from: (row: number, column: number) => [column, row] },
    { orientation: 2, from: (row: number, column: number) => [95 - column, row] },
    { orientation: 3, from: (row: number, column: number) => [95 - column, 63 - row] },
    { orientation: 4, from: (row: number, column: number) => [column, 63 - row] },
    { orientation: 5, from: (row: number, column: number) => [row, column] },
    { orientation: 6, from: (row: number, column: number) => [95 - row, column] },
    { orientation: 7, from: (row: number, column: number) => [95 - row, 63 - column] },
    { orientation: 8, from: (row: number, column: number) => [row, 63 - column] },
  ])('whichever way its camera was held: orientation $orientation', async ({ orientation, from }) => {
    const [width, height] = orientation < 5 ? [96, 64] : [64, 96];
    const stored = Uint8Array.from({ length: rgb.length }, (_, at) => {
      const [column, row] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
      const [x = 0, y = 0] = from(row, column);
      return rgb[(y * sizePx.widthPx + x) * 3 + (at % 3)] ?? 0;
    });
    const file = await sharp(stored, { raw: { width, height, channels: 3 } })
      .withMetadata({ orientation })
      .png()
      .toBuffer();
    const image = await decodePicture(file);
    expect(image.sizePx).toEqual(sizePx);
    expect(differences(image).most).toBe(0);
  });
});

it('a photo of any shape is looked at without an error, and boxes stay in it', async () => {
  const detector = await createOnnxDetector(await getModel(undefined), 1);
  for (const [widthPx, heightPx] of [
    [1, 1],
    [1, 700],
    [2500, 3],
  ] as const) {
    const pixels = Uint8Array.from({ length: 3 * widthPx * heightPx }, (_, at) => (at * 7919) % 256);
    const found = await detector.detect({ sizePx: { widthPx, heightPx }, rgb: pixels }, { minConfidence: 0.01 });
    for (const { box } of found) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.x + box.w).toBeLessThanOrEqual(widthPx + 1e-9);
      expect(box.y + box.h).toBeLessThanOrEqual(heightPx + 1e-9);
    }
  }
  await detector.close();
});
