import { degreesPerRadian } from './angles.ts';
import type { Enu, LngLat, PlaneOrigin } from './frames.ts';

/** Earth-centred, Earth-fixed, WGS84, m. */
type Ecef = readonly [number, number, number];

/** WGS84 ellipsoid. Source: NGA.STND.0036, table 3.1. */
const semiMajorM = 6378137;
const flattening = 1 / 298.257223563;
const e2 = flattening * (2 - flattening);

/** A WGS84 position as a point in the tangent plane at `origin`. Exact on the ellipsoid; heights count as ellipsoidal. */
export function toEnu(origin: PlaneOrigin, position: PlaneOrigin): Enu {
  const [ox, oy, oz] = toEcef(origin);
  const [x, y, z] = toEcef(position);
  return turnToEnu(origin, [x - ox, y - oy, z - oz]);
}

/** A point of the tangent plane at `origin` as a WGS84 position. Exact on the ellipsoid, to 1e-9 m. */
export function fromEnu(origin: PlaneOrigin, point: Enu): PlaneOrigin {
  const [ox, oy, oz] = toEcef(origin);
  const [x, y, z] = turnFromEnu(origin, point);
  return fromEcef([ox + x, oy + y, oz + z]);
}

/** A direction of one tangent plane as the same direction in another. */
export function turnEnu(direction: Enu, from: LngLat, to: LngLat): Enu {
  return turnToEnu(to, turnFromEnu(from, direction));
}

/** Radii of curvature of the ellipsoid at a latitude, m: along the meridian, and across it. */
export function principalRadii(latRad: number): { readonly meridianM: number; readonly normalM: number } {
  const w2 = 1 - e2 * Math.sin(latRad) ** 2;
  return { meridianM: (semiMajorM * (1 - e2)) / w2 ** 1.5, normalM: semiMajorM / Math.sqrt(w2) };
}

function turnToEnu(origin: LngLat, [x, y, z]: Ecef): Enu {
  const { sinLat, cosLat, sinLng, cosLng } = sines(origin);
  const outward = cosLng * x + sinLng * y;
  return {
    eastM: -sinLng * x + cosLng * y,
    northM: -sinLat * outward + cosLat * z,
    upM: cosLat * outward + sinLat * z,
  };
}

function turnFromEnu(origin: LngLat, { eastM, northM, upM }: Enu): Ecef {
  const { sinLat, cosLat, sinLng, cosLng } = sines(origin);
  const outward = -sinLat * northM + cosLat * upM;
  return [-sinLng * eastM + cosLng * outward, cosLng * eastM + sinLng * outward, cosLat * northM + sinLat * upM];
}

function toEcef(position: PlaneOrigin): Ecef {
  const { sinLat, cosLat, sinLng, cosLng } = sines(position);
  const normalM = semiMajorM / Math.sqrt(1 - e2 * sinLat * sinLat);
  const outward = (normalM + position.heightM) * cosLat;
  return [outward * cosLng, outward * sinLng, (normalM * (1 - e2) + position.heightM) * sinLat];
}

/** Fixed-point iteration on the latitude; near the surface each step gains a factor of about 1/e². */
function fromEcef([x, y, z]: Ecef): PlaneOrigin {
  const outward = Math.hypot(x, y);
  let lat = Math.atan2(z, outward * (1 - e2));
  let normalM = semiMajorM;
  for (let step = 0; step < 6; step++) {
    const sinLat = Math.sin(lat);
    normalM = semiMajorM / Math.sqrt(1 - e2 * sinLat * sinLat);
    lat = Math.atan2(z + e2 * normalM * sinLat, outward);
  }
  const sinLat = Math.sin(lat);
  const heightM = outward * Math.cos(lat) + z * sinLat - semiMajorM * Math.sqrt(1 - e2 * sinLat * sinLat);
  return { lng: Math.atan2(y, x) * degreesPerRadian, lat: lat * degreesPerRadian, heightM };
}

function sines({ lng, lat }: LngLat) {
  const latRad = lat / degreesPerRadian;
  const lngRad = lng / degreesPerRadian;
  return {
    sinLat: Math.sin(latRad),
    cosLat: Math.cos(latRad),
    sinLng: Math.sin(lngRad),
    cosLng: Math.cos(lngRad),
  };
}
