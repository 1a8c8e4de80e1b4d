import type { GroundCovariance, LngLat } from '../geo/frames.ts';

/** Why a detection has no place on the ground. */
export type NoSightingReason =
  | 'above-horizon'
  | 'starts-below-ground'
  | 'leaves-dem'
  | 'beyond-range'
  /** The ray comes down where the DEM holds no elevation. */
  | 'no-elevation'
  /** The foot pixel lies where the lens model has no inverse. */
  | 'outside-lens'
  | 'not-calibrated'
  /** So near the horizon or a ridge that its error reaches beyond: no ellipse would be true. */
  | 'beyond-horizon'
  /** The camera looks elsewhere than when it was calibrated. */
  | 'camera-moved';

/** Where the error of a place comes from: shares of its variance (the trace of its covariance), 0–1, of sum 1. */
export interface ErrorShares {
  /** Pose, lens and drift. */
  readonly camera: number;
  /** The foot pixel. */
  readonly pixel: number;
  /** Height of ground or water. */
  readonly height: number;
  /** How far the middle of the thing may be from its near edge. */
  readonly extent: number;
}

/** A detection on the ground, with its error ellipse. */
export interface Sighting {
  readonly kind: 'sighting';
  readonly point: LngLat;
  /** Height of the ground or water there, m, in the datum of the DEM. */
  readonly heightM: number;
  readonly surface: 'water' | 'ground';
  /** Slant distance from the camera, m. */
  readonly rangeM: number;
  readonly covariance: GroundCovariance;
  /** 95 % error ellipse: half axes in m, azimuth of the major axis in degrees clockwise from true north, 0–180. */
  readonly ellipse: { readonly semiMajorM: number; readonly semiMinorM: number; readonly azimuthDeg: number };
  readonly shares: ErrorShares;
}

/** A detection that the camera's rays cannot put on the ground. */
export interface NoSighting {
  readonly kind: 'no-sighting';
  readonly reason: NoSightingReason;
  /** With 'beyond-horizon', where the pixel's own ray comes down: one of several places, none of which has a true ellipse. */
  readonly nearest?: Pick<Sighting, 'point' | 'heightM' | 'rangeM'>;
}
