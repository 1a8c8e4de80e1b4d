import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { kinks } from '@turf/kinks';
import type { Polygon, Position } from 'geojson';

/** What makes a polygon unusable, with a place where it shows. */
export type PolygonFault =
  | { readonly kind: 'ring-open' | 'too-few-corners' | 'not-lng-lat' | 'no-area'; readonly ring: number }
  | { readonly kind: 'crosses-itself'; readonly at: { readonly lng: number; readonly lat: number } };

/** True when a place lies in a polygon, or on its edge. x and y are longitude and latitude, or metres of one plane for both. */
export function holdsPoint(polygon: Polygon, x: number, y: number): boolean {
  return booleanPointInPolygon([x, y], polygon);
}

/** The first fault of a polygon in EPSG:4326; undefined when it is valid. */
export function findPolygonFault(polygon: Polygon): PolygonFault | undefined {
  if (polygon.coordinates.length === 0) return { kind: 'too-few-corners', ring: 0 };
  for (const [ring, corners] of polygon.coordinates.entries()) {
    const kind = faultOfRing(corners);
    if (kind) return { kind, ring };
  }
  const [lng, lat] = kinks(polygon).features[0]?.geometry.coordinates ?? [];
  return lng === undefined || lat === undefined ? undefined : { kind: 'crosses-itself', at: { lng, lat } };
}

function faultOfRing(
  corners: readonly Position[],
): 'ring-open' | 'too-few-corners' | 'not-lng-lat' | 'no-area' | undefined {
  if (corners.length < 4) return 'too-few-corners';
  const isPlace = ([lng = Infinity, lat = Infinity]: Position) => Math.abs(lng) <= 180 && Math.abs(lat) <= 90;
  if (!corners.every(isPlace)) return 'not-lng-lat';
  const [first, last] = [corners[0], corners.at(-1)];
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) return 'ring-open';
  return signedArea(corners) === 0 ? 'no-area' : undefined;
}

/** The same polygon with its outer ring counter-clockwise and its holes clockwise. Source: RFC 7946, 3.1.6. */
export function orientRings(polygon: Polygon): Polygon {
  const coordinates = polygon.coordinates.map((ring, at) => {
    const counterClockwise = signedArea(ring) > 0;
    return counterClockwise === (at === 0) ? ring : ring.toReversed();
  });
  return { ...polygon, coordinates };
}

/** Area of a ring in the square of its own unit; positive when it runs counter-clockwise. Source: shoelace formula. */
export function signedArea(corners: readonly Position[]): number {
  const [x0 = 0, y0 = 0] = corners[0] ?? [];
  let twice = 0;
  corners.forEach(([x = 0, y = 0], at) => {
    const [nextX = 0, nextY = 0] = corners[at + 1] ?? corners[0] ?? [];
    // From the first corner, so that small polygons far from the origin keep their digits.
    twice += (x - x0) * (nextY - y0) - (nextX - x0) * (y - y0);
  });
  return twice / 2;
}
