import { pixelToRay } from '../camera/project.ts';
import { type DemGrid, groundAt } from '../dem/grid.ts';
import { firstHit } from '../dem/ray.ts';
import type { Detection } from '../detect/detection.ts';
import { errorEllipse } from '../geo/ellipse.ts';
import type { Enu, GroundCovariance, Ray } from '../geo/frames.ts';
import { fromEnu } from '../geo/plane.ts';
import { meetLevel, pointOn } from '../geo/ray.ts';
import { type Foot, footOf } from './foot.ts';
import type { Ground, Level } from './ground.ts';
import { groundCovariance, type LocalSurface } from './ground-covariance.ts';
import { distanceToShore, isInside, mayBeInside } from './shore.ts';
import type { NoSighting, NoSightingReason, Sighting } from './sighting.ts';

/** A place on a surface, before it is a sighting. */
interface Place {
  readonly surface: Sighting['surface'];
  readonly point: Enu;
  readonly rangeM: number;
  readonly covariance: GroundCovariance;
}

/** Puts a detection on the ground by the foot pixel of its box, or says why it cannot. */
export function locateDetection(ground: Ground, detection: Detection): Sighting | NoSighting {
  return locateFoot(ground, footOf(detection));
}

/**
 * Puts a foot pixel on the nearer of water and ground. Water counts inside the shoreline, and so far outside it as the
 * 95 % ellipse reaches. Inside the shoreline a DEM that shows the water itself (no more than 3 σ over its level) gives
 * way to the level of the lake.
 */
export function locateFoot(ground: Ground, foot: Foot): Sighting | NoSighting {
  const ray = pixelToRay(ground.calibration.camera, foot.pixel);
  if (!ray) return none('outside-lens');
  const water = placeOnWater(ground, foot, ray);
  const land = ground.dem ? placeOnDem(ground, foot, ray) : placeOnPlane(ground, foot, ray);
  if (water && (isMiss(land) ? land.reason !== 'starts-below-ground' : givesWay(ground, land, water))) {
    return toSighting(ground, water);
  }
  return isMiss(land) ? land : toSighting(ground, land);
}

function placeOnWater({ calibration, water, maxRangeM }: Ground, foot: Foot, ray: Ray): Place | undefined {
  if (!water) return undefined;
  const rangeM = meetLevel(ray, water.surface);
  if (rangeM === undefined || rangeM > maxRangeM) return undefined;
  const point = pointOn(ray, rangeM);
  const covariance = groundCovariance(calibration, foot, point, flat(water.sigmaM));
  if (!covariance || !mayBeInside(water.shore, point, covariance)) return undefined;
  return { surface: 'water', point, rangeM, covariance };
}

/** True when what was hit on land lies behind the water, or is the water as the DEM shows it. */
function givesWay({ water, dem, plane }: Ground, land: Place, onWater: Place): boolean {
  if (!water || plane || onWater.rangeM <= land.rangeM) return true;
  if (!dem || !isInside(water.shore, land.point)) return false;
  const { eastM: e, northM: n, upM } = land.point;
  const overM = upM + water.surface.eastBend * e * e + water.surface.northBend * n * n - water.surface.upM;
  return overM < 3 * Math.hypot(water.sigmaM, dem.heightSigmaM);
}

function placeOnDem({ calibration, dem, maxRangeM }: Ground, foot: Foot, ray: Ray): Place | NoSighting {
  if (!dem) return none('leaves-dem');
  const hit = firstHit(ray, dem.grid, maxRangeM);
  if (hit.kind === 'miss') return none(hit.reason);
  const covariance = groundCovariance(calibration, foot, hit.point, slopeAt(dem.grid, hit.point, dem.heightSigmaM));
  if (!covariance) return none('above-horizon');
  return { surface: 'ground', point: hit.point, rangeM: hit.rangeM, covariance };
}

/** The level of the lake, or a plane, in place of a DEM. Away from the shore the ground may rise: 1 m in 10. */
function placeOnPlane({ calibration, plane, water, maxRangeM }: Ground, foot: Foot, ray: Ray): Place | NoSighting {
  const rangeM = plane && meetLevel(ray, plane.surface);
  if (rangeM === undefined)
    return none(plane && ray.origin.upM < plane.surface.upM ? 'starts-below-ground' : 'above-horizon');
  if (rangeM > maxRangeM) return none('beyond-range');
  const point = pointOn(ray, rangeM);
  const sigmaM = Math.hypot(plane?.sigmaM ?? 0, water ? 0.1 * distanceToShore(water.shore, point) : 0);
  const covariance = groundCovariance(calibration, foot, point, flat(sigmaM));
  return covariance ? { surface: 'ground', point, rangeM, covariance } : none('above-horizon');
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

function toSighting(ground: Ground, { surface, point, rangeM, covariance }: Place): Sighting {
  const { lng, lat, heightM } = fromEnu(ground.calibration.camera.origin, point);
  return {
    kind: 'sighting',
    point: { lng, lat },
    heightM,
    surface,
    rangeM,
    covariance,
    ellipse: errorEllipse(covariance),
  };
}

function none(reason: NoSightingReason): NoSighting {
  return { kind: 'no-sighting', reason };
}

function isMiss(place: Place | NoSighting): place is NoSighting {
  return 'reason' in place;
}
