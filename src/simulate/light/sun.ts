import { getPosition } from 'suncalc';
import type { LngLat } from '../../geo/frames.ts';
import { siteOrigin } from '../world/site.ts';

/** Where the sun stands over a place; the only door to suncalc. */
export interface Sun {
  /** Degrees above the flat horizon, with refraction. */
  readonly altitudeDeg: number;
  /** Degrees clockwise from true north. */
  readonly azimuthDeg: number;
  /** Unit direction to it: east, north, up. */
  readonly toward: readonly [number, number, number];
}

/** The sun at an instant; over the simulated site unless a place is named. */
export function sunAt(instant: Date, { lng, lat }: LngLat = siteOrigin): Sun {
  const { altitude, azimuth } = getPosition(instant, lat, lng);
  const a = (altitude * Math.PI) / 180;
  const z = (azimuth * Math.PI) / 180;
  return {
    altitudeDeg: altitude,
    azimuthDeg: azimuth,
    toward: [Math.sin(z) * Math.cos(a), Math.cos(z) * Math.cos(a), Math.sin(a)],
  };
}
