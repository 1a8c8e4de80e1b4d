import type { Pixel } from '../geo/frames.ts';
import type { GradientField } from './gradient.ts';

/** Cells along the longer side of a picture, each of which may give one patch. */
const cellsAlong = 14;
/** Mean squared slope, in the direction that has least of it, below which a patch fixes nothing. */
const minCorner = 0.02;

/** The best corners of a picture, one a cell, in pixels of the photo. `half`: from a patch's middle to its side, px of the photo. */
export function pickCorners(field: GradientField, half: number, isStable: (pixel: Pixel) => boolean): readonly Pixel[] {
  const { widthPx, heightPx, factor } = field;
  const reach = Math.round(half / factor);
  const cellPx = Math.max(2 * reach, widthPx / cellsAlong);
  const best = new Map<string, { pixel: Pixel; corner: number }>();
  const step = Math.max(1, Math.floor(reach / 2));
  for (let row = 2 * reach; row < heightPx - 2 * reach; row += step) {
    for (let col = 2 * reach; col < widthPx - 2 * reach; col += step) {
      const corner = cornerAt(field, [col, row], reach);
      const cell = `${Math.floor(col / cellPx)}/${Math.floor(row / cellPx)}`;
      if (corner < (best.get(cell)?.corner ?? minCorner)) continue;
      const pixel = { u: (col + 0.5) * factor, v: (row + 0.5) * factor };
      if (isStable(pixel)) best.set(cell, { pixel, corner });
    }
  }
  return [...best.values()].map(({ pixel }) => pixel);
}

/** The smaller eigenvalue of the mean of slope · slopeᵀ. Source: Shi and Tomasi (1994), "Good features to track". */
function cornerAt({ widthPx, slopes }: GradientField, [col, row]: readonly [number, number], reach: number): number {
  let [xx, xy, yy] = [0, 0, 0];
  for (let y = row - reach; y <= row + reach; y++) {
    for (let x = col - reach; x <= col + reach; x++) {
      const at = 2 * (y * widthPx + x);
      const [right, down] = [slopes[at] as number, slopes[at + 1] as number];
      xx += right * right;
      xy += right * down;
      yy += down * down;
    }
  }
  const count = (2 * reach + 1) ** 2;
  return ((xx + yy) / 2 - Math.hypot((xx - yy) / 2, xy)) / count;
}
