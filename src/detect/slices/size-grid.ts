import type { SizePx } from '../../geo/frames.ts';

/**
 * How tall a standing person would be at each place of a photo. Cells are squares from the top-left corner, row by row;
 * the last of a row or column may reach over the edge of the photo.
 */
export interface SizeGrid {
  readonly photo: SizePx;
  readonly cellPx: number;
  readonly cols: number;
  readonly rows: number;
  /** (rows, cols): 1 where feet may be in the cell; 0: sky, too far off, or masked, and the heights mean nothing. */
  readonly mayStand: Uint8Array;
  /** (rows, cols): the least and the greatest height that somebody may have whose feet are in the cell, px. */
  readonly leastPx: Float32Array;
  readonly mostPx: Float32Array;
}
