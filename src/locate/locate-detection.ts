import { pixelToRay } from '../camera/project.ts';
import { type DemGrid, groundAt } from '../dem/grid.ts';
import type { Detection } from '../detect/detection.ts';
import { errorEllipse } from '../geo/ellipse.ts';
import type { Enu } from '../geo/frames.ts';
import { fromEnu } from '../geo/plane.ts';
import { type Foot, footOf } from './foot.ts';
import type { Ground, Level } from './ground.ts';
import { type FirstOrder, groundCovariance, type LocalSurface } from './ground-covariance.ts';
import { type Hit, meetGround, none } from './meet-ground.ts';
import { distanceToShore, isInside, mayBeInside } from './shore.ts';
import type { ErrorShares, NoSighting, Sighting } from './sighting.ts';
import { spreadOnGround } from './sigma-points.ts';

/** Puts a detection on the ground by the foot pixel of its box, or says why it cannot. */
export function locateDetection(ground: Ground, detection: Detection): Sighting | NoSighting {
  return locateFoot(ground, footOf(detection));
}

/**
 * Puts a foot pixel on the nearer of water and ground. Water counts inside the shoreline, and so far outside it as the
 * 95 % ellipse reaches. A place whose error reaches over a horizon or a ridge is none.
 */
export function locateFoot(ground: Ground, foot: Foot): Sighting | NoSighting {
  const ray = pixelToRay(ground.calibration.camera, foot.pixel);
  if (!ray) return none('outside-lens');
  const hit = meetGround(ground, ray, ground.maxRangeM, (onWater) => reachesWater(ground, foot, onWater));
  if (hit.kind === 'no-sighting') return hit;
  const { lng, lat, heightM } = fromEnu(ground.calibration.camera.origin, hit.point);
  const nearest = { point: { lng, lat }, heightM, rangeM: hit.rangeM };
  const first = groundCovariance(ground.calibration, foot, hit.point, surfaceAt(ground, hit));
  if (!first) return { ...none('beyond-horizon'), nearest };
  const spread = spreadOnGround({ ground, foot, hit }, first.axes);
  if ('reason' in spread) return spread.reason === 'beyond-horizon' ? { ...spread, nearest } : spread;
  const extent = foot.extentSigmaM ** 2;
  const covariance = { eeM2: spread.eeM2 + extent, enM2: spread.enM2, nnM2: spread.nnM2 + extent };
  return {
    kind: 'sighting',
    ...nearest,
    surface: hit.surface,
    covariance,
    ellipse: errorEllipse(covariance),
    shares: sharesOf(first.variances, (2 * extent) / (covariance.eeM2 + covariance.nnM2)),
  };
}

function reachesWater({ calibration, water }: Ground, foot: Foot, { point }: Hit): boolean {
  if (!water || isInside(water.shore, point)) return water !== undefined;
  const first = groundCovariance(calibration, foot, point, flat(water.sigmaM));
  return first !== undefined && mayBeInside(water.shore, point, first.covariance);
}

/** Camera, pixel and height share as they do to first order what the extent of the thing leaves. */
function sharesOf({ camera, pixel, height }: FirstOrder['variances'], extent: number): ErrorShares {
  const rest = (1 - extent) / Math.max(camera + pixel + height, Number.MIN_VALUE);
  return { camera: camera * rest, pixel: pixel * rest, height: height * rest, extent };
}

function surfaceAt({ water, dem, plane }: Ground, { surface, point }: Hit): LocalSurface {
  if (surface === 'water') return flat(water?.sigmaM ?? 0);
  if (dem) return slopeAt(dem.grid, point, dem.heightSigmaM);
  // A plane in place of a DEM: away from the shore the ground may rise, 1 m in 10.
  return flat(Math.hypot(plane?.sigmaM ?? 0, water ? 0.1 * distanceToShore(water.shore, point) : 0));
}

function flat(heightSigmaM: Level['sigmaM']): LocalSurface {
  return { eastSlope: 0, northSlope: 0, heightSigmaM };
}

/** Step of the differences that give the slope of the ground, m. */
const slopeStepM = 2;

function slopeAt(grid: DemGrid, { eastM, northM }: Enu, heightSigmaM: number): LocalSurface {
  const up = (e: number, n: number) => groundAt(grid, eastM + e * slopeStepM, northM + n * slopeStepM)?.upM;
  return { eastSlope: slope(up(1, 0), up(-1, 0)), northSlope: slope(up(0, 1), up(0, -1)), heightSigmaM };
}

/** At the edge of the DEM the slope is not known: level is the best guess. */
function slope(plus: number | undefined, minus: number | undefined): number {
  return plus === undefined || minus === undefined ? 0 : (plus - minus) / (2 * slopeStepM);
}
