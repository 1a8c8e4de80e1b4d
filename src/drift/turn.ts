import type { Lens } from '../camera/camera.ts';
import { imageOf, toPixel, verticalFocalPx } from '../camera/lens.ts';
import { cross, type Matrix3, multiplyVector, scale, type Vector3 } from '../camera/matrix.ts';
import type { Pixel } from '../geo/frames.ts';

/** From the axes of the camera in the reference photo to its axes in another photo. */
export type Turn = Matrix3;

export const noTurn: Turn = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** The angle between two turns, rad, to 1e-7. */
export function angleBetween(one: Turn, other: Turn): number {
  const trace = one.reduce((sum, cell, at) => sum + cell * (other[at] ?? 0), 0);
  return Math.acos(Math.min(1, Math.max(-1, (trace - 1) / 2)));
}

/** Where a direction of the reference photo is seen after a turn, and how that moves when the camera turns on. */
export interface Seen {
  readonly pixel: Pixel;
  /** ∂u and ∂v over a small further turn around the camera's own axes, px/rad. */
  readonly uOver: Vector3;
  readonly vOver: Vector3;
}

/** Sees a direction, given in the axes of the reference; undefined where the lens has no image of it. */
export function seeTurned(lens: Lens, turn: Turn, direction: Vector3): Seen | undefined {
  const turned = multiplyVector(turn, direction);
  const image = imageOf(lens, turned);
  if (!image) return undefined;
  // A turn a of the camera moves the direction c by c × a: over a, a derivative d becomes d × c.
  return {
    pixel: toPixel(lens, image),
    uOver: cross(scale(image.xOver, lens.focalPx), turned),
    vOver: cross(scale(image.yOver, verticalFocalPx(lens)), turned),
  };
}
