import { describe, expect, it } from 'vitest';
import type { Calibration } from '../../src/calibrate/calibration.ts';
import type { Camera } from '../../src/camera/camera.ts';
import { worldToPixel } from '../../src/camera/project.ts';
import { layDem } from '../../src/dem/grid.ts';
import type { DemRaster } from '../../src/dem/raster.ts';
import { getCrs } from '../../src/geo/crs.ts';
import type { Enu } from '../../src/geo/frames.ts';
import { fromEnu, toEnu } from '../../src/geo/plane.ts';
import { buildGround, type Ground } from '../../src/locate/ground.ts';
import { locateDetection } from '../../src/locate/locate-detection.ts';
import type { Sighting } from '../../src/locate/sighting.ts';
import { origin } from './scene.ts';

/** 20 m over the lake, looking north and down a little. */
const camera: Camera = {
  origin,
  pose: { position: { eastM: 0, northM: 0, upM: 20 }, headingDeg: 0, pitchDeg: -5, rollDeg: 0 },
  lens: { kind: 'brown-conrady', focalPx: 1500, centre: { u: 960, v: 540 }, k1: 0, k2: 0, k3: 0, p1: 0, p2: 0 },
  sizePx: { widthPx: 1920, heightPx: 1080 },
};
const calibration: Calibration = {
  camera,
  free: ['headingDeg', 'pitchDeg'],
  covariance: [4e-4, 0, 0, 4e-4],
  rmsePx: 1,
  looRmsePx: undefined,
  aic: 0,
  gcps: [],
};

/** Half axis of the 95 % ellipse of a person's own extent: 0.35 m in each direction. */
const personExtentM = 0.35 * Math.sqrt(5.991);

/** A polygon of corners in the plane. */
function polygonOf(...corners: readonly (readonly [number, number])[]) {
  const ring = [...corners, corners[0] ?? [0, 0]].map(([eastM, northM]) => {
    const { lng, lat } = fromEnu(origin, { eastM, northM, upM: 0 });
    return [lng, lat];
  });
  return { type: 'Polygon' as const, coordinates: [ring] };
}

/** Lake from 100 to 300 m north at the height of the origin. */
const lake = {
  shoreline: polygonOf([-200, 100], [200, 100], [200, 300], [-200, 300]),
  waterLevelM: origin.heightM,
  waterLevelSigmaM: 0.1,
};

/** 4 m nodes of EPSG:32632 whose heights are a function of place. */
function demOf(heightM: (place: Enu) => number) {
  const crs = getCrs(32632);
  const { x, y } = crs.fromLngLat(origin);
  const [cols, rows] = [151, 201];
  const raster: DemRaster = {
    cols,
    rows,
    x0: x - 300,
    y0: y + 700,
    stepX: 4,
    stepY: 4,
    heights: new Float64Array(cols * rows),
  };
  for (let at = 0; at < cols * rows; at++) {
    const place = crs.toLngLat({ x: raster.x0 + 4 * (at % cols), y: raster.y0 - 4 * Math.floor(at / cols) });
    raster.heights[at] = heightM(toEnu(origin, { ...place, heightM: origin.heightM }));
  }
  return { grid: layDem(raster, crs, origin), heightSigmaM: 0.3 };
}

/** Flat shore at the height of the water, a hill of 1 in 2 behind 300 m. */
const hill = ({ northM }: Enu) => origin.heightM + Math.max(0, (northM - 300) / 2);

const hillDem = demOf(hill);

function ground(parts: Partial<Parameters<typeof buildGround>[0]> = {}): Ground {
  return buildGround({ calibration, lake, dem: hillDem, maxRangeM: 3000, ...parts });
}

/** The box of somebody whose feet are at a place. */
function boxAt(place: Enu) {
  const seen = worldToPixel(camera, place) ?? { u: -1, v: -1 };
  return { label: 'person', confidence: 0.9, box: { x: seen.u - 5, y: seen.v - 20, w: 10, h: 20 } };
}

function sightingAt(place: Enu, on: Ground = ground()): Sighting {
  const found = locateDetection(on, boxAt(place));
  if (found.kind !== 'sighting') throw new Error(found.reason);
  return found;
}

function offM(sighting: Sighting, place: Enu): number {
  const found = toEnu(origin, { ...sighting.point, heightM: sighting.heightM });
  return Math.hypot(found.eastM - place.eastM, found.northM - place.northM);
}

