import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import type { Camera } from '../../src/camera/camera.ts';
import { pixelToRay, worldToPixel } from '../../src/camera/project.ts';
import { groundAt, layFlatDem } from '../../src/dem/grid.ts';
import type { Enu } from '../../src/geo/frames.ts';
import { fromEnu, toEnu } from '../../src/geo/plane.ts';
import { holdsPoint, signedArea } from '../../src/geo/polygon.ts';
import { buildGround, buildPlaneGround, type Ground } from '../../src/locate/ground.ts';
import { meetGround } from '../../src/locate/meet-ground.ts';
import { isInside } from '../../src/locate/shore.ts';
import { findViewshed } from '../../src/locate/viewshed.ts';
import { drawCamera, origin, randomFrom } from './scene.ts';
import { type Relief, sampleRelief } from './terrain.ts';

const level: Camera = {
  origin,
  pose: { position: { eastM: 0, northM: 0, upM: 0 }, headingDeg: 0, pitchDeg: -20, rollDeg: 0 },
  lens: { kind: 'brown-conrady', focalPx: 1600, centre: { u: 960, v: 540 }, k1: 0, k2: 0, k3: 0, p1: 0, p2: 0 },
  sizePx: { widthPx: 1920, heightPx: 1080 },
};
const known = (camera: Camera) => ({ camera, free: [], covariance: [] });

function onRelief(camera: Camera, relief: Relief, lake?: { readonly halfM: number; readonly levelM: number }): Ground {
  const raster = sampleRelief(relief, origin, { halfM: 1200, stepM: 5 });
  const grid = layFlatDem(raster, { x: 0, y: 0, heightM: origin.heightM });
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
    [-1, -1],
  ] as const;
  const shoreline = (halfM: number): Polygon => {
    const ring = corners.map(([e, n]) => {
      const { lng, lat } = fromEnu(origin, { eastM: e * halfM, northM: 300 + n * halfM, upM: 0 });
      return [lng, lat];
    });
    return { type: 'Polygon', coordinates: [ring] };
  };
  const water = lake && { shoreline: shoreline(lake.halfM), waterLevelM: lake.levelM, waterLevelSigmaM: 0.1 };
  return buildGround({ calibration: known(camera), lake: water, dem: { grid, heightSigmaM: 0.3 }, maxRangeM: 3000 });
}

/** Whether a place, given in the plane, is in the viewshed. */
function look(ground: Ground) {
  const { shape } = findViewshed(ground);
  return (eastM: number, northM: number): boolean => {
    const { lng, lat } = fromEnu(origin, groundAtOr(ground, eastM, northM));
    return shape.coordinates.some((coordinates) => holdsPoint({ type: 'Polygon', coordinates }, lng, lat));
  };
}

function groundAtOr({ dem }: Ground, eastM: number, northM: number): Enu {
  return (dem && groundAt(dem.grid, eastM, northM)) ?? { eastM, northM, upM: 0 };
}

