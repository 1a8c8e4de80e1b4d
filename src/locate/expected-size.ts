import type { Polygon } from 'geojson';
import { pixelToRay } from '../camera/project.ts';
import type { SizeGrid } from '../detect/slices/size-grid.ts';
import type { Enu, Pixel } from '../geo/frames.ts';
import type { Ground } from './ground.ts';
import { heightPx, scaleAt, standingM } from './ground-scale.ts';
import { meetGround } from './meet-ground.ts';
import { pixelSigma } from './pixel-sigma.ts';
import { isInside, layShore, type Shore } from './shore.ts';

/** The side of a cell at least, px, and how many lie along the longer side of a photo at most. */
const cells = { leastPx: 16, most: 128 };
/** How far the ground may be from where the calibration has it, σ; and what no calibration says, px: relief between the nodes of a DEM, waves. */
const margin = { sigmas: 3, leastPx: 4, mostCells: 12 };

/**
 * How tall people would be all over a camera's photos: on water and ground, as far as the ground's range, but on none
 * of the `masks`. Each place counts for all cells that it may truly be in: the shore is 3 σ of the calibration (and
 * 4 px) off at most, and one cell for what lies between the rays.
 */
export function expectSizes(ground: Ground, masks: readonly Polygon[] = []): SizeGrid {
  const { camera } = ground.calibration;
  const { widthPx, heightPx: photoHeightPx } = camera.sizePx;
  const cellPx = Math.max(cells.leastPx, Math.ceil(Math.max(widthPx, photoHeightPx) / cells.most));
  const [cols, rows] = [Math.ceil(widthPx / cellPx), Math.ceil(photoHeightPx / cellPx)];
  const grid = {
    ...{ photo: camera.sizePx, cellPx, cols, rows, mayStand: new Uint8Array(cols * rows) },
    leastPx: new Float32Array(cols * rows),
    mostPx: new Float32Array(cols * rows),
  };
  const seeGround = createLook(ground, masks);
  for (let at = 0; at < cols * rows; at++) {
    const [col, row] = [at % cols, Math.floor(at / cols)];
    const point = seeGround({ u: (col + 0.5) * cellPx, v: (row + 0.5) * cellPx });
    const scale = point && scaleAt(ground, point);
    if (!point || !scale) continue;
    const doubtPx = margin.leastPx + margin.sigmas * pixelSigma(ground.calibration, point);
    const reach = Math.min(1 + Math.floor(doubtPx / cellPx), margin.mostCells);
    spread(grid, { col, row, reach }, standingM * heightPx(scale));
  }
  return grid;
}

/** Where a pixel looks at ground that somebody may stand on; undefined: nowhere. */
function createLook(ground: Ground, masks: readonly Polygon[]): (pixel: Pixel) => Enu | undefined {
  const { calibration, water, maxRangeM } = ground;
  const laid = masks.map((mask): Shore => layShore(mask, calibration.camera.origin, water?.heightM ?? 0));
  return (pixel) => {
    const ray = pixelToRay(calibration.camera, pixel);
    if (!ray) return undefined;
    const hit = meetGround(ground, ray, maxRangeM, ({ point }) => water !== undefined && isInside(water.shore, point));
    if (hit.kind !== 'hit' || laid.some((mask) => isInside(mask, hit.point))) return undefined;
    return hit.point;
  };
}

/** Notes a height in all cells as far as `reach` of one. */
function spread(
  { cols, rows, mayStand, leastPx, mostPx }: SizeGrid,
  { col, row, reach }: { readonly col: number; readonly row: number; readonly reach: number },
  personPx: number,
): void {
  for (let j = Math.max(0, row - reach); j <= Math.min(rows - 1, row + reach); j++) {
    for (let i = Math.max(0, col - reach); i <= Math.min(cols - 1, col + reach); i++) {
      const at = j * cols + i;
      leastPx[at] = mayStand[at] ? Math.min(leastPx[at] ?? 0, personPx) : personPx;
      mostPx[at] = Math.max(mostPx[at] ?? 0, personPx);
      mayStand[at] = 1;
    }
  }
}
