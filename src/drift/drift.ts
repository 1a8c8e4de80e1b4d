import type { ParameterName } from '../camera/jacobian.ts';
import type { KnownCamera } from '../camera/known-camera.ts';
import { normaliseAzimuth } from '../geo/angles.ts';

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
  /** It looks elsewhere, or too little of the reference is found again in a clear photo: nothing may be placed with this calibration. */
  | { readonly kind: 'moved'; readonly reason: 'weak-consensus' | 'large-jump'; readonly drift: Drift | undefined }
  /** Night, haze or snow hide what would tell: neither steady nor moved. `drift`: what is assumed instead, if anything. */
  | { readonly kind: 'unclear'; readonly drift: Drift | undefined };

/** A turn beyond this is a camera that was knocked or turned on purpose, deg. What it stands on may have moved too. */
export const largeJumpDeg = 2;

const angles: readonly string[] = ['headingDeg', 'pitchDeg', 'rollDeg'] satisfies ParameterName[];

/** The same calibration for a photo whose camera drifted: pose turned, covariance of the drift added. */
export function applyDrift<Known extends KnownCamera>(calibration: Known, drift: Drift): Known {
  const { camera } = calibration;
  const pose = {
    ...camera.pose,
    headingDeg: normaliseAzimuth(camera.pose.headingDeg + drift.headingDeg),
    pitchDeg: camera.pose.pitchDeg + drift.pitchDeg,
    rollDeg: camera.pose.rollDeg + drift.rollDeg,
  };
  return { ...calibration, camera: { ...camera, pose }, ...widened(calibration, drift) };
}

/** The errors of calibration and drift are independent: their covariances add. */
function widened({ free, covariance }: KnownCamera, drift: Drift): Pick<KnownCamera, 'free' | 'covariance'> {
  const names = [...free, ...angles.filter((name) => !free.includes(name))];
  const n = names.length;
  const cell = (row: number, col: number): number => {
    const own = row < free.length && col < free.length ? (covariance[row * free.length + col] ?? 0) : 0;
    const [i, k] = [angles.indexOf(names[row] ?? ''), angles.indexOf(names[col] ?? '')];
    return own + (i < 0 || k < 0 ? 0 : (drift.covariance[i * 3 + k] ?? 0));
  };
  const sum = Array.from({ length: n * n }, (_, at) => cell(Math.floor(at / n), at % n));
  return { free: names, covariance: sum };
}

/** 1 σ of each angle of a camera whose drift nobody measured, deg: that of Finse turned by 1.24° in three years, so by this in half a year. */
const unmeasuredSigmaDeg = 0.2;

/**
 * What to assume of a photo that is unclear: the drift of the clear photo nearest in time, or none without one, and
 * less sure in both cases.
 */
export function assumeDrift(nearest: Drift | undefined): Drift {
  const none = { headingDeg: 0, pitchDeg: 0, rollDeg: 0, covariance: [0, 0, 0, 0, 0, 0, 0, 0, 0] };
  const { covariance, ...turn } = nearest ?? none;
  // The diagonal of (3, 3) is every fourth cell.
  const wider = covariance.map((value, at) => value + (at % 4 === 0 ? unmeasuredSigmaDeg ** 2 : 0));
  return { ...turn, covariance: wider, agreeing: 0, looked: 0 };
}
