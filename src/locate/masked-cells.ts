import type { Polygon } from 'geojson';
import { pixelToRay } from '../camera/project.ts';
import type { Box } from '../geo/frames.ts';
import type { Ground } from './ground.ts';
import { heightPx, scaleAt, standingM } from './ground-scale.ts';
import { meetGround } from './meet-ground.ts';
import { pixelSigma } from './pixel-sigma.ts';
import { isInside, layShore } from './shore.ts';

/** The side of a cell at least, px, and how many lie along the longer side of a photo at most. */
const cells = { leastPx: 8, most: 256 };
/** How far the ground may be from where the calibration has it, σ; and what no calibration says, px. */
const margin = { sigmas: 3, leastPx: 4 };
/** A standing person with a raised arm or a pack, as a multiple of the height. */
const raised = 1.3;

/**
 * Where a camera's photos show ground under a mask, or somebody who stands on it: px, rows of cells from the top. One
 * cell more on each side, and as far as the calibration may err.
 */
export function findMasked(ground: Ground, masks: readonly Polygon[]): readonly Box[] {
  const { camera } = ground.calibration;
  const { widthPx, heightPx: photoHeightPx } = camera.sizePx;
  const cellPx = Math.max(cells.leastPx, Math.ceil(Math.max(widthPx, photoHeightPx) / cells.most));
  const grid: Cells = { cols: Math.ceil(widthPx / cellPx), rows: Math.ceil(photoHeightPx / cellPx), cellPx };
  const laid = masks.map((mask) => layShore(mask, camera.origin, ground.water?.heightM ?? camera.origin.heightM));
  const masked = new Uint8Array(grid.cols * grid.rows);
  for (let at = 0; at < masked.length; at++) {
    const [col, row] = [at % grid.cols, Math.floor(at / grid.cols)];
    const ray = pixelToRay(camera, { u: (col + 0.5) * cellPx, v: (row + 0.5) * cellPx });
    const { water } = ground;
    const hit =
      ray &&
      meetGround(ground, ray, ground.maxRangeM, ({ point }) => water !== undefined && isInside(water.shore, point));
    if (hit?.kind !== 'hit' || !laid.some((mask) => isInside(mask, hit.point))) continue;
    const doubtPx = margin.leastPx + margin.sigmas * pixelSigma(ground.calibration, hit.point);
    const scale = scaleAt(ground, hit.point);
    const tallPx = scale ? raised * standingM * heightPx(scale) : 0;
    const reach = 1 + Math.ceil(doubtPx / cellPx);
    mark(masked, grid, { col, row, reach, above: reach + Math.ceil(tallPx / cellPx) });
  }
  return toRuns(masked, grid);
}

interface Cells {
  readonly cols: number;
  readonly rows: number;
  readonly cellPx: number;
}

/** Marks what lies up to `reach` cells around one, and `above` upward. */
function mark(
  masked: Uint8Array,
  { cols, rows }: Cells,
  { col, row, reach, above }: { readonly [name in 'col' | 'row' | 'reach' | 'above']: number },
): void {
  const [from, to] = [Math.max(0, col - reach), Math.min(cols, col + reach + 1)];
  for (let j = Math.max(0, row - above); j <= Math.min(rows - 1, row + reach); j++) {
    masked.fill(1, j * cols + from, j * cols + to);
  }
}

/** Marked cells side by side, as one box each. */
function toRuns(masked: Uint8Array, { cols, rows, cellPx }: Cells): readonly Box[] {
  const runs: Box[] = [];
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      if (!masked[row * cols + col]) continue;
      const start = col;
      while (col < cols && masked[row * cols + col]) col++;
      runs.push({ x: start * cellPx, y: row * cellPx, w: (col - start) * cellPx, h: cellPx });
    }
  }
  return runs;
}
