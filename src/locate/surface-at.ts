import { groundAt } from '../dem/grid.ts';
import type { Enu } from '../geo/frames.ts';
import type { LevelSurface } from '../geo/ray.ts';
import type { Ground } from './ground.ts';
import { isShownWater } from './meet-ground.ts';
import { isInside } from './shore.ts';

/**
 * The surface that one sees at a place: water inside the shoreline, else the ground, which islands are too; undefined
 * where neither is known.
 */
export function surfaceAt(ground: Ground, eastM: number, northM: number): Enu | undefined {
  const { water, dem, plane } = ground;
  const place = { eastM, northM, upM: 0 };
  const land = dem ? groundAt(dem.grid, eastM, northM) : plane && onLevel(plane.surface, place);
  if (!water || !isInside(water.shore, place)) return land;
  return dem && land && !isShownWater(ground, land) ? land : onLevel(water.surface, place);
}

/** The place straight over or under a point on a level surface. */
export function onLevel({ upM, eastBend, northBend }: LevelSurface, { eastM, northM }: Enu): Enu {
  return { eastM, northM, upM: upM - eastBend * eastM * eastM - northBend * northM * northM };
}
