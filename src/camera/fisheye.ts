import type { FisheyeLens } from './camera.ts';
import type { Imaged, WayBack } from './imaged.ts';
import type { Vector3 } from './matrix.ts';
import { findFold, growth, prepareShrink, stretch } from './radial.ts';

/** Angle of the widest direction that is looked at, rad: 115° from the axis, a lens of 230°. */
const widestAngle = (115 * Math.PI) / 180;

/**
 * Where a direction is put; undefined more than 115° off the axis.
 * Source: OpenCV, calib3d, "Fisheye camera model"; Kannala and Brandt (2006), "A generic camera model and calibration
 * method for conventional, wide-angle, and fish-eye lenses", TPAMI 28(8).
 */
export function imageThroughFisheye(lens: FisheyeLens, [x, y, z]: Vector3): Imaged | undefined {
  const r2 = x * x + y * y;
  const r = Math.sqrt(r2);
  const angle = Math.atan2(r, z);
  if (!(angle <= widestAngle)) return undefined;
  const scale = r2 === 0 ? 1 / z : (angle * stretch(lens, angle)) / r;
  const grown = growth(lens, angle) / (r2 + z * z);
  // ∂scale/∂x = bend·x; it cancels on the axis, where it is multiplied by r² in any case.
  const bend = r2 === 0 ? 0 : (grown * z - scale) / r2;
  return {
    x: scale * x,
    y: scale * y,
    xOver: [scale + bend * x * x, bend * x * y, -grown * x],
    yOver: [bend * x * y, scale + bend * y * y, -grown * y],
  };
}

/** Derivatives of x, then of y, over k1, k2, k3, p1, p2, k4. */
export function overFisheye([x, y, z]: Vector3): readonly (readonly number[])[] {
  const r = Math.hypot(x, y);
  if (r === 0) return [noChange, noChange];
  const s = Math.atan2(r, z) ** 2;
  return [x / r, y / r].map((share) => {
    const k1 = share * s * Math.sqrt(s);
    return [k1, k1 * s, k1 * s * s, 0, 0, k1 * s * s * s];
  });
}

const noChange = [0, 0, 0, 0, 0, 0];

/** Angle from the axis, rad, at which the picture stops growing, and at most 115°. */
export function foldAngle(lens: FisheyeLens): number {
  return Math.min(findFold(lens, widestAngle), widestAngle);
}

/** The way back through a lens that folds at an angle. */
export function backThroughFisheye(lens: FisheyeLens, fold: number): WayBack {
  const shrink = prepareShrink(lens, fold);
  return (x, y, out) => {
    const radius = Math.sqrt(x * x + y * y);
    const angle = shrink(radius);
    if (angle === undefined) return false;
    const share = radius === 0 ? 0 : Math.sin(angle) / radius;
    out[0] = x * share;
    out[1] = y * share;
    out[2] = Math.cos(angle);
    return true;
  };
}
