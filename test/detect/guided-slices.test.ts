import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/detect/manifest.ts';
import { leastPersonPx, planGuidedSlices, widestSlice } from '../../src/detect/slices/guided-slices.ts';
import type { SizeGrid } from '../../src/detect/slices/size-grid.ts';
import type { SizePx } from '../../src/geo/frames.ts';

const network = {
  input: { widthPx: 512, heightPx: 512 } as Manifest['input'],
  slice: { sidePx: 600, overlapRatio: 0.15 },
};

/** A grid whose people are as tall as `personPx` says at the middle of a cell; undefined: nobody stands there. */
function gridOf(photo: SizePx, personPx: (u: number, v: number) => readonly [number, number] | undefined): SizeGrid {
  const cellPx = Math.max(16, Math.ceil(Math.max(photo.widthPx, photo.heightPx) / 128));
  const [cols, rows] = [Math.ceil(photo.widthPx / cellPx), Math.ceil(photo.heightPx / cellPx)];
  const sizes = Array.from({ length: cols * rows }, (_, at) =>
    personPx(((at % cols) + 0.5) * cellPx, (Math.floor(at / cols) + 0.5) * cellPx),
  );
  return {
    ...{ photo, cellPx, cols, rows, mayStand: Uint8Array.from(sizes, (size) => (size ? 1 : 0)) },
    leastPx: Float32Array.from(sizes, (size) => size?.[0] ?? 0),
    mostPx: Float32Array.from(sizes, (size) => size?.[1] ?? 0),
  };
}

/** Level ground seen from `heightM` up, its horizon at row `horizonPx`: people are that many times smaller than they are low. */
const level = (horizonPx: number, heightM: number) => (_: number, v: number) => {
  const tallPx = (1.7 * (v - horizonPx)) / heightM;
  return tallPx > 0.5 ? ([tallPx * 0.95, tallPx * 1.05] as const) : undefined;
};

describe('guided slices', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const photo = fc.record({
    widthPx: fc.integer({ min: 200, max: 6000 }),
    heightPx: fc.integer({ min: 200, max: 4000 }),
  });

  it('hold everybody who may stand anywhere, whole and large enough, beside near ridges too', {
    timeout: 60_000,
  }, () => {
    const ridge = fc.record({
      from: share,
      to: share,
      top: share,
      nearer: fc.double({ min: 1, max: 20, noNaN: true }),
    });
    const feet = fc.array(fc.tuple(share, share, share), { minLength: 60, maxLength: 60 });
    const scene = fc.record({
      size: photo,
      sky: share,
      high: fc.double({ min: 2, max: 120, noNaN: true }),
      ridge,
      feet,
    });
    fc.assert(
      fc.property(scene, ({ size, sky, high, ridge: hill, feet: all }) => {
        const ground = level(sky * size.heightPx, high);
        const grid = gridOf(size, (u, v) => {
          const [least = 0, most = 0] = ground(u, v) ?? [];
          const onHill = u >= hill.from * size.widthPx && u <= hill.to * size.widthPx && v >= hill.top * size.heightPx;
          if (!onHill) return most > 0 ? [least, most] : undefined;
          return [least > 0 ? least : 5 * hill.nearer, Math.max(most, least) * hill.nearer + 5 * hill.nearer];
        });
        const slices = planGuidedSlices(grid, network);
        for (const { x, y, w, h } of slices) {
          expect([x, y, w, h].every(Number.isInteger)).toBe(true);
          expect(x >= 0 && y >= 0 && x + w <= size.widthPx && y + h <= size.heightPx).toBe(true);
        }
        for (const [a, b, c] of all) expectShown({ u: a * size.widthPx, v: b * size.heightPx }, c, grid, slices);
      }),
      { numRuns: 40 },
    );
  });

  it('are none but the whole photo where nobody can stand, or nobody could be seen', () => {
    const size = { widthPx: 4000, heightPx: 3000 };
    const whole = [{ x: 0, y: 0, w: 4000, h: 3000 }];
    expect(
      planGuidedSlices(
        gridOf(size, () => undefined),
        network,
      ),
    ).toEqual(whole);
    expect(
      planGuidedSlices(
        gridOf(size, () => [1, leastPersonPx - 0.1]),
        network,
      ),
    ).toEqual(whole);
  });

  it('are small at the far shore, large near by, and far fewer than plain ones', () => {
    const slices = planGuidedSlices(gridOf({ widthPx: 4000, heightPx: 3000 }, level(900, 10)), network);
    // plain ones: 8 columns and 6 rows
    expect(slices.length).toBeLessThan(24);
    expect(Math.min(...slices.map(({ y, w }) => (w < 1000 ? y : Infinity)))).toBeGreaterThan(800);
    expect(slices.some(({ w }) => w === 600)).toBe(true);
    expect(slices.some(({ w }) => w > 2000)).toBe(true);
  });

  it('look as closely as plain ones where people are small, and no closer', () => {
    expect(widestSlice(8, network)).toBe(600);
    expect(widestSlice(70, network)).toBe(1280);
  });
});

/** Somebody upright, a third as wide as tall, whose feet are at a pixel, is seen whole by a slice that is small enough for him. */
function expectShown(
  { u, v }: { u: number; v: number },
  between: number,
  grid: SizeGrid,
  slices: ReturnType<typeof planGuidedSlices>,
): void {
  const at = Math.min(Math.floor(v / grid.cellPx), grid.rows - 1) * grid.cols + Math.floor(u / grid.cellPx);
  if (u >= grid.photo.widthPx || v >= grid.photo.heightPx || !grid.mayStand[at]) return;
  const [least = 0, most = 0] = [grid.leastPx[at], grid.mostPx[at]];
  const tall = Math.max(leastPersonPx, least) + between * (most - Math.max(leastPersonPx, least));
  if (most < leastPersonPx) return;
  const left = Math.max(0, u - tall / 6);
  const right = Math.min(grid.photo.widthPx, u + tall / 6);
  const top = Math.max(0, v - tall);
  const shown = slices.some(
    ({ x, y, w, h }) =>
      left >= x && right <= x + w && top >= y && v <= y + h && w <= widestSlice(tall, network) / 0.8 + 1,
  );
  expect(shown, `${tall} px at ${u}, ${v}`).toBe(true);
}
