import type { Box } from '../../../src/geo/frames.ts';
import { encodePng, resize } from '../../../src/picture/codec.ts';
import { cropImage, growBox } from '../../../src/picture/crop.ts';
import type { Image } from '../../../src/picture/image.ts';

/** Side of a small picture, its coloured frame, px, and how many stand in a row. */
const [cellPx, framePx, columns] = [112, 4, 12];

/** A place that is worth a look, enlarged. */
export interface Sight {
  readonly image: Image;
  readonly colour: readonly [number, number, number];
}

/** Green: found. Red: missed. Yellow: a false tent. */
export const colours = { found: [40, 200, 70], missed: [230, 40, 40], wrong: [250, 210, 30] } as const;

/** A box with as much around it on each side, enlarged. */
export async function toSight(image: Image, box: Box, colour: Sight['colour']): Promise<Sight> {
  const part = cropImage(image, growBox(box, 1));
  if (!part) throw new RangeError('a box outside its photo');
  const inner = cellPx - 2 * framePx;
  const scale = inner / Math.max(part.sizePx.widthPx, part.sizePx.heightPx);
  const toPx = (lengthPx: number) => Math.max(1, Math.round(lengthPx * scale));
  const size = { widthPx: toPx(part.sizePx.widthPx), heightPx: toPx(part.sizePx.heightPx) };
  return { image: await resize(part, size), colour };
}

/** All sights side by side, as PNG. */
export function drawSheet(sights: readonly Sight[]): Promise<Uint8Array> {
  const rows = Math.max(1, Math.ceil(sights.length / columns));
  const sizePx = { widthPx: columns * cellPx, heightPx: rows * cellPx };
  const rgb = new Uint8Array(sizePx.widthPx * sizePx.heightPx * 3);
  sights.forEach(({ image, colour }, at) => {
    const [left, top] = [(at % columns) * cellPx, Math.floor(at / columns) * cellPx];
    for (let y = 0; y < cellPx; y++) {
      for (let x = 0; x < cellPx; x++) {
        rgb.set(colour, ((top + y) * sizePx.widthPx + left + x) * 3);
      }
    }
    for (let row = 0; row < image.sizePx.heightPx; row++) {
      const from = row * image.sizePx.widthPx * 3;
      const line = image.rgb.subarray(from, from + image.sizePx.widthPx * 3);
      rgb.set(line, ((top + framePx + row) * sizePx.widthPx + left + framePx) * 3);
    }
  });
  return encodePng({ sizePx, rgb });
}
