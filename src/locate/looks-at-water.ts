import { pixelToRay } from '../camera/project.ts';
import type { Pixel } from '../geo/frames.ts';
import type { Ground } from './ground.ts';
import { meetGround } from './meet-ground.ts';
import { isInside } from './shore.ts';

/** True when a pixel shows the lake. */
export function looksAtWater(ground: Ground, pixel: Pixel): boolean {
  const { water } = ground;
  const ray = water && pixelToRay(ground.calibration.camera, pixel);
  if (!ray) return false;
  const hit = meetGround(ground, ray, ground.maxRangeM, ({ point }) => isInside(water.shore, point));
  return hit.kind === 'hit' && hit.surface === 'water';
}
