import type { Polygon } from 'geojson';
import { chiSquare95 } from '../geo/ellipse.ts';
import type { Enu, GroundCovariance, PlaneOrigin } from '../geo/frames.ts';
import { toEnu } from '../geo/plane.ts';
import { holdsPoint } from '../geo/polygon.ts';

/** A shoreline in a tangent plane, m: x east, y north. */
export type Shore = Polygon;

/** Lays a shoreline of EPSG:4326 in the tangent plane at `origin`. */
export function layShore(shoreline: Polygon, origin: PlaneOrigin, waterLevelM: number): Shore {
  const coordinates = shoreline.coordinates.map((ring) =>
    ring.map(([lng = 0, lat = 0]) => {
      const { eastM, northM } = toEnu(origin, { lng, lat, heightM: waterLevelM });
      return [eastM, northM];
    }),
  );
  return { type: 'Polygon', coordinates };
}

export function isInside(shore: Shore, { eastM, northM }: Enu): boolean {
  return holdsPoint(shore, eastM, northM);
}

/** True when a place with this covariance may be inside: it is, or its 95 % ellipse reaches the shore. */
export function mayBeInside(shore: Shore, place: Enu, { eeM2, enM2, nnM2 }: GroundCovariance): boolean {
  if (isInside(shore, place)) return true;
  // In axes where the covariance is the unit matrix, the ellipse is a circle. Source: Cholesky factor, inverted.
  const a = Math.sqrt(eeM2);
  const b = enM2 / a;
  const c = Math.sqrt(Math.max(nnM2 - b * b, 1e-12));
  return distanceTo(shore, place, (e, n) => [e / a, (n - (b * e) / a) / c]) ** 2 <= chiSquare95;
}

/** Distance to the shore, m. */
export function distanceToShore(shore: Shore, place: Enu): number {
  return distanceTo(shore, place, (e, n) => [e, n]);
}

function distanceTo(shore: Shore, place: Enu, stretch: (e: number, n: number) => readonly [number, number]): number {
  let nearest = Infinity;
  for (const ring of shore.coordinates) {
    const corners = ring.map(([e = 0, n = 0]) => stretch(e - place.eastM, n - place.northM));
    corners.forEach((corner, at) => {
      nearest = Math.min(nearest, distanceToSegment(corner, corners[at + 1] ?? corner));
    });
  }
  return nearest;
}

/** Distance of a segment to the origin. */
function distanceToSegment([ax, ay]: readonly [number, number], [bx, by]: readonly [number, number]): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy;
  const share = length2 > 0 ? Math.min(Math.max(-(ax * dx + ay * dy) / length2, 0), 1) : 0;
  return Math.hypot(ax + share * dx, ay + share * dy);
}
