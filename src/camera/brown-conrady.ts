import type { BrownConradyLens } from './camera.ts';
import type { Imaged } from './imaged.ts';
import type { Vector3 } from './matrix.ts';
import { findFold, shrink, stretch } from './radial.ts';

/** A direction in the axes of the camera, by its slopes: x = right / forward, y = down / forward. */
interface Slopes {
  readonly x: number;
  readonly y: number;
}

/** Where a lens puts a direction, in slopes, with the derivatives of that. */
interface Distorted extends Slopes {
  readonly dxdx: number;
  /** ∂x/∂y, which is also ∂y/∂x. */
  readonly dxdy: number;
  readonly dydy: number;
}

/** Slope of the widest direction that is looked at: 87° from the axis, beyond any lens of this model. */
const widestSlope = 20;

/** Source: OpenCV, calib3d, "Detailed Description". */
function distort(lens: BrownConradyLens, { x, y }: Slopes): Distorted {
  const { k1, k2, k3, p1, p2 } = lens;
  const s = x * x + y * y;
  const radial = 1 + s * (k1 + s * (k2 + s * k3));
  const slope = 2 * (k1 + s * (2 * k2 + s * 3 * k3)); // ∂radial/∂x = slope·x
  return {
    x: x * radial + 2 * p1 * x * y + p2 * (s + 2 * x * x),
    y: y * radial + p1 * (s + 2 * y * y) + 2 * p2 * x * y,
    dxdx: radial + slope * x * x + 2 * p1 * y + 6 * p2 * x,
    dxdy: slope * x * y + 2 * p1 * x + 2 * p2 * y,
    dydy: radial + slope * y * y + 6 * p1 * y + 2 * p2 * x,
  };
}

/** Where a direction is put; undefined behind the camera. */
export function imageThroughBrownConrady(lens: BrownConradyLens, direction: Vector3): Imaged | undefined {
  const z = direction[2];
  if (!(z > 0)) return undefined;
  const [x, y] = [direction[0] / z, direction[1] / z];
  const seen = distort(lens, { x, y });
  const { dxdx, dxdy, dydy } = seen;
  return {
    x: seen.x,
    y: seen.y,
    xOver: [dxdx / z, dxdy / z, -(dxdx * x + dxdy * y) / z],
    yOver: [dxdy / z, dydy / z, -(dxdy * x + dydy * y) / z],
  };
}

/** Derivatives of x, then of y, over k1, k2, k3, p1, p2, k4. */
export function overBrownConrady(direction: Vector3): readonly (readonly number[])[] {
  const [x, y] = [direction[0] / direction[2], direction[1] / direction[2]];
  const s = x * x + y * y;
  const across = 2 * x * y;
  return [
    [x * s, x * s * s, x * s * s * s, across, s + 2 * x * x, 0],
    [y * s, y * s * s, y * s * s * s, s + 2 * y * y, across, 0],
  ];
}

const foldRadii = new WeakMap<BrownConradyLens, number>();

/** Slope at which the radial distortion stops growing; Infinity: it never does. */
export function foldSlope(lens: BrownConradyLens): number {
  const known = foldRadii.get(lens);
  if (known !== undefined) return known;
  const slope = findFold(lens, widestSlope);
  foldRadii.set(lens, slope);
  return slope;
}

/** The direction (of any length) that is put at x, y; undefined beyond the radius where the lens folds back. */
export function directionThroughBrownConrady(lens: BrownConradyLens, target: Slopes): Vector3 | undefined {
  const limit = foldSlope(lens);
  const wanted = Math.hypot(target.x, target.y);
  // A hair beyond the fold is left to the exact test after the polish: tangential terms may still reach there.
  const r = shrink(lens, wanted, Math.min(limit, widestSlope));
  if (r === undefined) return undefined;
  const share = 1 / stretch(lens, r);
  const found = polish(lens, target, { x: target.x * share, y: target.y * share }, limit);
  return found && [found.x, found.y, 1];
}

/** Newton in two dimensions, for the tangential terms. */
function polish(lens: BrownConradyLens, target: Slopes, start: Slopes, limit: number): Slopes | undefined {
  const tolerance = 1e-7 / (lens.focalPx * Math.max(lens.focalRatio ?? 1, 1));
  let { x, y } = start;
  for (let step = 0; step < 20; step++) {
    const there = distort(lens, { x, y });
    const determinant = there.dxdx * there.dydy - there.dxdy * there.dxdy;
    if (!(determinant > 0) || !(x * x + y * y < limit * limit)) return undefined;
    const ex = target.x - there.x;
    const ey = target.y - there.y;
    if (Math.abs(ex) < tolerance && Math.abs(ey) < tolerance) return { x, y };
    x += (ex * there.dydy - ey * there.dxdy) / determinant;
    y += (ey * there.dxdx - ex * there.dxdy) / determinant;
  }
  return undefined;
}
