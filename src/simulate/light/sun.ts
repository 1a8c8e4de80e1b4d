import { getPosition } from 'suncalc';
import { siteOrigin } from '../world/site.ts';

/** Where the sun stands over the site; the only door to suncalc. */
export interface Sun {
  /** Degrees above the flat horizon, with refraction. */
  readonly altitudeDeg: number;
  /** Unit direction to it: east, north, up. */
  readonly toward: readonly [number, number, number];
}

/** The sun at an instant. */
export function sunAt(instant: Date): Sun {
  const { altitude, azimuth } = getPosition(instant, siteOrigin.lat, siteOrigin.lng);
  const a = (altitude * Math.PI) / 180;
  const z = (azimuth * Math.PI) / 180;
  return { altitudeDeg: altitude, toward: [Math.sin(z) * Math.cos(a), Math.cos(z) * Math.cos(a), Math.sin(a)] };
}
