import type { Camera } from '../camera/camera.ts';
import type { KnownCamera } from '../camera/known-camera.ts';
import { planePoints } from '../camera/plane-points.ts';
import { rayJacobian } from '../camera/ray-jacobian.ts';
import { toAxes } from '../geo/crs.ts';
import type { Pixel } from '../geo/frames.ts';
import { fromEnu } from '../geo/plane.ts';
import { levelAt } from '../geo/ray.ts';

/** What a picture is laid on, and how densely. */
export interface PlaneGrid {
  readonly planeZ: number;
  /** Pixels between two rows and two columns. */
  readonly every: number;
  readonly maxRange: number;
  readonly epsg: number;
}

/** A pixel and its place in the CRS that was asked for. */
export interface GridPoint {
  readonly u: number;
  readonly v: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** How far the place moves for one pixel in the direction where that is most, m. */
  readonly metresPerPx: number;
}

/** The pixels of a grid over the whole picture, each with its place on a level plane; those that look over it or too far are left out. */
export function layOnPlane(
  { camera }: KnownCamera,
  { planeZ, every, maxRange, epsg }: PlaneGrid,
): readonly GridPoint[] {
  const { sizePx, origin, pose } = camera;
  const columns = Math.ceil(sizePx.widthPx / every);
  const rows = Math.ceil(sizePx.heightPx / every);
  const pixels = Float64Array.from({ length: 2 * columns * rows }, (_, at) => {
    const cell = at >> 1;
    return ((at & 1 ? Math.floor(cell / columns) : cell % columns) + 0.5) * every;
  });
  const { points, met } = planePoints(camera, levelAt(origin, planeZ), pixels);
  const { position } = pose;
  const laid: GridPoint[] = [];
  met.forEach((isMet, at) => {
    if (isMet === 0) return;
    const [eastM = 0, northM = 0, upM = 0] = points.subarray(3 * at, 3 * at + 3);
    const rangeM = Math.hypot(eastM - position.eastM, northM - position.northM, upM - position.upM);
    if (rangeM > maxRange) return;
    const [u = 0, v = 0] = pixels.subarray(2 * at, 2 * at + 2);
    const place = toAxes(fromEnu(origin, { eastM, northM, upM }), epsg);
    laid.push({ u, v, ...place, metresPerPx: footprintOf(camera, { u, v }, rangeM) });
  });
  return laid;
}

/** The greater singular value of how a place on the plane moves with its pixel. */
function footprintOf(camera: Camera, pixel: Pixel, rangeM: number): number {
  const linearised = rayJacobian(camera, pixel);
  if (!linearised) return Infinity;
  const { ray, overPixel } = linearised;
  const { eastM, northM, upM } = ray.direction;
  const step = (column: 0 | 1) => {
    const [e, n, up] = [overPixel[column] ?? 0, overPixel[2 + column] ?? 0, overPixel[4 + column] ?? 0];
    // What the direction rises by, the range makes up for.
    return { e: rangeM * (e - (up * eastM) / upM), n: rangeM * (n - (up * northM) / upM) };
  };
  const [a, b] = [step(0), step(1)];
  const half = (a.e * a.e + a.n * a.n + b.e * b.e + b.n * b.n) / 2;
  const determinant = a.e * b.n - a.n * b.e;
  return Math.sqrt(half + Math.sqrt(Math.max(half * half - determinant * determinant, 0)));
}
