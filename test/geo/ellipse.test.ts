import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquare95, ellipsePolygon, errorEllipse } from '../../src/geo/ellipse.ts';
import { toEnu } from '../../src/geo/plane.ts';
import { findPolygonFault, holdsPoint } from '../../src/geo/polygon.ts';

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('an error ellipse', () => {
  it('points where the covariance does, clockwise from north', () => {
    const sigma2 = 4 / chiSquare95;
    expect(errorEllipse({ eeM2: sigma2, enM2: 0, nnM2: 4 * sigma2 })).toMatchObject({
      azimuthDeg: 0,
      semiMajorM: 4,
      semiMinorM: 2,
    });
    expect(errorEllipse({ eeM2: 4 * sigma2, enM2: 0, nnM2: sigma2 }).azimuthDeg).toBeCloseTo(90, 9);
    expect(errorEllipse({ eeM2: 2, enM2: 1, nnM2: 2 }).azimuthDeg).toBeCloseTo(45, 9);
    expect(errorEllipse({ eeM2: 2, enM2: -1, nnM2: 2 }).azimuthDeg).toBeCloseTo(135, 9);
  });

  it('has every corner of its polygon at the same Mahalanobis distance', () => {
    fc.assert(
      fc.property(within(0.1, 400), within(0.1, 400), within(-0.95, 0.95), (eeM2, nnM2, correlation) => {
        const enM2 = correlation * Math.sqrt(eeM2 * nnM2);
        const centre = { lng: 6.1, lat: 45.2 };
        const polygon = ellipsePolygon(centre, errorEllipse({ eeM2, enM2, nnM2 }));
        for (const [lng = 0, lat = 0] of polygon.coordinates[0] ?? []) {
          const { eastM: e, northM: n } = toEnu({ ...centre, heightM: 0 }, { lng, lat, heightM: 0 });
          const square = (e * e * nnM2 - 2 * e * n * enM2 + n * n * eeM2) / (eeM2 * nnM2 - enM2 * enM2);
          expect(square / chiSquare95).toBeCloseTo(1, 4);
        }
        expect(findPolygonFault(polygon)).toBeUndefined();
        expect(holdsPoint(polygon, centre.lng, centre.lat)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
