import type { Polygon } from 'geojson';
import { degreesPerRadian } from './angles.ts';
import type { GroundCovariance, LngLat } from './frames.ts';
import { fromEnu } from './plane.ts';

/** 95 % of a two-dimensional Gaussian lie within this squared Mahalanobis distance: chi², 2 degrees of freedom. */
export const chiSquare95 = 5.991464547107979;

/** Half axes in m, and the azimuth of the major axis in degrees clockwise from true north, 0–180. */
export interface ErrorEllipse {
  readonly semiMajorM: number;
  readonly semiMinorM: number;
  readonly azimuthDeg: number;
}

/** The ellipse that holds the true place with 95 % chance. */
export function errorEllipse({ eeM2, enM2, nnM2 }: GroundCovariance): ErrorEllipse {
  const middle = (eeM2 + nnM2) / 2;
  const reach = Math.hypot((eeM2 - nnM2) / 2, enM2);
  // The major axis makes half of this angle with east, counter-clockwise.
  const fromEastDeg = (Math.atan2(2 * enM2, eeM2 - nnM2) / 2) * degreesPerRadian;
  return {
    semiMajorM: Math.sqrt(chiSquare95 * (middle + reach)),
    semiMinorM: Math.sqrt(chiSquare95 * Math.max(middle - reach, 0)),
    azimuthDeg: (((90 - fromEastDeg) % 180) + 180) % 180,
  };
}

/** An error ellipse as a ring of `corners` places around its centre, counter-clockwise as RFC 7946 wants it. */
export function ellipsePolygon(centre: LngLat, ellipse: ErrorEllipse, corners = 48): Polygon {
  const azimuth = ellipse.azimuthDeg / degreesPerRadian;
  const [se, sn] = [Math.sin(azimuth), Math.cos(azimuth)];
  const ring = Array.from({ length: corners }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / corners;
    const along = ellipse.semiMajorM * Math.cos(angle);
    // To the left of the major axis.
    const across = ellipse.semiMinorM * Math.sin(angle);
    const offset = { eastM: along * se - across * sn, northM: along * sn + across * se, upM: 0 };
    const { lng, lat } = fromEnu({ ...centre, heightM: 0 }, offset);
    return [lng, lat];
  });
  return { type: 'Polygon', coordinates: [[...ring, ring[0] ?? []]] };
}
