import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectOnSlices, planLooks } from '../../src/detect/detect-on-slices.ts';
import type { Detection } from '../../src/detect/detection.ts';
import { mergeDetections } from '../../src/detect/nms.ts';
import type { Box } from '../../src/geo/frames.ts';

const person = (box: Box, confidence: number): Detection => ({ label: 'person', confidence, box });
const whole = (detection: Detection) => ({ ...detection, cut: false });
const cut = (detection: Detection) => ({ ...detection, cut: true });
const box = (x: number, y: number, w: number, h: number): Box => ({ x, y, w, h });

describe('merging', () => {
  it('keeps the most confident of two that overlap', () => {
    const merged = mergeDetections(
      [whole(person(box(0, 0, 10, 30), 0.3)), whole(person(box(1, 1, 10, 30), 0.7))],
      0.45,
    );
    expect(merged).toEqual([person(box(1, 1, 10, 30), 0.7)]);
  });

  it('keeps two of different labels at one place', () => {
    const board = { ...person(box(0, 0, 10, 30), 0.3), label: 'board' };
    expect(mergeDetections([whole(board), whole(person(box(0, 0, 10, 30), 0.7))], 0.45)).toHaveLength(2);
  });

  it('lets a cut box give way to its whole twin, whatever its confidence, which takes the higher one', () => {
    const half = cut(person(box(0, 15, 10, 15), 0.9));
    const twin = whole(person(box(0, 0, 10, 30), 0.4));
    expect(mergeDetections([half, twin], 0.45)).toEqual([person(box(0, 0, 10, 30), 0.9)]);
  });

  it('keeps a small whole box inside a large one: a child before its mother', () => {
    const child = whole(person(box(0, 15, 6, 15), 0.5));
    expect(mergeDetections([child, whole(person(box(0, 0, 12, 30), 0.6))], 0.45)).toHaveLength(2);
  });

  it('gives the same as comparing every pair, for crowds', () => {
    const any = fc.record({
      x: fc.integer({ min: 0, max: 400 }),
      y: fc.integer({ min: 0, max: 400 }),
      w: fc.integer({ min: 1, max: 150 }),
      h: fc.integer({ min: 1, max: 150 }),
      confidence: fc.double({ min: 0.05, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(any, { maxLength: 40, selector: (one) => one.confidence }), (boxes) => {
        const found = boxes.map(({ x, y, w, h, confidence }) => whole(person(box(x, y, w, h), confidence)));
        expect(mergeDetections(found, 0.45)).toEqual(everyPair(found, 0.45));
      }),
    );
  });

  it('merges a crowd of 20,000 as it merges each far part of it', () => {
    const crowd = Array.from({ length: 20_000 }, (_, i) =>
      whole(person(box((i * 37) % 5000, (i * 91) % 3000, 9, 25), 0.5)),
    );
    const farOff = crowd.map((one) => ({ ...one, box: { ...one.box, x: one.box.x + 9000 } }));
    const merged = mergeDetections(crowd, 0.45).length;
    expect(merged).toBeGreaterThan(1000);
    expect(mergeDetections([...crowd, ...farOff], 0.45)).toHaveLength(2 * merged);
  });
});

describe('detecting on slices', () => {
  const photo = { widthPx: 1920, heightPx: 1080 };
  const slicing = { sidePx: 540, overlapRatio: 0.2 };
  const anywhere = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));

  it.each([
    { object: 'one narrower than the overlap', w: 40, h: 90 },
    { object: 'one that every slice cuts', w: 700, h: 500 },
  ])('finds $object once, with its whole box, wherever it is', async ({ w, h }) => {
    await fc.assert(
      fc.asyncProperty(anywhere, async ([a, b]) => {
        const truth = box(Math.floor(a * (1920 - w)), Math.floor(b * (1080 - h)), w, h);
        const found = await detectOnSlices(
          photo,
          planLooks(photo, slicing),
          async (slice) => visiblePart(truth, slice),
          0.45,
        );
        expect(found).toEqual([person(truth, 0.5)]);
      }),
    );
  });

  it('cuts boxes at the border of the photo', async () => {
    const beyond = [person(box(-5, 90, 20, 30), 0.5), person(box(150, 0, 5, 5), 0.5)];
    const small = { widthPx: 100, heightPx: 100 };
    const found = await detectOnSlices(small, planLooks(small, slicing), async () => beyond, 0.45);
    expect(found).toEqual([person(box(0, 90, 15, 10), 0.5)]);
  });
});

/** What a perfect detector sees of an object in a slice, when it sees a quarter of it or more. */
function visiblePart(truth: Box, slice: Box): Detection[] {
  const x = Math.max(truth.x, slice.x);
  const y = Math.max(truth.y, slice.y);
  const w = Math.min(truth.x + truth.w, slice.x + slice.w) - x;
  const h = Math.min(truth.y + truth.h, slice.y + slice.h) - y;
  return w > 0 && h > 0 && w * h >= 0.25 * truth.w * truth.h ? [person(box(x, y, w, h), 0.5)] : [];
}

function everyPair(found: readonly Detection[], iou: number): Detection[] {
  const kept: Detection[] = [];
  for (const one of [...found].sort((a, b) => b.confidence - a.confidence)) {
    if (!kept.some((other) => overlap(one.box, other.box) > iou)) kept.push(person(one.box, one.confidence));
  }
  return kept;
}

function overlap(a: Box, b: Box): number {
  const w = Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x));
  const h = Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y));
  return (w * h) / (a.w * a.h + b.w * b.h - w * h);
}
