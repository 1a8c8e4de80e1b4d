import { readGrid, sampleGrid } from './plane-grid.ts';
import { curvatureDropM, type Terrain } from './terrain.ts';

/** The ground as nested grids around the site's origin, for many quick questions. `up` is in the site's plane, water at 0. */
export interface HeightGrid {
  /** Ground or water surface above the site's plane, m. */
  upM(eastM: number, northM: number): number;
  /** Half the width of the widest grid, m. */
  readonly reachM: number;
}

const near = { halfM: 360, stepM: 1.5 } as const;
const middle = { halfM: 1500, stepM: 6 } as const;
const far = { halfM: 8000, stepM: 22 } as const;

/** Samples a terrain. */
export function createHeightGrid(terrain: Terrain): HeightGrid {
  const up = (eastM: number, northM: number): number =>
    Math.max(0, terrain.heightM(eastM, northM)) - curvatureDropM(eastM, northM);
  const nearGrid = sampleGrid(near.halfM, near.stepM, up);
  const middleGrid = sampleGrid(middle.halfM, middle.stepM, up);
  const farGrid = sampleGrid(far.halfM, far.stepM, up);
  return {
    reachM: far.halfM,
    upM: (eastM, northM) => {
      const reach = Math.max(Math.abs(eastM), Math.abs(northM));
      if (reach < near.halfM) return readGrid(nearGrid, eastM, northM);
      return readGrid(reach < middle.halfM ? middleGrid : farGrid, eastM, northM);
    },
  };
}
