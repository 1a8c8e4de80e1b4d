import type { Pixel } from '../geo/frames.ts';
import { backThroughBrownConrady, foldSlope, imageThroughBrownConrady, overBrownConrady } from './brown-conrady.ts';
import type { BrownConradyLens, FisheyeLens, Lens } from './camera.ts';
import { backThroughFisheye, foldAngle, imageThroughFisheye, overFisheye } from './fisheye.ts';
import type { Imaged, WayBack } from './imaged.ts';
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

/** What is found once for a lens. */
interface Prepared {
  /** Where it folds back: the slope, of a fisheye the angle in rad. */
  readonly fold: number;
  readonly wayBack: WayBack;
}

const prepared = new WeakMap<Lens, Prepared>();

function prepare(lens: Lens): Prepared {
  const known = prepared.get(lens);
  if (known) return known;
  const made = lens.kind === 'fisheye' ? prepareFisheye(lens) : prepareBrownConrady(lens);
  prepared.set(lens, made);
  return made;
}

function prepareFisheye(lens: FisheyeLens): Prepared {
  const fold = foldAngle(lens);
  return { fold, wayBack: backThroughFisheye(lens, fold) };
}

function prepareBrownConrady(lens: BrownConradyLens): Prepared {
  const fold = foldSlope(lens);
  return { fold, wayBack: backThroughBrownConrady(lens, fold) };
}

/**
 * Writes the direction, of length 1 in the axes of the camera, that a lens puts at a pixel, to 1e-6 px; false beyond the
 * radius where the lens folds back.
 */
export function undistortInto(lens: Lens, { u, v }: Pixel, out: Float64Array): boolean {
  return prepare(lens).wayBack((u - lens.centre.u) / lens.focalPx, (v - lens.centre.v) / verticalFocalPx(lens), out);
}

/** As undistortInto, for many pixels. */
export function prepareUndistort(lens: Lens): (u: number, v: number, out: Float64Array) => boolean {
  const { wayBack } = prepare(lens);
  const { focalPx, centre } = lens;
  const focalVPx = verticalFocalPx(lens);
  return (u, v, out) => wayBack((u - centre.u) / focalPx, (v - centre.v) / focalVPx, out);
}

const scratch = new Float64Array(3);

/** The direction that undistortInto writes. */
export function undistort(lens: Lens, pixel: Pixel): Vector3 | undefined {
  return undistortInto(lens, pixel, scratch) ? [scratch[0] ?? 0, scratch[1] ?? 0, scratch[2] ?? 0] : undefined;
}

/** True when a lens puts this direction at one pixel that it puts no nearer direction at. */
export function lensSees(lens: Lens, [x, y, z]: Vector3): boolean {
  const r = Math.sqrt(x * x + y * y);
  const { fold } = prepare(lens);
  return lens.kind === 'fisheye' ? Math.atan2(r, z) < fold : z > 0 && r < fold * z;
}
