import type { Crs } from './crs.ts';
import type { PlaneOrigin } from './frames.ts';
import { fromEnu } from './plane.ts';

/** Half the length of the line whose ends are compared, m. */
const reachM = 10;

/**
 * Where true north lies in the axes of a projected CRS, rad clockwise from its y axis: minus the convergence of the
 * meridians. Exact where the projection keeps angles, as those of maps and surveys do.
 */
export function northInGrid(crs: Crs, place: PlaneOrigin): number {
  const at = (northM: number) => crs.fromLngLat(fromEnu(place, { eastM: 0, northM, upM: 0 }));
  const [south, north] = [at(-reachM), at(reachM)];
  return Math.atan2(north.x - south.x, north.y - south.y);
}
