import type { Pixel } from '../geo/frames.ts';
import type { Lens } from './camera.ts';

/** A direction in the axes of the camera, by its slopes: x = right / forward, y = down / forward. */
export interface Slopes {
  readonly x: number;
  readonly y: number;
}

/** Where a lens puts a direction, in slopes, with the derivatives of that. */
export interface Distorted extends Slopes {
  readonly dxdx: number;
  /** ∂x/∂y, which is also ∂y/∂x. */
  readonly dxdy: number;
  readonly dydy: number;
}

/** Brown–Conrady distortion in OpenCV's order. Source: OpenCV, calib3d, "Detailed Description". */
export function distort({ k1, k2, k3, p1, p2 }: Lens, { x, y }: Slopes): Distorted {
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

/** The pixel of distorted slopes. */
export function toPixel(lens: Lens, { x, y }: Slopes): Pixel {
  return { u: lens.centre.u + lens.focalPx * x, v: lens.centre.v + verticalFocalPx(lens) * y };
}

/** Focal length down the picture, px. */
export function verticalFocalPx(lens: Lens): number {
  return lens.focalPx * (lens.focalRatio ?? 1);
}

/** The direction that a lens puts at a pixel, to 1e-6 px; undefined beyond the radius where the lens folds back. */
export function undistort(lens: Lens, pixel: Pixel): Slopes | undefined {
  const target = {
    x: (pixel.u - lens.centre.u) / lens.focalPx,
    y: (pixel.v - lens.centre.v) / verticalFocalPx(lens),
  };
  const limit = foldRadius(lens);
  const start = undistortRadially(lens, target, limit);
  return start && polish(lens, target, start, limit);
}

/** True when a lens puts this direction at one pixel that it puts no nearer direction at. */
export function lensSees(lens: Lens, { x, y }: Slopes): boolean {
  const limit = foldRadius(lens);
  return limit === Infinity || x * x + y * y < limit * limit;
}

const foldRadii = new WeakMap<Lens, number>();

/** Slope at which the radial distortion stops growing: the smallest root of 1 + 3·k1·s + 5·k2·s² + 7·k3·s³, s = r². */
export function foldRadius(lens: Lens): number {
  const known = foldRadii.get(lens);
  if (known !== undefined) return known;
  const radius = findFoldRadius(lens);
  foldRadii.set(lens, radius);
  return radius;
}

/** Slope of the widest direction that is looked at: 87° from the axis, beyond any lens of this model. */
const widestSlope = 20;

function findFoldRadius({ k1, k2, k3 }: Lens): number {
  const growth = (r: number) => 1 + r * r * (3 * k1 + r * r * (5 * k2 + r * r * 7 * k3));
  const steps = 2000;
  for (let step = 1; step <= steps; step++) {
    let far = (widestSlope * step) / steps;
    if (growth(far) > 0) continue;
    let near = (widestSlope * (step - 1)) / steps;
    for (let halving = 0; halving < 60; halving++) {
      const middle = (near + far) / 2;
      if (growth(middle) > 0) near = middle;
      else far = middle;
    }
    return near;
  }
  return Infinity;
}

/** Solves r·(1 + k1 r² + k2 r⁴ + k3 r⁶) = R by Newton, kept between bounds that close in. */
function undistortRadially({ k1, k2, k3 }: Lens, target: Slopes, limit: number): Slopes | undefined {
  const wanted = Math.hypot(target.x, target.y);
  if (wanted === 0) return target;
  const grown = (r: number) => r * (1 + r * r * (k1 + r * r * (k2 + r * r * k3)));
  let low = 0;
  let high = Math.min(limit, widestSlope);
  // A hair beyond the fold is left to the exact test after the polish: tangential terms may still reach there.
  if (grown(high) < wanted) return undefined;
  let r = Math.min(wanted, high);
  for (let step = 0; step < 60; step++) {
    const error = grown(r) - wanted;
    if (Math.abs(error) < 1e-14) break;
    if (error > 0) high = r;
    else low = r;
    const next = r - error / (1 + r * r * (3 * k1 + r * r * (5 * k2 + r * r * 7 * k3)));
    r = next > low && next < high ? next : (low + high) / 2;
  }
  return { x: (target.x * r) / wanted, y: (target.y * r) / wanted };
}

/** Newton in two dimensions, for the tangential terms. */
function polish(lens: Lens, target: Slopes, start: Slopes, limit: number): Slopes | undefined {
  const tolerance = 1e-7 / Math.max(lens.focalPx, verticalFocalPx(lens));
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
