import type { Camera } from '../camera/camera.ts';
import type { View } from '../camera/jacobian.ts';
import { worldToPixel } from '../camera/project.ts';
import { toEnu } from '../geo/plane.ts';
import { residualOf } from './adjust.ts';
import type { CalibratedGcp } from './calibration.ts';
import type { Gcp } from './gcp.ts';
import { type Fit, type Sight, weigh } from './outliers.ts';

/** A GCP with what a solved camera makes of it. */
export function toCalibratedGcp(camera: Camera, gcp: Gcp, outlier: boolean): CalibratedGcp {
  const reprojected = worldToPixel(camera, toEnu(camera.origin, gcp.position));
  const residualPx = reprojected && Math.hypot(gcp.pixel.u - reprojected.u, gcp.pixel.v - reprojected.v);
  return { ...gcp, reprojected, residualPx, outlier };
}

/** sqrt(mean(du² + dv²)) over the sights kept, px. */
export function rmseOf({ view, kept }: Fit, sights: readonly Sight[]): number {
  return rootMeanSquare(residualSizes(view, sights).filter((_, at) => kept[at]));
}

/** Distance from click to view for each sight, px; Infinity: not seen. */
export function residualSizes(view: View, sights: readonly Pick<Sight, 'point' | 'pixel'>[]): readonly number[] {
  return sights.map((sight) => {
    const residual = residualOf(view, sight);
    return residual ? Math.hypot(residual.u, residual.v) : Infinity;
  });
}

export function rootMeanSquare(sizes: readonly number[]): number {
  return Math.sqrt(sizes.reduce((sum, size) => sum + size * size, 0) / sizes.length);
}

/**
 * −2 ln L + 2k. L: the residuals du, dv of each sight kept are Gaussian, independent, of σ² = σ_px² + (f·σ_xyz/R)², σ_px
 * as the residuals show it; so −2 ln L = Σ 2 ln(2πσ²) + (du² + dv²)/σ². k: how many parameters were solved; priors are
 * not counted. Source: Akaike (1974), "A new look at the statistical model identification", IEEE TAC 19(6).
 */
export function aicOf({ view, kept, sigmaPx }: Fit, sights: readonly Sight[], solved: number): number {
  const marks = weigh(sights, view, sigmaPx).filter((_, at) => kept[at]);
  const sizes = residualSizes(view, marks);
  return marks.reduce((sum, mark, at) => {
    const variance = mark.sigmaPx ** 2;
    return sum + 2 * Math.log(2 * Math.PI * variance) + (sizes[at] ?? 0) ** 2 / variance;
  }, 2 * solved);
}
