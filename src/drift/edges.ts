import type { Lens } from '../camera/camera.ts';
import { undistort } from '../camera/lens.ts';
import type { Pixel } from '../geo/frames.ts';
import type { GradientField } from './gradient.ts';
import type { Edge, EdgeLevel } from './search.ts';

/** Cells along the longer side of a picture, each of which may give one edge: edges all over it, not in one wood. */
const cellsAlong = 36;
/** A slope that is worth following. */
const minSlope = 0.3;

/** The clearest edge of each cell of a picture. */
export function pickEdges(lens: Lens, field: GradientField, isStable: (pixel: Pixel) => boolean): EdgeLevel {
  const { widthPx, heightPx, factor } = field;
  const cellPx = Math.max(2, widthPx / cellsAlong);
  const edges: Edge[] = [];
  for (let top = 0; top < heightPx; top += cellPx) {
    for (let left = 0; left < widthPx; left += cellPx) {
      const edge = clearestIn(field, { left, top, cellPx });
      if (!edge) continue;
      const pixel = { u: (edge.col + 0.5) * factor, v: (edge.row + 0.5) * factor };
      const direction = isStable(pixel) ? undistort(lens, pixel) : undefined;
      if (direction) edges.push({ direction, slopeRight: edge.slopeRight, slopeDown: edge.slopeDown });
    }
  }
  return { factor, edges };
}

interface Cell {
  readonly left: number;
  readonly top: number;
  readonly cellPx: number;
}

function clearestIn({ widthPx, heightPx, slopes }: GradientField, { left, top, cellPx }: Cell) {
  let best: { col: number; row: number; slopeRight: number; slopeDown: number } | undefined;
  let size = minSlope;
  for (let row = Math.ceil(top); row < Math.min(top + cellPx, heightPx); row++) {
    for (let col = Math.ceil(left); col < Math.min(left + cellPx, widthPx); col++) {
      const at = 2 * (row * widthPx + col);
      const [slopeRight, slopeDown] = [slopes[at] as number, slopes[at + 1] as number];
      const own = Math.hypot(slopeRight, slopeDown);
      if (own > size) [best, size] = [{ col, row, slopeRight, slopeDown }, own];
    }
  }
  return best;
}
