import type { CalibratedGcp, Calibration } from '../calibrate/calibration.ts';
import { pixelToRay } from '../camera/project.ts';
import { stepUnder } from '../dem/grid.ts';
import { firstHit } from '../dem/ray.ts';
import type { Enu } from '../geo/frames.ts';
import { toEnu } from '../geo/plane.ts';
import type { Terrain } from './check.ts';

/**
 * The GCPs that ground stands before, as the solved camera would see them. Ground counts when it reaches over the line
 * of sight by more than the heights of DEM and GCP are unsure, and by more than a cell hides.
 */
export function findHidden({ camera, gcps }: Calibration, { grid, heightSigmaM }: Terrain): readonly CalibratedGcp[] {
  return gcps.filter(({ position, reprojected, sigmaM }) => {
    const ray = reprojected && pixelToRay(camera, reprojected);
    if (!ray) return false;
    const point = toEnu(camera.origin, position);
    const rangeM = distance(ray.origin, point);
    const stepM = stepUnder(grid, point);
    const liftM = 3 * Math.hypot(heightSigmaM, sigmaM) + stepM / 4;
    const lifted = { ...ray, origin: { ...ray.origin, upM: ray.origin.upM + liftM } };
    const hit = firstHit(lifted, grid, rangeM);
    return hit.kind === 'hit' && hit.rangeM < rangeM - 3 * stepM - 0.01 * rangeM;
  });
}

function distance(one: Enu, two: Enu): number {
  return Math.hypot(one.eastM - two.eastM, one.northM - two.northM, one.upM - two.upM);
}
