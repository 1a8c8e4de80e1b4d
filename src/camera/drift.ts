import type { Calibration } from './calibration.ts';

/** How far a camera turned since the reference photo of its calibration, around its own axes: deg, 1 σ from `covariance`. */
export interface Drift {
  /** Changes of heading, pitch and roll: the camera of this photo minus that of the reference, deg. */
  readonly headingDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
  /** (3, 3) row-major over heading, pitch, roll, deg². */
  readonly covariance: readonly number[];
  /** Patches of the reference that were found again and agree, of those looked for. */
  readonly agreeing: number;
  readonly looked: number;
}

/** What a photo says of its camera. */
export type DriftOutcome =
  | { readonly kind: 'steady'; readonly drift: Drift }
  /** It looks elsewhere, or too little of the reference is found again to tell: nothing may be placed with this calibration. */
  | { readonly kind: 'moved'; readonly reason: 'weak-consensus' | 'large-jump'; readonly drift: Drift | undefined };

/** The same calibration for a photo whose camera drifted: pose turned, covariance of the drift added. */
export declare function applyDrift(calibration: Calibration, drift: Drift): Calibration;
