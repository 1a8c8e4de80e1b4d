import type { BrownConradyLens } from './camera.ts';
import type { Imaged, WayBack } from './imaged.ts';
import type { Vector3 } from './matrix.ts';
import { findFold, prepareShrink } from './radial.ts';

/** Where a lens puts the direction of slopes x = right / forward and y = down / forward, with the derivatives over them. */
interface Distorted {
  readonly x: number;
  readonly y: number;
  readonly dxdx: number;
  /** ∂x/∂y, which is also ∂y/∂x. */
  readonly dxdy: number;
  readonly dydy: number;
}

/** Slope of the widest direction that is looked at: 87° from the axis, beyond any lens of this model. */
const widestSlope = 20;

/** The distortion of a lens. Source: OpenCV, calib3d, "Detailed Description". */
function distortionOf({ k1, k2, k3, p1, p2 }: BrownConradyLens): (x: number, y: number) => Distorted {
  return (x, y) => {
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
  };
}

/** Where a direction is put; undefined behind the camera. */
export function imageThroughBrownConrady(lens: BrownConradyLens, direction: Vector3): Imaged | undefined {
  const z = direction[2];
  if (!(z > 0)) return undefined;
  const [x, y] = [direction[0] / z, direction[1] / z];
  const seen = distortionOf(lens)(x, y);
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

/** Slope at which the radial distortion stops growing; Infinity: it never does. */
export function foldSlope(lens: BrownConradyLens): number {
  return findFold(lens, widestSlope);
}

/** The way back through a lens that folds at a slope. */
export function backThroughBrownConrady(lens: BrownConradyLens, fold: number): WayBack {
  if ([lens.k1, lens.k2, lens.k3, lens.p1, lens.p2].every((term) => term === 0)) return backThroughPinhole;
  const isRadial = lens.p1 === 0 && lens.p2 === 0;
  // With tangential terms, which are of that size, the radial ones give but the start of a polish.
  const shrink = prepareShrink(lens, Math.min(fold, widestSlope), isRadial ? 1e-6 : 1e-3);
  const polish = preparePolish(lens, fold);
  return (x, y, out) => {
    const radius = Math.sqrt(x * x + y * y);
    const r = shrink(radius);
    if (r === undefined) return false;
    const share = radius === 0 ? 1 : r / radius;
    if (isRadial) return r < fold && backThroughPinhole(x * share, y * share, out);
    // A hair beyond the fold is refused after the polish: tangential terms may still reach there.
    out[0] = x * share;
    out[1] = y * share;
    return polish(x, y, out) && backThroughPinhole(out[0], out[1], out);
  };
}

function backThroughPinhole(x: number, y: number, out: Float64Array): boolean {
  const scale = 1 / Math.sqrt(x * x + y * y + 1);
  out[0] = x * scale;
  out[1] = y * scale;
  out[2] = scale;
  return true;
}

/** Newton in two dimensions from the slopes in `out`, for the tangential terms; false where the lens folds back. */
function preparePolish(lens: BrownConradyLens, fold: number): WayBack {
  const distort = distortionOf(lens);
  return (targetX, targetY, out) => {
    let x = out[0] ?? 0;
    let y = out[1] ?? 0;
    for (let step = 0; step < 20; step++) {
      const there = distort(x, y);
      const determinant = there.dxdx * there.dydy - there.dxdy * there.dxdy;
      if (!(determinant > 0) || !(x * x + y * y < fold * fold)) return false;
      const ex = targetX - there.x;
      const ey = targetY - there.y;
      x += (ex * there.dydy - ey * there.dxdy) / determinant;
      y += (ey * there.dxdx - ex * there.dxdy) / determinant;
      // The step just made squares the error.
      if (Math.abs(ex) + Math.abs(ey) > 1e-6 * determinant) continue;
      out[0] = x;
      out[1] = y;
      return true;
    }
    return false;
  };
}
