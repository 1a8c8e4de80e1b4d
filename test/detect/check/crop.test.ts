import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropWindow, placeCrop } from '../../../src/detect/check/crop.ts';
import type { Box } from '../../../src/geo/frames.ts';

const rule = { contextShare: 0.25, minSidePx: 24 };
const photo = { widthPx: 640, heightPx: 400 };
const input = { widthPx: 96, heightPx: 96 };

/** A box in the photo, as a merged detection is. */
const boxes = fc
  .tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.double({ min: 0, max: 0.999, noNaN: true }))
  .chain(([a, b]) => {
    const [x, y] = [a * photo.widthPx, b * photo.heightPx];
    const side = (roomPx: number) => fc.double({ min: 0.01, max: roomPx, noNaN: true });
    return fc.tuple(side(photo.widthPx - x), side(photo.heightPx - y)).map(([w, h]): Box => ({ x, y, w, h }));
  });

describe('the window of a crop', () => {
  it.each([
    { what: 'a wide box: a quarter more on each side', box: { x: 100, y: 200, w: 80, h: 40 }, window: [80, 160, 120] },
    { what: 'a tall box', box: { x: 100, y: 100, w: 20, h: 60 }, window: [65, 85, 90] },
    { what: 'a small box: at least 24 px', box: { x: 100, y: 100, w: 6, h: 10 }, window: [91, 93, 24] },
    {
      what: 'a box at the edge: the window goes on beyond it',
      box: { x: 0, y: 0, w: 40, h: 40 },
      window: [-10, -10, 60],
    },
  ])('suits $what', ({ box, window: [x, y, side] }) => {
    expect(cropWindow(box, rule)).toEqual({ x, y, w: side, h: side });
  });

  it('is a square of whole pixels that shows all of its box, with room around', () => {
    fc.assert(
      fc.property(boxes, (box) => {
        const window = cropWindow(box, rule);
        expect(window.w).toBe(window.h);
        for (const value of Object.values(window)) expect(Number.isInteger(value)).toBe(true);
        const least = Math.min(0.25 * Math.max(box.w, box.h), 5) - 1;
        expect(box.x - window.x).toBeGreaterThanOrEqual(least);
        expect(window.x + window.w - box.x - box.w).toBeGreaterThanOrEqual(least);
        expect(box.y - window.y).toBeGreaterThanOrEqual(least);
        expect(window.y + window.h - box.y - box.h).toBeGreaterThanOrEqual(least);
      }),
    );
  });
});

describe('a window in the input of a network', () => {
  it('fills it where the photo shows all of it', () => {
    expect(placeCrop({ x: 30, y: 50, w: 48, h: 48 }, photo, input)).toEqual({
      part: { x: 30, y: 50, w: 48, h: 48 },
      sizePx: input,
      x: 0,
      y: 0,
    });
  });

  it('leaves out what lies beyond the edge of the photo', () => {
    expect(placeCrop({ x: -12, y: 376, w: 48, h: 48 }, photo, input)).toEqual({
      part: { x: 0, y: 376, w: 36, h: 24 },
      sizePx: { widthPx: 72, heightPx: 48 },
      x: 24,
      y: 0,
    });
  });

  it('shows some of the photo and nothing beyond it, wherever the box is', () => {
    fc.assert(
      fc.property(boxes, (box) => {
        const { part, sizePx, x, y } = placeCrop(cropWindow(box, rule), photo, input);
        expect(Math.min(part.w, part.h, sizePx.widthPx, sizePx.heightPx)).toBeGreaterThanOrEqual(1);
        expect(part.x).toBeGreaterThanOrEqual(0);
        expect(part.x + part.w).toBeLessThanOrEqual(photo.widthPx);
        expect(part.y + part.h).toBeLessThanOrEqual(photo.heightPx);
        expect(x + sizePx.widthPx).toBeLessThanOrEqual(input.widthPx);
        expect(y + sizePx.heightPx).toBeLessThanOrEqual(input.heightPx);
      }),
    );
  });
});
