import type { Pixel } from '../geo/frames.ts';
import {
  directionThroughBrownConrady,
  foldSlope,
  imageThroughBrownConrady,
  overBrownConrady,
} from './brown-conrady.ts';
import type { Lens } from './camera.ts';
import { directionThroughFisheye, foldAngle, imageThroughFisheye, overFisheye } from './fisheye.ts';
import type { Imaged } from './imaged.ts';
import { unit, type Vector3 } from './matrix.ts';

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
 * The direction, of length 1 in the axes of the camera, that a lens puts at a pixel, to 1e-6 px; undefined beyond the
 * radius where the lens folds back.
 */
export function undistort(lens: Lens, pixel: Pixel): Vector3 | undefined {
  const x = (pixel.u - lens.centre.u) / lens.focalPx;
  const y = (pixel.v - lens.centre.v) / verticalFocalPx(lens);
  if (lens.kind === 'fisheye') return directionThroughFisheye(lens, x, y);
  const direction = directionThroughBrownConrady(lens, { x, y });
  return direction && unit(direction);
}

/** True when a lens puts this direction at one pixel that it puts no nearer direction at. */
export function lensSees(lens: Lens, [x, y, z]: Vector3): boolean {
  const r = Math.hypot(x, y);
  if (lens.kind === 'fisheye') return Math.atan2(r, z) < foldAngle(lens);
  return z > 0 && r < foldSlope(lens) * z;
}
