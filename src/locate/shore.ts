import type { Polygon, Position } from 'geojson';
import { chiSquare95 } from '../geo/ellipse.ts';
import type { Enu, GroundCovariance, PlaneOrigin } from '../geo/frames.ts';
import { toEnu } from '../geo/plane.ts';
import { holdsPoint } from '../geo/polygon.ts';

/** A shoreline in a tangent plane, m: x east, y north. */
export interface Shore {
  readonly polygon: Polygon;
  /** West, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
}

/** Lays a shoreline of EPSG:4326 in the tangent plane at `origin`. */
export function layShore(shoreline: Polygon, origin: PlaneOrigin, waterLevelM: number): Shore {
  const coordinates = shoreline.coordinates.map((ring) =>
    ring.map(([lng = 0, lat = 0]): Position => {
      const { eastM, northM } = toEnu(origin, { lng, lat, heightM: waterLevelM });
      return [eastM, northM];
    }),
  );
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [e = 0, n = 0] of coordinates.flat()) {
    [west, east] = [Math.min(west, e), Math.max(east, e)];
    [south, north] = [Math.min(south, n), Math.max(north, n)];
  }
  return { polygon: { type: 'Polygon', coordinates }, bounds: [west, south, east, north] };
}

export function isInside(shore: Shore, place: Enu): boolean {
  return isNear(shore, place, 0) && holdsPoint(shore.polygon, place.eastM, place.northM);
}

/** True when a place with this covariance may be inside: it is, or its 95 % ellipse reaches the shore. */
export function mayBeInside(shore: Shore, place: Enu, { eeM2, enM2, nnM2 }: GroundCovariance): boolean {
  if (!isNear(shore, place, Math.sqrt(chiSquare95 * (eeM2 + nnM2)))) return false;
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

/** False only for places that are surely more than `reachM` outside. */
function isNear({ bounds: [west, south, east, north] }: Shore, { eastM, northM }: Enu, reachM: number): boolean {
  return eastM >= west - reachM && eastM <= east + reachM && northM >= south - reachM && northM <= north + reachM;
}

function distanceTo(shore: Shore, place: Enu, stretch: (e: number, n: number) => readonly [number, number]): number {
  let nearest = Infinity;
  for (const ring of shore.polygon.coordinates) {
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
