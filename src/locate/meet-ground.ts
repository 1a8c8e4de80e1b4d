import { firstHit } from '../dem/ray.ts';
import type { Enu, Ray } from '../geo/frames.ts';
import { meetLevel, pointOn } from '../geo/ray.ts';
import type { Ground } from './ground.ts';
import { isInside } from './shore.ts';
import type { NoSighting, NoSightingReason, Sighting } from './sighting.ts';

/** Where a ray comes down. */
export interface Hit {
  readonly kind: 'hit';
  readonly surface: Sighting['surface'];
  readonly point: Enu;
  readonly rangeM: number;
}

/**
 * The nearer of water and ground. `countsAsWater` says whether the lake reaches as far as a place on its level. Inside
 * the shoreline a DEM that shows the water itself gives way to the level of the lake.
 */
export function meetGround(
  ground: Ground,
  ray: Ray,
  maxRangeM: number,
  countsAsWater: (onWater: Hit) => boolean,
): Hit | NoSighting {
  const land = ground.dem ? meetDem(ground, ray, maxRangeM) : meetPlane(ground, ray, maxRangeM);
  const water = ground.water && hitAt(ray, meetLevel(ray, ground.water.surface), 'water');
  if (!water || water.rangeM > maxRangeM) return land;
  const isWater = land.kind === 'hit' ? givesWay(ground, land, water) : land.reason !== 'starts-below-ground';
  return isWater && countsAsWater(water) ? water : land;
}

/** True when what was hit on land lies behind the water, or is the water as the DEM shows it. */
function givesWay(ground: Ground, land: Hit, onWater: Hit): boolean {
  const { water, dem, plane } = ground;
  if (!water || plane || onWater.rangeM <= land.rangeM) return true;
  return dem !== undefined && isInside(water.shore, land.point) && isShownWater(ground, land.point);
}

/** True when a point of the DEM inside the shoreline is the water as the DEM shows it, and no island. */
export function isShownWater({ water, dem }: Ground, { eastM: e, northM: n, upM }: Enu): boolean {
  if (!water || !dem) return false;
  const overM = upM + water.surface.eastBend * e * e + water.surface.northBend * n * n - water.surface.upM;
  // On a day of low water the DEM shows the lake as high as it is ordinarily.
  const shownM = Math.max(0, water.shownM - water.heightM);
  return overM < shownM + 3 * Math.hypot(water.sigmaM, dem.heightSigmaM);
}

function meetDem({ dem }: Ground, ray: Ray, maxRangeM: number): Hit | NoSighting {
  if (!dem) return none('leaves-dem');
  const hit = firstHit(ray, dem.grid, maxRangeM);
  if (hit.kind === 'miss') return none(hit.reason);
  return { kind: 'hit', surface: 'ground', point: hit.point, rangeM: hit.rangeM };
}

function meetPlane({ plane }: Ground, ray: Ray, maxRangeM: number): Hit | NoSighting {
  const hit = plane && hitAt(ray, meetLevel(ray, plane.surface), 'ground');
  if (!hit) return none(plane && ray.origin.upM < plane.surface.upM ? 'starts-below-ground' : 'above-horizon');
  return hit.rangeM > maxRangeM ? none('beyond-range') : hit;
}

function hitAt(ray: Ray, rangeM: number | undefined, surface: Sighting['surface']): Hit | undefined {
  return rangeM === undefined ? undefined : { kind: 'hit', surface, point: pointOn(ray, rangeM), rangeM };
}

export function none(reason: NoSightingReason): NoSighting {
  return { kind: 'no-sighting', reason };
}
