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

/** A place and how well it is known. */
export interface UncertainPlace {
  readonly point: LngLat;
  readonly covariance: GroundCovariance;
}

/** How far apart two places of independent errors are, in units of their joint error: squared, no unit. */
export function chi2Between(a: UncertainPlace, b: UncertainPlace): number {
  const covariance = {
    eeM2: a.covariance.eeM2 + b.covariance.eeM2,
    enM2: a.covariance.enM2 + b.covariance.enM2,
    nnM2: a.covariance.nnM2 + b.covariance.nnM2,
  };
  return separationOf(a.point, b.point, covariance).chi2;
}
