import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromEnu, toEnu, turnEnu } from '../../src/geo/plane.ts';
import { levelAt, meetLevel, pointOn } from '../../src/geo/ray.ts';

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const places = fc.record({ lng: within(-179, 179), lat: within(-85, 85), heightM: within(-100, 5000) });
const points = fc.record({ eastM: within(-20_000, 20_000), northM: within(-20_000, 20_000), upM: within(-3000, 3000) });

describe('the tangent plane', () => {
  it('gives back every point to 1e-6 m', () => {
    fc.assert(
      fc.property(places, points, (origin, point) => {
        const back = toEnu(origin, fromEnu(origin, point));
        expect(Math.hypot(back.eastM - point.eastM, back.northM - point.northM, back.upM - point.upM)).toBeLessThan(
          1e-6,
        );
      }),
    );
  });

  it('keeps distances', () => {
    fc.assert(
      fc.property(places, places, points, points, (origin, other, one, two) => {
        const straight = Math.hypot(one.eastM - two.eastM, one.northM - two.northM, one.upM - two.upM);
        const near = { ...other, lng: origin.lng + other.lng / 1000, lat: origin.lat };
        const [a, b] = [toEnu(near, fromEnu(origin, one)), toEnu(near, fromEnu(origin, two))];
        expect(Math.hypot(a.eastM - b.eastM, a.northM - b.northM, a.upM - b.upM)).toBeCloseTo(straight, 6);
      }),
    );
  });

  it('turns directions as it turns points', () => {
    const [from, to] = [
      { lng: 6.1, lat: 45.2, heightM: 0 },
      { lng: 6.2, lat: 45.1, heightM: 0 },
    ];
    const [tail, head] = [
      { eastM: 0, northM: 0, upM: 0 },
      { eastM: 30, northM: -40, upM: 5 },
    ];
    const [a, b] = [toEnu(to, fromEnu(from, tail)), toEnu(to, fromEnu(from, head))];
    const turned = turnEnu(head, from, to);
    expect(turned.eastM).toBeCloseTo(b.eastM - a.eastM, 6);
    expect(turned.northM).toBeCloseTo(b.northM - a.northM, 6);
    expect(turned.upM).toBeCloseTo(b.upM - a.upM, 6);
  });

  it('has the radii of the ellipsoid along the equator and along a meridian', () => {
    // Source: along the equator and along a meridian the geodesic is the arc of the ellipsoid's own radius.
    const origin = { lng: 7, lat: 0, heightM: 0 };
    const arcDeg = (2000 / 6378137) * (180 / Math.PI);
    const east = toEnu(origin, { lng: 7 + arcDeg, lat: 0, heightM: 0 });
    expect(east.eastM).toBeCloseTo(6378137 * Math.sin(2000 / 6378137), 6);
    expect(east.upM).toBeCloseTo(-6378137 * (1 - Math.cos(2000 / 6378137)), 6);
    // Meridian arc by Bessel's quarter meridian: 10001965.729 m from equator to pole.
    let length = 0;
    for (let lat = 0; lat < 90; lat += 0.01) {
      const step = toEnu({ lng: 7, lat, heightM: 0 }, { lng: 7, lat: lat + 0.01, heightM: 0 });
      length += Math.hypot(step.northM, step.upM);
    }
    expect(length).toBeCloseTo(10_001_965.729, 1);
  });
});

describe('a place 2 km away', () => {
  /** Source: GeographicLib 2.1 (Karney 2013, "Algorithms for geodesics"), Geodesic.WGS84.Direct: lat, lng, azimuth, then lat2, lng2. */
  const geodesics = [
    [45.2, 6.1, 0, 45.217995991284, 6.1],
    [45.2, 6.1, 37, 45.214371214592, 6.115322664637],
    [45.2, 6.1, 90, 45.199997163509, 6.125454343607],
    [45.2, 6.1, 215, 45.18525757166, 6.085403756784],
    [-33.9, 18.4, 300, -33.890983110948, 18.381275660285],
    [68.4, 18.5, 118, 68.391576569626, 18.542951423082],
  ] as const;

  it('is where the WGS84 geodesic ends, to 1 mm; a sphere is metres off', () => {
    let worstM = 0;
    let sphereM = 0;
    for (const [lat, lng, azimuthDeg, lat2, lng2] of geodesics) {
      const origin = { lng, lat, heightM: 0 };
      const [s, c] = [Math.sin((azimuthDeg * Math.PI) / 180), Math.cos((azimuthDeg * Math.PI) / 180)];
      const { northBend, eastBend } = levelAt(origin, 0);
      const upM = -(eastBend * (2000 * s) ** 2 + northBend * (2000 * c) ** 2);
      const place = fromEnu(origin, { eastM: 2000 * s, northM: 2000 * c, upM });
      const end = { lng: lng2, lat: lat2, heightM: 0 };
      const off = toEnu(end, place);
      worstM = Math.max(worstM, Math.hypot(off.eastM, off.northM, off.upM));
      const arcDeg = (2000 / 6_371_000) * (180 / Math.PI);
      const round = { lat: lat + arcDeg * c, lng: lng + (arcDeg * s) / Math.cos((lat * Math.PI) / 180), heightM: 0 };
      const far = toEnu(end, round);
      sphereM = Math.max(sphereM, Math.hypot(far.eastM, far.northM));
    }
    console.info(
      `geodetic position at 2 km: ${(1000 * worstM).toFixed(3)} mm at worst; a sphere ${sphereM.toFixed(1)} m`,
    );
    expect(worstM).toBeLessThan(1e-3);
    expect(sphereM).toBeGreaterThan(3);
  });
});

describe('a level surface', () => {
  it('is met where its height is, to 1 mm at 10 km', () => {
    const origin = { lng: 6.1, lat: 45.2, heightM: 2100 };
    const level = levelAt(origin, 2000);
    for (let headingDeg = 0; headingDeg < 360; headingDeg += 30) {
      const [h, p] = [(headingDeg * Math.PI) / 180, -0.0105];
      const direction = { eastM: Math.cos(p) * Math.sin(h), northM: Math.cos(p) * Math.cos(h), upM: Math.sin(p) };
      const ray = { origin: { eastM: 0, northM: 0, upM: 0 }, direction, bendPerM: 1e-8 };
      const range = meetLevel(ray, level) ?? 0;
      expect(range).toBeGreaterThan(9000);
      expect(Math.abs(fromEnu(origin, pointOn(ray, range)).heightM - 2000)).toBeLessThan(1e-3);
    }
  });

  it('is never met from below, nor by a ray that looks over the horizon', () => {
    const level = levelAt({ lng: 6, lat: 45, heightM: 100 }, 0);
    const at = (upM: number) => ({ eastM: 0, northM: 0, upM });
    const out = { eastM: 1, northM: 0, upM: 0 };
    expect(meetLevel({ origin: at(-101), direction: out }, level)).toBeUndefined();
    // The horizon of 100 m is 36 km away, 0.32° down: a level ray passes over it.
    expect(meetLevel({ origin: at(0), direction: out }, level)).toBeUndefined();
    expect(
      meetLevel({ origin: at(0), direction: { eastM: Math.cos(0.006), northM: 0, upM: -Math.sin(0.006) } }, level),
    ).toBeGreaterThan(20_000);
  });
});
