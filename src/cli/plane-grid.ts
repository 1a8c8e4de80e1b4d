import type { KnownCamera } from '../camera/known-camera.ts';
import { planePoints } from '../camera/plane-points.ts';
import { toAxes } from '../geo/crs.ts';
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
    if (Math.hypot(eastM - position.eastM, northM - position.northM, upM - position.upM) > maxRange) return;
    const [u = 0, v = 0] = pixels.subarray(2 * at, 2 * at + 2);
    laid.push({ u, v, ...toAxes(fromEnu(origin, { eastM, northM, upM }), epsg) });
  });
  return laid;
}
