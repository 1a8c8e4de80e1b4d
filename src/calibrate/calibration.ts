import type { KnownCamera } from '../camera/known-camera.ts';
import type { Pixel } from '../geo/frames.ts';
import type { FocalPrior } from './focal.ts';
import type { Gcp } from './gcp.ts';

/** A GCP with what the solved camera makes of it. */
export interface CalibratedGcp extends Gcp {
  /** Where the solved camera sees it; undefined: behind the camera or beyond the lens. */
  readonly reprojected: Pixel | undefined;
  /** Distance from the click to `reprojected`, px; undefined with it. */
  readonly residualPx: number | undefined;
  readonly outlier: boolean;
}

/** What was known of a camera before its GCPs spoke; what is absent was unknown. */
export interface CalibrationPrior {
  readonly focal?: FocalPrior;
  /** Of each coordinate of the position; with it the origin of the camera's plane is the position that was said. */
  readonly positionSigmaM?: number;
}

/** A camera solved from its GCPs, with what is known of its errors. */
export interface Calibration extends KnownCamera {
  /** sqrt(mean(du² + dv²)) over the GCPs kept, px. */
  readonly rmsePx: number;
  /** The same, each GCP predicted by a solve without it; undefined when there are too few GCPs. */
  readonly looRmsePx: number | undefined;
  /** Akaike's information criterion of the fit to the GCPs kept (see aicOf): the lower of two on the same GCPs, the same ones kept, is the better choice of parameters. */
  readonly aic: number;
  readonly gcps: readonly CalibratedGcp[];
  /** What was said of the camera before it was solved; absent: not kept. */
  readonly prior?: CalibrationPrior;
}
