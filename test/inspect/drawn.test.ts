import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import type { Camera } from '../../src/camera/camera.ts';
import { pixelToRay } from '../../src/camera/project.ts';
import { layDem } from '../../src/dem/grid.ts';
import { firstHit } from '../../src/dem/ray.ts';
import { getCrs } from '../../src/geo/crs.ts';
import type { Enu, Pixel } from '../../src/geo/frames.ts';
import { fromEnu } from '../../src/geo/plane.ts';
import { meetLevel, pointOn } from '../../src/geo/ray.ts';
import { drawGroundGrid, drawRangeRings } from '../../src/inspect/drawn-grid.ts';
import { drawHorizon, drawSkyline, reachOfDem } from '../../src/inspect/drawn-horizon.ts';
import { drawOutline, drawShoreline } from '../../src/inspect/drawn-outline.ts';
import { buildGround, type Ground } from '../../src/locate/ground.ts';
import { origin } from '../locate/scene.ts';

const camera: Camera = {
  origin,
  pose: { position: { eastM: 3, northM: -2, upM: 12 }, headingDeg: 20, pitchDeg: -5, rollDeg: 2 },
  lens: { kind: 'brown-conrady', focalPx: 1500, centre: { u: 960, v: 540 }, k1: -0.05, k2: 0, k3: 0, p1: 0, p2: 0 },
  sizePx: { widthPx: 1920, heightPx: 1080 },
};
const calibration = { camera, free: [], covariance: [] };

/** Nodes every 5 m, 2 km across: low bumps, a ridge 25 m high 300 m north, a mountain from 600 m north on. */
function makeDem() {
  const crs = getCrs(2154);
  const { x, y } = crs.fromLngLat(origin);
  const [cols, rows, step] = [401, 401, 5];
  const heights = Float32Array.from({ length: cols * rows }, (_, at) => {
    const northM = (200 - Math.floor(at / cols)) * step;
    const ridge = Math.max(0, 25 - Math.abs(northM - 300));
    const mountain = Math.min(120, 0.5 * Math.max(0, northM - 600));
    return origin.heightM + ridge + mountain + 0.2 * Math.sin(at / 9);
  });
  const grid = { cols, rows, x0: x - 200 * step, y0: y + 200 * step, stepX: step, stepY: step };
  return { grid: layDem({ ...grid, heights }, crs, origin), heightSigmaM: 0.3 };
}
const dem = makeDem();
const overLand = buildGround({ calibration, lake: undefined, dem, maxRangeM: 5000 });

/** Where the ray of a drawn pixel meets the ground. */
function groundUnder(pixel: Pixel): Enu {
  const ray = pixelToRay(camera, pixel);
  const hit = ray && firstHit(ray, dem.grid, 5000);
  if (hit?.kind !== 'hit') throw new Error('a line is drawn on the sky');
  return hit.point;
}

const middleOf = (pixels: readonly Pixel[]) => pixels[Math.floor(pixels.length / 2)] as Pixel;
const toPolygon = (corners: readonly (readonly [number, number])[]): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [...corners, corners[0] as readonly [number, number]].map(([eastM, northM]) => {
      const { lng, lat } = fromEnu(origin, { eastM, northM, upM: 0 });
      return [lng, lat];
    }),
  ],
});
const lake = {
  shoreline: toPolygon([
    [-150, 60],
    [150, 60],
    [150, 220],
    [-150, 220],
  ]),
  waterLevelM: origin.heightM - 0.3,
  waterLevelSigmaM: 0.1,
};

