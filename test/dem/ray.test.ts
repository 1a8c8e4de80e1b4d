import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DemGrid, elevationAt, evaluate, groundAt, layDem, layFlatDem } from '../../src/dem/grid.ts';
import { type DemRaster, unknownHeight } from '../../src/dem/raster.ts';
import { firstHit } from '../../src/dem/ray.ts';
import { getCrs } from '../../src/geo/crs.ts';
import type { Enu, Ray } from '../../src/geo/frames.ts';
import { fromEnu } from '../../src/geo/plane.ts';
import { pointOn } from '../../src/geo/ray.ts';

/** Hills that any seed makes differently: sums of sines over nodes 10 units apart. */
function hills(side: number, seed: number, grid = { x0: 0, y0: (side - 1) * 10, stepX: 10, stepY: 10 }): DemRaster {
  const heights = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let col = 0; col < side; col++) {
      heights[row * side + col] =
        20 * Math.sin(col * 0.37 + seed) * Math.cos(row * 0.29 - seed) +
        6 * Math.sin(col * 1.7 * (1 + (seed % 1)) + row * 1.3);
    }
  }
  return { cols: side, rows: side, ...grid, heights };
}

function rayFrom(origin: Enu, headingDeg: number, pitchDeg: number): Ray {
  const [h, p] = [(headingDeg * Math.PI) / 180, (pitchDeg * Math.PI) / 180];
  return {
    origin,
    direction: { eastM: Math.cos(p) * Math.sin(h), northM: Math.cos(p) * Math.cos(h), upM: Math.sin(p) },
  };
}

/** Height of a light path over the ground; undefined off the grid. */
function clearance(dem: DemGrid, point: Enu): number | undefined {
  const ground = elevationAt(dem, evaluate(dem.placement.col, point), evaluate(dem.placement.row, point));
  return ground === undefined ? undefined : evaluate(dem.placement.height, point) - ground;
}

/** The first hit by small steps and bisection: slow, and right to 1e-6 m but for bumps thinner than a step. */
function march(ray: Ray, dem: DemGrid, maxRangeM: number): number | undefined {
  for (let t = 0; t < maxRangeM; t += 0.25) {
    const after = clearance(dem, pointOn(ray, t + 0.25));
    if (after === undefined) return undefined;
    if (after > 0) continue;
    let [above, below] = [t, t + 0.25];
    for (let halving = 0; halving < 40; halving++) {
      const middle = (above + below) / 2;
      if ((clearance(dem, pointOn(ray, middle)) ?? 0) > 0) above = middle;
      else below = middle;
    }
    return above;
  }
  return undefined;
}

describe('the first hit of a ray', () => {
  it('is where small steps find it, from any place in any direction', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.double({ min: -30, max: 8, noNaN: true }),
        (seed, headingDeg, pitchDeg) => {
          const dem = layFlatDem(hills(40, seed), { x: 0, y: 0, heightM: 0 });
          const ray = rayFrom({ eastM: 195.3, northM: 193.7, upM: 30 }, headingDeg, pitchDeg);
          const truth = march(ray, dem, 400);
          const found = firstHit(ray, dem, 400);
          const range = found.kind === 'hit' ? found.rangeM : undefined;
          // A bump thinner than a step: the walk finds it and the march does not.
          if (range !== undefined && (truth === undefined || range < truth - 0.25)) {
            expect(Math.abs(clearance(dem, pointOn(ray, range)) ?? 9)).toBeLessThan(1e-9);
            return;
          }
          expect(range === undefined).toBe(truth === undefined);
          if (range !== undefined && truth !== undefined) expect(range).toBeCloseTo(truth, 5);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('meets the ground of a projected or a geographic CRS where the exact conversion puts it, to 1 cm at 3 km', () => {
    const origin = { lng: 6.1, lat: 45.2, heightM: 200 };
    for (const epsg of [2154, 4326, 32632]) {
      const crs = getCrs(epsg);
      const middle = crs.fromLngLat(origin);
      const step = epsg === 4326 ? 1e-4 : 10;
      const grid = { x0: middle.x - 400 * step, y0: middle.y + 400 * step, stepX: step, stepY: step };
      const raster = hills(801, 1.3, grid);
      const dem = layDem(raster, crs, origin);
      for (let headingDeg = 5; headingDeg < 360; headingDeg += 20) {
        const ray = { ...rayFrom({ eastM: 0, northM: 0, upM: 0 }, headingDeg, -3.6), bendPerM: 1e-8 };
        const found = firstHit(ray, dem, 4000);
        expect(found.kind).toBe('hit');
        if (found.kind !== 'hit') continue;
        const position = fromEnu(origin, found.point);
        const { x, y } = crs.fromLngLat(position);
        const ground = elevationAt(raster, (x - raster.x0) / step, (raster.y0 - y) / step);
        expect(Math.abs(position.heightM - (ground ?? 0))).toBeLessThan(0.01);
      }
    }
  });

  it('says why there is none', () => {
    const raster = hills(40, 1);
    const dem = layFlatDem(raster, { x: 0, y: 0, heightM: 0 });
    const at = (upM: number): Enu => ({ eastM: 195, northM: 195, upM });
    expect(firstHit(rayFrom(at(-60), 0, 0), dem, 1000)).toEqual({ kind: 'miss', reason: 'starts-below-ground' });
    expect(firstHit(rayFrom(at(30), 0, 0), dem, 1000)).toEqual({ kind: 'miss', reason: 'above-horizon' });
    expect(firstHit(rayFrom(at(40), 0, -1), dem, 1000)).toEqual({ kind: 'miss', reason: 'leaves-dem' });
    expect(firstHit(rayFrom(at(40), 0, -1), dem, 100)).toEqual({ kind: 'miss', reason: 'beyond-range' });
    const outside = rayFrom({ eastM: -5, northM: 195, upM: 40 }, 90, -5);
    expect(firstHit(outside, dem, 1000)).toEqual({ kind: 'miss', reason: 'leaves-dem' });
  });

  it('does not guess the ground under unknown nodes, and passes high over them', () => {
    const raster = hills(40, 1);
    for (let row = 0; row < 15; row++) raster.heights.fill(unknownHeight, row * 40, row * 40 + 40);
    const dem = layFlatDem(raster, { x: 0, y: 0, heightM: 0 });
    const low = rayFrom({ eastM: 195, northM: 195, upM: 26 }, 0, -2);
    expect(firstHit(low, dem, 1000)).toEqual({ kind: 'miss', reason: 'no-elevation' });
    expect(firstHit(rayFrom({ eastM: 195, northM: 195, upM: 60 }, 0, -2), dem, 1000)).toEqual({
      kind: 'miss',
      reason: 'leaves-dem',
    });
    expect(groundAt(dem, 195, 380)).toBeUndefined();
  });
});
