import type { SizePx } from '../geo/frames.ts';

/** Decoded pixels in memory. */
export interface Image {
  readonly sizePx: SizePx;
  /** (heightPx, widthPx, 3), row-major, RGB, 0–255. */
  readonly rgb: Uint8Array;
}
