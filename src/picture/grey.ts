import type { SizePx } from '../geo/frames.ts';
import type { Image } from './image.ts';

/** The brightness of a picture, made smaller by a whole factor. */
export interface GreyImage {
  readonly sizePx: SizePx;
  /** (heightPx, widthPx), row-major, 0–255. */
  readonly grey: Uint8Array;
  /** Pixels of the picture along one of these: a place (u, v) there is (u, v) / factor here. */
  readonly factor: number;
}

/** Finer than this costs time and tells nothing more of how a camera turned. */
const maxWidthPx = 2400;

/**
 * Brightness of an image, as means of whole blocks of pixels, the smallest blocks that bring it to 2400 pixels of
 * width or less. Rows and columns that fill no block are left out.
 */
export function toGrey({ sizePx, rgb }: Image): GreyImage {
  const factor = Math.max(1, Math.ceil(sizePx.widthPx / maxWidthPx));
  const widthPx = Math.floor(sizePx.widthPx / factor);
  const heightPx = Math.floor(sizePx.heightPx / factor);
  const grey = new Uint8Array(widthPx * heightPx);
  const sums = new Uint32Array(widthPx);
  const share = 1 / (256 * factor * factor);
  for (let row = 0; row < heightPx; row++) {
    sums.fill(0);
    for (let line = 0; line < factor; line++) {
      let at = (row * factor + line) * sizePx.widthPx * 3;
      for (let col = 0; col < widthPx; col++) {
        let sum = 0;
        // Source: luma of ITU-R BT.601, in 256ths.
        for (let step = 0; step < factor; step++, at += 3)
          sum += 77 * (rgb[at] as number) + 150 * (rgb[at + 1] as number) + 29 * (rgb[at + 2] as number);
        sums[col] = (sums[col] as number) + sum;
      }
    }
    for (let col = 0; col < widthPx; col++) grey[row * widthPx + col] = (sums[col] as number) * share + 0.5;
  }
  return { sizePx: { widthPx, heightPx }, grey, factor };
}