describe('a detection', () => {
  it('on the lake lies on its water, at its level', () => {
    const place = { eastM: 30, northM: 200, upM: 0 };
    const sighting = sightingAt(place);
    expect(sighting.surface).toBe('water');
    expect(sighting.heightM).toBeCloseTo(origin.heightM, 3);
    expect(offM(sighting, place)).toBeLessThan(0.1);
    expect(sighting.rangeM).toBeCloseTo(Math.hypot(30, 200, 20), 0);
  });

  it('behind the lake lies on the hill', () => {
    const place = { eastM: -40, northM: 360, upM: 30 };
    const sighting = sightingAt(place);
    expect(sighting.surface).toBe('ground');
    expect(offM(sighting, place)).toBeLessThan(0.3);
  });

  it('is not moved by a DEM that shows the water a little high', () => {
    const high = demOf((place) => hill(place) + 0.5);
    const place = { eastM: 30, northM: 250, upM: 0 };
    const sighting = sightingAt(place, ground({ dem: high }));
    expect(sighting.surface).toBe('water');
    expect(offM(sighting, place)).toBeLessThan(0.1);
  });

  it('on an island lies on the island', () => {
    const island = demOf(({ eastM, northM, ...rest }) =>
      Math.hypot(eastM, northM - 200) < 20 ? origin.heightM + 6 : hill({ eastM, northM, ...rest }),
    );
    const place = { eastM: 0, northM: 195, upM: 6 };
    const sighting = sightingAt(place, ground({ dem: island }));
    expect(sighting.surface).toBe('ground');
    expect(offM(sighting, place)).toBeLessThan(0.5);
  });

  it('just outside the shoreline is on water while its ellipse reaches there', () => {
    // A DEM from a dry year, whose shore lies lower than the water of today.
    const low = ground({ dem: demOf((place) => hill(place) - 1) });
    expect(sightingAt({ eastM: 0, northM: 99.5, upM: 0 }, low).surface).toBe('water');
    expect(sightingAt({ eastM: 0, northM: 60, upM: 0 }, low).surface).toBe('ground');
  });

  it('has an ellipse along the line of sight that grows with range', () => {
    const near = sightingAt({ eastM: 0, northM: 120, upM: 0 }).ellipse;
    const far = sightingAt({ eastM: 0, northM: 280, upM: 0 }).ellipse;
    expect(Math.min(near.azimuthDeg, 180 - near.azimuthDeg)).toBeLessThan(1);
    expect(far.semiMajorM).toBeGreaterThan(4 * near.semiMajorM);
    const bare = (semiM: number) => Math.sqrt(semiM ** 2 - personExtentM ** 2);
    expect(bare(far.semiMinorM)).toBeGreaterThan(2 * bare(near.semiMinorM));
  });

  it('is placed no better than the extent of a thing allows, of which a box shows the near edge alone', () => {
    const { ellipse } = sightingAt({ eastM: 0, northM: 60, upM: 0 });
    expect(ellipse.semiMinorM).toBeGreaterThan(personExtentM);
    expect(ellipse.semiMinorM).toBeLessThan(1.3 * personExtentM);
  });

  it('without a DEM lies on the level of the lake, ever less surely away from the shore', () => {
    const bare = ground({ dem: undefined });
    expect(sightingAt({ eastM: 0, northM: 200, upM: 0 }, bare).surface).toBe('water');
    const shore = sightingAt({ eastM: 0, northM: 340, upM: 0 }, bare);
    const far = sightingAt({ eastM: 0, northM: 420, upM: 0 }, bare);
    expect(shore.surface).toBe('ground');
    expect(far.ellipse.semiMajorM / far.rangeM).toBeGreaterThan(1.5 * (shore.ellipse.semiMajorM / shore.rangeM));
  });

  it('that has no place says why', () => {
    const box = (v: number) => ({ label: 'person', confidence: 0.9, box: { x: 955, y: v - 20, w: 10, h: 20 } });
    const reason = (on: Ground, v: number) => {
      const found = locateDetection(on, box(v));
      return found.kind === 'no-sighting' ? found.reason : found.surface;
    };
    const folded = { ...calibration, camera: { ...camera, lens: { ...camera.lens, k1: -2 } } };
    expect(reason(ground({ calibration: folded }), 1075)).toBe('outside-lens');
    // The hill is 200 m high where the DEM ends, 14.4° up. The sides of a valley rise over the ray that leaves along it.
    expect(reason(ground(), -60)).toBe('above-horizon');
    expect(reason(ground({ dem: demOf(({ eastM }) => origin.heightM + Math.abs(eastM)) }), 400)).toBe('leaves-dem');
    expect(reason(ground({ maxRangeM: 50 }), 540)).toBe('beyond-range');
    expect(reason(ground({ dem: demOf(() => origin.heightM + 25) }), 540)).toBe('starts-below-ground');
    expect(reason(ground({ dem: undefined }), 100)).toBe('above-horizon');
    expect(reason(ground({ dem: demOf(() => origin.heightM - 30), lake: undefined }), 300)).toBe('above-horizon');
  });
});