describe('what is drawn over a photo', () => {
  it('is a grid on the ground that one sees, at whole steps from the camera', () => {
    const grids = drawGroundGrid(overLand);
    expect(grids.map(({ stepM }) => stepM)).toEqual([10, 50, 100]);
    for (const { stepM, lines } of grids) {
      expect(lines.length).toBeGreaterThan(4);
      for (const pixels of lines) {
        const { eastM, northM } = groundUnder(middleOf(pixels));
        const off = [eastM - 3, northM + 2].map((along) => Math.abs(along - stepM * Math.round(along / stepM)));
        const rangeM = Math.hypot(eastM, northM);
        expect(Math.min(...off)).toBeLessThan(0.02 + 0.01 * rangeM);
      }
    }
  });

  it('leaves out the ground behind a ridge', () => {
    const norths = drawGroundGrid(overLand)
      .flatMap(({ lines }) => lines.flat())
      .map((pixel) => groundUnder(pixel).northM);
    expect(norths.some((north) => north > 250 && north < 300)).toBe(true);
    expect(norths.filter((north) => north > 310 && north < 560)).toEqual([]);
  });

  it('has rings at their distances', () => {
    const rings = drawRangeRings(overLand);
    expect(rings.map(({ rangeM }) => rangeM)).toContain(200);
    for (const { rangeM, lines } of rings) {
      const { eastM, northM } = groundUnder(middleOf(lines[0] ?? []));
      expect(Math.abs(Math.hypot(eastM - 3, northM + 2) / rangeM - 1)).toBeLessThan(0.02);
    }
  });

  it('has the horizon where rays are level', () => {
    // In two parts that meet in the north, where the azimuths begin.
    const line = drawHorizon(overLand).flat();
    expect(line.length).toBeGreaterThan(100);
    for (const pixel of line) expect(pixelToRay(camera, pixel)?.direction.upM).toBeCloseTo(0, 7);
    const us = line.map(({ u }) => u);
    expect(Math.max(...us) - Math.min(...us)).toBeGreaterThan(1900);
  });

  it('has the skyline where rays begin to miss the ground', () => {
    const skyline = drawSkyline(overLand).flat();
    expect(skyline.length).toBeGreaterThan(100);
    for (const { u, v } of skyline) {
      const [under, over] = [v + 0.5, v - 0.5].map((at) => {
        const ray = pixelToRay(camera, { u, v: at });
        return ray && firstHit(ray, dem.grid, 5000).kind;
      });
      expect([under, over]).toEqual(['hit', 'miss']);
    }
    expect(reachOfDem(overLand)).toBeGreaterThan(1000);
    expect(reachOfDem(overLand)).toBeLessThan(1100);
  });

  it('draws no skyline where the DEM ends before the land does', () => {
    // Looked at no farther than up the slope of the mountain; to the sides the ridge is the skyline all the same.
    const pixels = drawSkyline({ ...overLand, maxRangeM: 800 }).flat();
    expect(pixels.filter(({ u }) => u < 1200)).toEqual([]);
    expect(pixels.length).toBeGreaterThan(10);
  });

  it('lays the shoreline on the water and an outline on the land, as far as they are in sight', () => {
    const ground = buildGround({ calibration, lake, dem, maxRangeM: 5000 });
    const level = ground.water?.surface;
    const shore = drawShoreline(ground);
    expect(shore.flat().length).toBeGreaterThan(100);
    for (const pixel of shore.flat()) {
      const ray = pixelToRay(camera, pixel);
      const rangeM = ray && level && meetLevel(ray, level);
      const { eastM, northM } = ray && rangeM ? pointOn(ray, rangeM) : { eastM: 0, northM: 0 };
      const off = [Math.abs(Math.abs(eastM) - 150), Math.abs(northM - 60), Math.abs(northM - 220)];
      expect(Math.min(...off)).toBeLessThan(0.01);
    }
    const hidden = toPolygon([
      [0, 400],
      [60, 400],
      [60, 450],
      [0, 450],
    ]);
    expect(drawOutline(overLand, hidden)).toEqual([]);
    const seen = toPolygon([
      [0, 100],
      [60, 100],
      [60, 150],
      [0, 150],
    ]);
    expect(drawOutline(overLand, seen).flat().length).toBeGreaterThan(100);
  });

  it('is a grid on the level of the lake where there is no DEM', () => {
    const ground: Ground = buildGround({ calibration, lake, dem: undefined, maxRangeM: 5000 });
    const pixels = drawGroundGrid(ground).flatMap(({ lines }) => lines.map(middleOf));
    expect(pixels.length).toBeGreaterThan(20);
    for (const pixel of pixels) {
      const ray = pixelToRay(camera, pixel);
      const rangeM = ray && ground.plane && meetLevel(ray, ground.plane.surface);
      const { eastM, northM } = ray && rangeM ? pointOn(ray, rangeM) : { eastM: 0.5, northM: 0.5 };
      const off = [eastM - 3, northM + 2].map((along) => Math.abs(along - 10 * Math.round(along / 10)));
      expect(Math.min(...off)).toBeLessThan(0.01);
    }
    expect(drawSkyline(ground)).toEqual([]);
  });
});
