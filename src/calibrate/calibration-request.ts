import type { Aim } from '../camera/pose.ts';
import type { PlaneOrigin, SizePx } from '../geo/frames.ts';
import type { FreeGroup } from './free.ts';
import type { Gcp } from './gcp.ts';
import type { KnownLens } from './lens-parameters.ts';

/** What a camera is solved from. */
export interface CalibrationRequest {
  readonly gcps: readonly Gcp[];
  readonly sizePx: SizePx;
  /** Where the camera is thought to be, with one standard deviation of each coordinate, m; Infinity: only to start from. */
  readonly position?: PlaneOrigin & { readonly sigmaM: number };
  /** Where it is thought to look: only to start from. */
  readonly aim?: Aim;
  /** Focal length that it is thought to have, px. Where `free` leaves it out and there is no `focalSigmaPx`, it is taken as exact. */
  readonly focalPx?: number;
  /** One standard deviation of `focalPx`, px; absent: 10 % of it. */
  readonly focalSigmaPx?: number;
  /** What is known of the lens besides its focal length: its kind stays, the rest too unless freed. */
  readonly lens?: KnownLens;
  /** What to solve; absent: what so many GCPs can carry. */
  readonly free?: readonly FreeGroup[];
  /** True: no GCP is left out as an outlier. */
  readonly keepAll?: boolean;
  /** Coefficient of refraction; absent: 0.13. */
  readonly refraction?: number;
}
