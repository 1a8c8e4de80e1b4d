import type { Camera } from './camera.ts';

interface GcpResidual {
  readonly name: string;
  readonly residualPx: number;
  readonly outlier: boolean;
}

/** A camera solved from its GCPs, with what is known of its errors. */
export interface Calibration {
  readonly camera: Camera;
  /** Names of the solved parameters, in the order of the covariance: 'eastM', 'northM', 'upM', 'headingDeg', 'pitchDeg', 'rollDeg', 'focalPx', 'u0', 'v0', 'k1', 'k2', 'p1', 'p2'. */
  readonly free: readonly string[];
  /** (n, n) row-major, units of the parameters; n = free.length. */
  readonly covariance: readonly number[];
  /** sqrt(mean(du² + dv²)) over the GCPs kept, px. */
  readonly rmsePx: number;
  /** The same, each GCP predicted by a solve without it; undefined when there are too few GCPs. */
  readonly looRmsePx: number | undefined;
  readonly gcps: readonly GcpResidual[];
}
