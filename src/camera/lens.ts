import type { Pixel } from '../geo/frames.ts';
import { backThroughBrownConrady, foldSlope, imageThroughBrownConrady, overBrownConrady } from './brown-conrady.ts';
import type { Lens } from './camera.ts';
import { backThroughFisheye, foldAngle, imageThroughFisheye, overFisheye } from './fisheye.ts';
import type { Imaged } from './imaged.ts';
import type { Vector3 } from './matrix.ts';

/**
 * Where a lens puts a direction (of any length) in the axes of the camera; undefined where it puts none: behind it,
 * for a fisheye more than 115° off its axis. It may lie beyond where the lens folds back.
 */
export function imageOf(lens: Lens, direction: Vector3): Imaged | undefined {
  return lens.kind === 'fisheye' ? imageThroughFisheye(lens, direction) : imageThroughBrownConrady(lens, direction);
}

/** Derivatives of Imaged.x, then of Imaged.y, over k1, k2, k3, p1, p2, k4, for a direction that has an image. */
export function overDistortion({ kind }: Lens, direction: Vector3): readonly (readonly number[])[] {
  return kind === 'fisheye' ? overFisheye(direction) : overBrownConrady(direction);
}

/** The pixel of an image. */
export function toPixel(lens: Lens, { x, y }: Pick<Imaged, 'x' | 'y'>): Pixel {
  return { u: lens.centre.u + lens.focalPx * x, v: lens.centre.v + verticalFocalPx(lens) * y };
}

/** Focal length down the picture, px. */
export function verticalFocalPx(lens: Lens): number {
  return lens.focalPx * (lens.focalRatio ?? 1);
}

/**
 * Writes the direction, of length 1 in the axes of the camera, that a lens puts at a pixel, to 1e-6 px; false beyond the
 * radius where the lens folds back.
 */
type Undistort = (u: number, v: number, out: Float64Array) => boolean;

/** What is found once for a lens. */
interface Prepared {
  /** Where it folds back: the slope, of a fisheye the angle in rad. */
  readonly fold: number;
  readonly undistort: Undistort;
}

const prepared = new WeakMap<Lens, Prepared>();

function prepare(lens: Lens): Prepared {
  const known = prepared.get(lens);
  if (known) return known;
  const fold = lens.kind === 'fisheye' ? foldAngle(lens) : foldSlope(lens);
  const wayBack = lens.kind === 'fisheye' ? backThroughFisheye(lens, fold) : backThroughBrownConrady(lens, fold);
  const { focalPx, centre } = lens;
  const focalVPx = verticalFocalPx(lens);
  const undistort: Undistort = (u, v, out) => wayBack((u - centre.u) / focalPx, (v - centre.v) / focalVPx, out);
  const made = { fold, undistort };
  prepared.set(lens, made);
  return made;
}

/** The way from the pixels of a lens to directions. */
export function undistortOf(lens: Lens): Undistort {
  return prepare(lens).undistort;
}

const scratch = new Float64Array(3);

/** The direction that undistortOf writes for one pixel. */
export function undistort(lens: Lens, { u, v }: Pixel): Vector3 | undefined {
  return undistortOf(lens)(u, v, scratch) ? [scratch[0] ?? 0, scratch[1] ?? 0, scratch[2] ?? 0] : undefined;
}

/** True when a lens puts this direction at one pixel that it puts no nearer direction at. */
export function lensSees(lens: Lens, [x, y, z]: Vector3): boolean {
  const r = Math.sqrt(x * x + y * y);
  const { fold } = prepare(lens);
  return lens.kind === 'fisheye' ? Math.atan2(r, z) < fold : z > 0 && r < fold * z;
}
