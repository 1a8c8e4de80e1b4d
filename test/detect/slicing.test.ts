import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSlices } from '../../src/detect/slices/slicing.ts';

const size = fc.record({ widthPx: fc.integer({ min: 1, max: 6000 }), heightPx: fc.integer({ min: 1, max: 6000 }) });
const slice = fc.record({ widthPx: fc.integer({ min: 64, max: 1500 }), heightPx: fc.integer({ min: 64, max: 1500 }) });
const overlap = fc.double({ min: 0, max: 0.8, noNaN: true });

describe('slices', () => {
  it('cover every pixel, keep inside the photo and share what was asked', () => {
    fc.assert(
      fc.property(size, slice, overlap, (photo, side, ratio) => {
        const slices = planSlices(photo, side, ratio);
        for (const box of slices) {
          expect(box.x >= 0 && box.y >= 0 && box.x + box.w <= photo.widthPx && box.y + box.h <= photo.heightPx).toBe(
            true,
          );
          expect([box.x, box.y, box.w, box.h].every(Number.isInteger)).toBe(true);
        }
        const columns = [...new Set(slices.map((box) => box.x))].sort((a, b) => a - b);
        const rows = [...new Set(slices.map((box) => box.y))].sort((a, b) => a - b);
        expect(slices.length).toBe(columns.length * rows.length);
        expectCovered(columns, Math.min(side.widthPx, photo.widthPx), photo.widthPx, ratio);
        expectCovered(rows, Math.min(side.heightPx, photo.heightPx), photo.heightPx, ratio);
      }),
    );
  });

  it('are one for a photo that is smaller', () => {
    expect(planSlices({ widthPx: 320, heightPx: 200 }, { widthPx: 720, heightPx: 720 }, 0.2)).toEqual([
      { x: 0, y: 0, w: 320, h: 200 },
    ]);
  });

  it('are as few as that allows', () => {
    const slices = planSlices({ widthPx: 1920, heightPx: 1080 }, { widthPx: 720, heightPx: 720 }, 0.15);
    expect(slices.map((box) => [box.x, box.y])).toEqual([
      [0, 0],
      [600, 0],
      [1200, 0],
      [0, 360],
      [600, 360],
      [1200, 360],
    ]);
  });
});

function expectCovered(starts: readonly number[], side: number, length: number, ratio: number): void {
  expect(starts[0]).toBe(0);
  expect((starts.at(-1) ?? 0) + side).toBe(length);
  for (let i = 1; i < starts.length; i++) {
    const shared = (starts[i - 1] ?? 0) + side - (starts[i] ?? 0);
    expect(shared).toBeGreaterThanOrEqual(Math.floor(side * ratio) - 1);
  }
}
