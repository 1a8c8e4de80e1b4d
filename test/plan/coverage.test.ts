import { describe, expect, it } from 'vitest';
import type { Camera } from '../../src/camera/camera.ts';
import { layFlatDem } from '../../src/dem/grid.ts';
import type { Zone, ZoneId } from '../../src/geo/lake.ts';
import { fromEnu } from '../../src/geo/plane.ts';
import { buildGround, type Ground } from '../../src/locate/ground.ts';
import { coverGround, coverZone, lookAt, openSite } from '../../src/plan/coverage.ts';
import { origin } from '../locate/scene.ts';
import { type Relief, sampleRelief } from '../locate/terrain.ts';

/** Looks north and level from 10 m up; its picture is 90° wide. */
const camera: Camera = {
  origin,
  pose: { position: { eastM: 0, northM: 0, upM: 10 }, headingDeg: 0, pitchDeg: 0, rollDeg: 0 },
  lens: { kind: 'brown-conrady', focalPx: 500, centre: { u: 500, v: 250 }, k1: 0, k2: 0, k3: 0, p1: 0, p2: 0 },
  sizePx: { widthPx: 1000, heightPx: 500 },
};
/** Somebody's depth adds 3 % to his height seen from the side. */
const depth = Math.hypot(1, 0.25);
const none = { person: undefined, tent: undefined };

function groundOf(relief: Relief = () => 0): Ground {
  const raster = sampleRelief(relief, origin, { halfM: 300, stepM: 2 });
  const grid = layFlatDem(raster, { x: 0, y: 0, heightM: origin.heightM });
  const calibration = { camera, free: [], covariance: [] };
  return buildGround({ calibration, lake: undefined, dem: { grid, heightSigmaM: 0 }, maxRangeM: 200 });
}

/** A rectangle in the plane, m. */
function zone(
  [west, south, east, north]: readonly [number, number, number, number],
  kind: Zone['kind'] = 'shore',
): Zone {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ].map(([eastM = 0, northM = 0]) => {
    const { lng, lat } = fromEnu(origin, { eastM, northM, upM: 0 });
    return [lng, lat];
  });
  const polygon = { type: 'Polygon' as const, coordinates: [ring] };
  return { id: 'z' as ZoneId, lakeId: 'l' as Zone['lakeId'], kind, name: 'Zone', polygon };
}

describe('a camera that could stand there', () => {
  it('shows a person and a tent by their height over the distance', () => {
    const look = lookAt(openSite(groundOf(), none), { eastM: 0, northM: 100 });
    expect(look?.px.person).toBeCloseTo(((500 * 1.7) / 100) * depth, 1);
    expect(look?.px.tent).toBeCloseTo(((500 * 1.1) / 100) * depth, 1);
    expect(look?.rangeM).toBeCloseTo(Math.hypot(100, 10), 1);
  });

  it('shows the part of a zone that is in its picture', () => {
    // at 50.5 m the picture ends 50.5 m to the east
    const { seen, areaM2 } = coverZone(openSite(groundOf(), none), zone([0, 50, 100, 51]));
    expect(seen).toBeCloseTo(0.505, 1);
    expect(areaM2).toBeCloseTo(100, 0);
  });

  it('finds people as far as they are large enough for the model', () => {
    // 17 px and more: as far as 500 · 1.7 / 17 · depth = 51.5 m, of a zone from 40 to 60 m
    const site = openSite(groundOf(), { person: 17, tent: undefined });
    const { seen, found } = coverZone(site, zone([-5, 40, 5, 60]));
    expect(seen).toBe(1);
    expect(found.person).toBeCloseTo((50 * depth - 40) / 20, 1);
    const { reachM } = coverGround(site, [200]);
    // in the corners of the picture the distance is longer: depth 51.5 m, as much aside, 10 m down
    expect(reachM.person).toBeGreaterThan(51.5);
    expect(reachM.person).toBeLessThan(Math.hypot(51.5, 51.5, 10) + 5);
  });

  it('does not say what a model finds that nobody measured, nor tents on water', () => {
    const found = (limits: { person: number | undefined; tent: number | undefined }, kind?: Zone['kind']) =>
      coverZone(openSite(groundOf(), limits), zone([-5, 40, 5, 60], kind)).found;
    expect(found(none)).toEqual(none);
    expect(found({ person: 10, tent: 10 }, 'water')).toEqual({ person: 1, tent: undefined });
  });

  it('sees nothing of what a ridge hides', () => {
    const site = openSite(
      groundOf((_, northM) => (Math.abs(northM - 60) < 4 ? 15 : 0)),
      none,
    );
    expect(coverZone(site, zone([-20, 90, 20, 130]))).toMatchObject({ seen: 0, rangeM: undefined });
    expect(coverZone(site, zone([-20, 30, 20, 45])).seen).toBe(1);
  });

  it('tells sizes by distance, for rings that it sees', () => {
    const { rings, seenM2 } = coverGround(openSite(groundOf(), none), [10, 50, 100, 400]);
    // 250 px under the middle are 27°: nothing nearer than 20 m is in the picture
    expect(rings[0]).toEqual({ toM: 10, seenM2: 0, px: undefined });
    expect(rings.reduce((sum, ring) => sum + ring.seenM2, 0)).toBeCloseTo(seenM2);
    // a quarter of a disc of 200 m, but for what lies too near
    expect(seenM2 / ((Math.PI * 200 ** 2) / 4)).toBeGreaterThan(0.95);
    expect(seenM2 / ((Math.PI * 200 ** 2) / 4)).toBeLessThan(1.02);
  });
});
