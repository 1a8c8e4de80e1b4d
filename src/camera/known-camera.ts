import type { Camera } from './camera.ts';

/** A camera and how well it is known: all that placing on the ground needs of a calibration. */
export interface KnownCamera {
  readonly camera: Camera;
  /** Names of the parameters in the covariance, in its order: those of parameterNames that were solved, or held though in doubt. */
  readonly free: readonly string[];
  /** (n, n) row-major, units of the parameters; n = free.length. */
  readonly covariance: readonly number[];
}
