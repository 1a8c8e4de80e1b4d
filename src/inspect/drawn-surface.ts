import { pixelToRay, worldToPixel } from '../camera/project.ts';
import { stepUnder } from '../dem/grid.ts';
import { firstHit } from '../dem/ray.ts';
import type { Enu, Pixel } from '../geo/frames.ts';
import type { Ground } from '../locate/ground.ts';
import { isInside } from '../locate/shore.ts';

/** What is drawn of a line on the ground: the parts of it that the camera sees. */
export type Polylines = readonly (readonly Pixel[])[];

/** Where a point is seen, in the picture or up to a tenth of it outside; undefined: behind, or outside. */
export function pixelOf({ calibration: { camera } }: Ground, point: Enu): Pixel | undefined {
  const pixel = worldToPixel(camera, point);
  if (!pixel) return undefined;
  const { widthPx: w, heightPx: h } = camera.sizePx;
  const isNear = pixel.u > -0.1 * w && pixel.u < 1.1 * w && pixel.v > -0.1 * h && pixel.v < 1.1 * h;
  return isNear ? pixel : undefined;
}

/** True when no ground stands between the camera and a point that is seen at a pixel, looked at from `liftM` higher. */
function isInSight({ calibration, dem }: Ground, point: Enu, pixel: Pixel, liftM: number): boolean {
  if (!dem) return true;
  const ray = pixelToRay(calibration.camera, pixel);
  if (!ray) return false;
  const { origin } = ray;
  const rangeM = Math.hypot(point.eastM - origin.eastM, point.northM - origin.northM, point.upM - origin.upM);
  const hit = firstHit({ ...ray, origin: { ...origin, upM: origin.upM + liftM } }, dem.grid, rangeM);
  if (hit.kind === 'miss') return hit.reason !== 'starts-below-ground';
  return hit.rangeM > rangeM - stepUnder(dem.grid, point) / 2 - 0.005 * rangeM;
}

/** A DEM may show the water a little over its level: over water the view is taken from that much higher, m. */
export function waterLift({ water, dem }: Ground): number {
  if (!water || !dem) return 0;
  return 3 * Math.hypot(water.sigmaM, dem.heightSigmaM) + Math.max(0, water.shownM - water.heightM);
}

/** The seen parts of a line through points that lie on the surface; undefined points interrupt it. */
export function traceSeen(ground: Ground, points: Iterable<Enu | undefined>): Polylines {
  const overWaterM = waterLift(ground);
  const liftOf = (point: Enu): number => (ground.water && isInside(ground.water.shore, point) ? overWaterM : 0);
  return traceFrom(ground, points, liftOf);
}

/** The same, looked at from so many metres higher. */
export function traceFrom(
  ground: Ground,
  points: Iterable<Enu | undefined>,
  liftOf: (point: Enu) => number,
): Polylines {
  const parts: Pixel[][] = [];
  let part: Pixel[] = [];
  for (const point of points) {
    const pixel = point && pixelOf(ground, point);
    if (point && pixel && isInSight(ground, point, pixel, liftOf(point))) {
      if (part.length === 0) parts.push(part);
      part.push(pixel);
    } else part = [];
  }
  return parts.filter(({ length }) => length > 1);
}
