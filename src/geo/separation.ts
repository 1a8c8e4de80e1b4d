import type { GroundCovariance, LngLat } from './frames.ts';
import { toEnu } from './plane.ts';

/** 99 % quantile of chi² with 2 degrees of freedom. */
export const chi2At99 = 9.21;

export interface Separation {
  readonly metres: number;
  /** Squared Mahalanobis distance: the offset in units of its own error, no unit. */
  readonly chi2: number;
}

/** How far apart two places are, in metres and in units of `covariance`, the covariance of their offset. */
export function separationOf(from: LngLat, to: LngLat, covariance: GroundCovariance): Separation {
  const { eastM: e, northM: n } = toEnu({ ...from, heightM: 0 }, { ...to, heightM: 0 });
  const { eeM2, enM2, nnM2 } = covariance;
  const chi2 = (nnM2 * e * e - 2 * enM2 * e * n + eeM2 * n * n) / (eeM2 * nnM2 - enM2 * enM2);
  return { metres: Math.hypot(e, n), chi2 };
}