describe('the viewshed of a camera', () => {
  it('is the footprint of its picture on flat ground', () => {
    const camera = { ...level, pose: { ...level.pose, position: { eastM: 0, northM: 0, upM: 60 }, pitchDeg: -35 } };
    const { shape, cellM } = findViewshed(buildPlaneGround(known(camera), origin.heightM, 0.1, 3000));
    const corners = [
      [0, 0],
      [0, 1080],
      [1920, 1080],
      [1920, 0],
    ].map(([u = 0, v = 0]) => {
      const { direction } = pixelToRay(camera, { u, v }) ?? { direction: { eastM: 0, northM: 0, upM: -1 } };
      const t = -60 / direction.upM;
      return [t * direction.eastM, t * direction.northM];
    });
    const areaM2 = shape.coordinates.flat().reduce((sum, ring) => {
      const plane = ring.map(([lng = 0, lat = 0]) => toEnu(origin, { lng, lat, heightM: origin.heightM }));
      return sum + signedArea(plane.map(({ eastM, northM }) => [eastM, northM]));
    }, 0);
    expect(shape.coordinates).toHaveLength(1);
    expect(cellM).toBe(5);
    expect(Math.abs(areaM2 / signedArea(corners))).toBeCloseTo(1, 1.5);
  });

  it('ends at a wall, whose face is seen, and goes on where the ground rises over it', () => {
    const wall: Relief = (_, northM) => {
      if (northM >= 300 && northM <= 310) return 10;
      return northM > 700 ? (northM - 700) * 0.3 : 0;
    };
    const camera = { ...level, pose: { ...level.pose, position: { eastM: 0, northM: 0, upM: 6 }, pitchDeg: -1 } };
    const isSeen = look(onRelief(camera, wall));
    expect([100, 200, 290].map((northM) => isSeen(0, northM))).toEqual([true, true, true]);
    expect([330, 500, 690].map((northM) => isSeen(0, northM))).toEqual([false, false, false]);
    // over the wall, 4 m higher at 300 m, one sees what is 4/300 of its distance above the camera: from 730 m on
    expect([720, 800, 1000].map((northM) => isSeen(0, northM))).toEqual([false, true, true]);
  });

  it('goes on behind a wall where light that bends comes over it', () => {
    const wall: Relief = (_, northM) => (northM >= 300 && northM <= 310 ? 10 : 0);
    const camera = { ...level, pose: { ...level.pose, position: { eastM: 0, northM: 0, upM: 6 }, pitchDeg: -1 } };
    const seenAt = (refraction: number) => look(onRelief({ ...camera, refraction }, wall))(0, 1100);
    // 3,000 times the air's: 36 m in 1,100 m, 30 of them over the camera, and the wall ends 7 m over it at 300 m
    expect([seenAt(0.13), seenAt(382)]).toEqual([false, true]);
  });

  it('is the water at its level where the DEM lies under it, but for an island', () => {
    const basin: Relief = (eastM, northM) => (Math.hypot(eastM, northM - 300) < 20 ? 4 : -10);
    const camera = { ...level, pose: { ...level.pose, position: { eastM: 0, northM: 0, upM: 20 }, pitchDeg: -8 } };
    const ground = onRelief(camera, basin, { halfM: 150, levelM: origin.heightM });
    const isSeen = look(ground);
    expect([isSeen(0, 200), isSeen(0, 290), isSeen(60, 400)]).toEqual([true, true, true]);
    // 16 m under the camera the island's top of 4 m stands before the water from 320 m to 400 m
    expect([isSeen(0, 340), isSeen(0, 380), isSeen(0, 430)]).toEqual([false, false, true]);
  });

  it('is all around a fisheye that looks down, its own foot included', () => {
    const lens = { kind: 'fisheye', focalPx: 500, centre: { u: 700, v: 700 }, k1: 0, k2: 0, k3: 0, k4: 0 } as const;
    const pose = { ...level.pose, position: { eastM: 0, northM: 0, upM: 30 }, pitchDeg: -90 };
    const isSeen = look(onRelief({ ...level, pose, lens, sizePx: { widthPx: 1400, heightPx: 1400 } }, () => 0));
    expect([isSeen(0, 3), isSeen(0, -100), isSeen(100, 0), isSeen(-100, 0)]).toEqual([true, true, true, true]);
  });

  it('reaches as far as the ray, not the map, is long', () => {
    const pose = { ...level.pose, position: { eastM: 0, northM: 0, upM: 150 }, pitchDeg: -50 };
    const isSeen = look(buildPlaneGround(known({ ...level, pose }), origin.heightM, 0.1, 200));
    // 200 m of ray from 150 m up are 132 m on the map
    expect([isSeen(0, 115), isSeen(0, 150)]).toEqual([true, false]);
  });

  it('is empty under a camera that looks at the sky', () => {
    const pose = { ...level.pose, position: { eastM: 0, northM: 0, upM: 10 }, pitchDeg: 60 };
    expect(findViewshed(onRelief({ ...level, pose }, () => 0)).shape.coordinates).toEqual([]);
  });

  it('agrees with where rays of the picture come down, away from its edges', () => {
    const random = randomFrom(11);
    let [same, asked, seen] = [0, 0, 0];
    for (let scene = 0; scene < 6; scene++) {
      const [phase, steep] = [random.between(0, 6), random.between(0.5, 1.5)];
      const relief: Relief = (e, n) =>
        steep *
        (25 * Math.sin(e / 140 + phase) * Math.cos(n / 170) +
          6 * Math.sin(e / 41 + n / 57) +
          ((e * e + n * n) / 9e3) * 0.3);
      const drawn = drawCamera(random);
      const { eastM, northM } = drawn.pose.position;
      const position = { eastM, northM, upM: relief(eastM, northM) + random.between(6, 40) };
      const ground = onRelief(
        {
          ...drawn,
          pose: { ...drawn.pose, position },
        },
        relief,
        {
          halfM: 120,
          levelM: origin.heightM - 8,
        },
      );
      const isSeen = look(ground);
      for (let at = 0; at < 2500; at++) {
        const [e, n] = [random.between(-900, 900), random.between(-900, 900)];
        const truths = near.map(([de, dn]) => isHit(ground, e + de, n + dn));
        if (new Set(truths).size > 1 || truths[0] === undefined) continue;
        asked++;
        seen += truths[0] ? 1 : 0;
        same += isSeen(e, n) === truths[0] ? 1 : 0;
      }
    }
    expect(Math.min(seen, asked - seen)).toBeGreaterThan(400);
    expect(same / asked).toBeGreaterThan(0.99);
  });
});

/** A place and those around it, as far as the cells of a viewshed may be wrong; m. */
const near = [-10, -5, 0, 5, 10].flatMap((e) => [-10, -5, 0, 5, 10].map((n) => [e, n] as const));

/** Whether the ray of the pixel that would show a place comes down there; undefined: no pixel would. */
function isHit(ground: Ground, eastM: number, northM: number): boolean | undefined {
  const { water, dem } = ground;
  const { camera } = ground.calibration;
  const inLake = water && isInside(water.shore, { eastM, northM, upM: 0 });
  const point = inLake ? { eastM, northM, upM: water.surface.upM } : dem && groundAt(dem.grid, eastM, northM);
  const pixel = point && worldToPixel(camera, point);
  if (!pixel || pixel.u < 0 || pixel.v < 0 || pixel.u > camera.sizePx.widthPx || pixel.v > camera.sizePx.heightPx)
    return undefined;
  const ray = pixelToRay(camera, pixel);
  const hit = ray && meetGround(ground, ray, 3000, (on) => water !== undefined && isInside(water.shore, on.point));
  if (hit?.kind !== 'hit') return false;
  return Math.hypot(hit.point.eastM - eastM, hit.point.northM - northM) < 1;
}
