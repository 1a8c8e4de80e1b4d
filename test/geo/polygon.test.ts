import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { findPolygonFault, holdsPoint, orientRings } from '../../src/geo/polygon.ts';

const polygon = (...coordinates: number[][][]): Polygon => ({ type: 'Polygon', coordinates });
const square = [
  [6, 45],
  [7, 45],
  [7, 46],
  [6, 46],
  [6, 45],
];
const hole = [
  [6.4, 45.4],
  [6.4, 45.6],
  [6.6, 45.6],
  [6.6, 45.4],
  [6.4, 45.4],
];

describe('a polygon', () => {
  it('holds what is inside and not what is in its hole', () => {
    expect(holdsPoint(polygon(square, hole), 6.2, 45.2)).toBe(true);
    expect(holdsPoint(polygon(square, hole), 6.5, 45.5)).toBe(false);
    expect(holdsPoint(polygon(square), 7.2, 45.5)).toBe(false);
  });

  it('says its first fault', () => {
    expect(findPolygonFault(polygon(square, hole))).toBeUndefined();
    expect(findPolygonFault(polygon(square.slice(0, 4)))).toEqual({ kind: 'ring-open', ring: 0 });
    expect(findPolygonFault(polygon(square, hole.slice(0, 3)))).toEqual({ kind: 'too-few-corners', ring: 1 });
    expect(findPolygonFault(polygon([]))).toEqual({ kind: 'too-few-corners', ring: 0 });
    expect(
      findPolygonFault(
        polygon([
          [6, 45],
          [7, 45],
          [8, 45],
          [6, 45],
        ]),
      ),
    ).toEqual({ kind: 'no-area', ring: 0 });
    expect(
      findPolygonFault(
        polygon([
          [914000, 6458000],
          [914100, 6458000],
          [914100, 6458100],
          [914000, 6458000],
        ]),
      ),
    ).toEqual({ kind: 'not-lng-lat', ring: 0 });
    const bow = [
      [6, 45],
      [7, 46],
      [7, 45],
      [6, 45.5],
      [6, 45],
    ];
    expect(findPolygonFault(polygon(bow))).toMatchObject({
      kind: 'crosses-itself',
      at: { lng: expect.closeTo(6.333, 2), lat: expect.closeTo(45.333, 2) },
    });
  });

  it('is turned the way RFC 7946 wants it', () => {
    const wrong = polygon(square.toReversed(), hole.toReversed());
    expect(orientRings(wrong)).toEqual(polygon(square, hole));
    expect(orientRings(polygon(square, hole))).toEqual(polygon(square, hole));
  });
});
