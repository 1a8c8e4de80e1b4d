import type { GroundCovariance, LngLat } from '../geo/frames.ts';
import type { ZoneId } from '../geo/lake.ts';

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
  | 'not-calibrated';

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
  readonly zoneIds: readonly ZoneId[];
}

/** A detection that the camera's rays cannot put on the ground. */
export interface NoSighting {
  readonly kind: 'no-sighting';
  readonly reason: NoSightingReason;
}
