import type { Calibration } from '../camera/calibration.ts';
import { parameterNames, projectionJacobian } from '../camera/jacobian.ts';
import type { Enu, GroundCovariance } from '../geo/frames.ts';
import type { Foot } from './foot.ts';

/** The surface that a foot stands on, near it. */
export interface LocalSurface {
  /** Rise to the east and to the north, m per m. */
  readonly eastSlope: number;
  readonly northSlope: number;
  /** One standard deviation of its height, m. */
  readonly heightSigmaM: number;
}

/** Symmetric 2×2 in pixels: uu, uv, vv. */
type PixelCovariance = readonly [number, number, number];

/**
 * Covariance of the place where a foot pixel meets a surface, to first order: what the camera, the pixel, the
 * height of the surface and the extent of the thing leave open. Undefined where the ray grazes the surface, so that it fixes no place.
 */
export function groundCovariance(
  calibration: Calibration,
  foot: Foot,
  point: Enu,
  surface: LocalSurface,
): GroundCovariance | undefined {
  const rows = projectionJacobian(calibration.camera, point)?.rows;
  if (!rows) return undefined;
  const m = parameterNames.length;
  // Over the point: a point that moves is a camera that moves the other way.
  const [uE, uN, uUp] = [-(rows[0] ?? 0), -(rows[1] ?? 0), -(rows[2] ?? 0)];
  const [vE, vN, vUp] = [-(rows[m] ?? 0), -(rows[m + 1] ?? 0), -(rows[m + 2] ?? 0)];
  // Along the surface: a step east climbs by its slope.
  const [a, b] = [uE + uUp * surface.eastSlope, uN + uUp * surface.northSlope];
  const [c, d] = [vE + vUp * surface.eastSlope, vN + vUp * surface.northSlope];
  const determinant = a * d - b * c;
  if (!(Math.abs(determinant) > 1e-12)) return undefined;
  const [cameraUu, cameraUv, cameraVv] = cameraShare(calibration, rows);
  const height = surface.heightSigmaM ** 2;
  const uu = foot.sigmaUPx ** 2 + cameraUu + height * uUp * uUp;
  const uv = cameraUv + height * uUp * vUp;
  const vv = foot.sigmaVPx ** 2 + cameraVv + height * vUp * vUp;
  const extent = foot.extentSigmaM ** 2;
  // A⁻¹ · Σ · A⁻ᵀ with A = [a b; c d].
  const scale = 1 / (determinant * determinant);
  return {
    eeM2: scale * (d * d * uu - 2 * b * d * uv + b * b * vv) + extent,
    enM2: scale * (-c * d * uu + (a * d + b * c) * uv - a * b * vv),
    nnM2: scale * (c * c * uu - 2 * a * c * uv + a * a * vv) + extent,
  };
}

/** How far the camera's own covariance moves a pixel. */
function cameraShare({ free, covariance }: Calibration, rows: Float64Array): PixelCovariance {
  const columns = free.map((name) => parameterNames.indexOf(name as (typeof parameterNames)[number]));
  const m = parameterNames.length;
  let [uu, uv, vv] = [0, 0, 0];
  columns.forEach((one, i) => {
    columns.forEach((two, k) => {
      const share = covariance[i * columns.length + k] ?? 0;
      uu += (rows[one] ?? 0) * share * (rows[two] ?? 0);
      uv += (rows[one] ?? 0) * share * (rows[m + two] ?? 0);
      vv += (rows[m + one] ?? 0) * share * (rows[m + two] ?? 0);
    });
  });
  return [uu, uv, vv];
}
