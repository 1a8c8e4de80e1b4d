import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../src/errors.ts';
import { getCrs } from '../../src/geo/crs.ts';

describe('a coordinate reference system', () => {
  // Back within 5 mm: a datum shift of the old Swiss ellipsoid is not quite its own inverse at height 0.
  it.each([
    // Source: swisstopo, the old observatory of Bern; IGN, the origin of Lambert-93; UTM 32N at its central meridian.
    [2056, { x: 2_600_000, y: 1_200_000 }, { lng: 7.4386, lat: 46.9511 }],
    [2154, { x: 700_000, y: 6_600_000 }, { lng: 3, lat: 46.5 }],
    [32632, { x: 500_000, y: 0 }, { lng: 9, lat: 0 }],
    [4326, { x: 6.5, y: 45.5 }, { lng: 6.5, lat: 45.5 }],
  ])('EPSG:%i puts x, y at the right place, and back', (epsg, coordinate, place) => {
    const crs = getCrs(epsg);
    const found = crs.toLngLat(coordinate);
    expect(found.lng).toBeCloseTo(place.lng, 4);
    expect(found.lat).toBeCloseTo(place.lat, 4);
    const back = crs.fromLngLat(found);
    expect(back.x).toBeCloseTo(coordinate.x, crs.geographic ? 9 : 2);
    expect(back.y).toBeCloseTo(coordinate.y, crs.geographic ? 9 : 2);
  });

  it('says whether it is in degrees, and how long its unit is', () => {
    expect(getCrs(4326).geographic).toBe(true);
    expect(getCrs(2154)).toMatchObject({ geographic: false, metresPerUnit: 1 });
    expect(getCrs(2264).metresPerUnit).toBeCloseTo(1200 / 3937, 9);
  });

  it.each([0, -3, 1.5, 999_999, 5720])('refuses EPSG:%d', (epsg) => {
    // 5720 is a vertical one: NGF-IGN69.
    expect(() => getCrs(epsg)).toThrow(ServiceError);
    expect(() => getCrs(epsg)).toThrow(/coordinate system/);
  });
});
