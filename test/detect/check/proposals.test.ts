import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseProposals } from '../../../src/detect/check/proposals.ts';
import { planLooks } from '../../../src/detect/slices/detect-on-slices.ts';
import { iouOf } from '../../../src/geo/box-overlap.ts';
import type { Box } from '../../../src/geo/frames.ts';

const photo = { widthPx: 1000, heightPx: 600 };
const slices = planLooks(photo, { sidePx: 400, overlapRatio: 0.2 });
const [first, second] = slices;
if (!first || !second) throw new Error('too few slices');
const proposals = {
  ...{ from: 0.1, iou: 0.5, minSidePx: 8, maxSliceShare: 0.8, most: 20 },
  ...{ scales: [1, 0.5], scalesMaxSliceShare: 0.25, confidencePower: 0 },
};
const rule = { model: 'm@1', labels: {}, proposals };
const kite = (box: Box, confidence = 0.2) => ({ label: 'kite', confidence, box });
const boxesOf = (...of: Parameters<typeof chooseProposals>) => chooseProposals(...of).map(({ boxes }) => boxes);
const choose = (box: Box) => boxesOf(rule, photo, [{ slice: first, inSlice: [kite(box)] }], []);

describe('what a check looks at', () => {
  it('is a small box in each size, about its middle, and a large one as it is', () => {
    const small = { x: 100, y: 100, w: 80, h: 40 };
    expect(choose(small)).toEqual([[small, { x: 120, y: 110, w: 40, h: 20 }]]);
    const large = { x: 100, y: 100, w: 120, h: 40 };
    expect(choose(large)).toEqual([[large]]);
  });

  it('is small or large by the slice that shows it largest', () => {
    const box = { x: 100, y: 100, w: 120, h: 40 };
    const whole = { x: 0, y: 0, w: 1000, h: 600 };
    const seen = [
      { slice: first, inSlice: [] },
      { slice: whole, inSlice: [kite(box)] },
    ];
    expect(boxesOf(rule, photo, seen, [])).toEqual([[box]]);
    expect(boxesOf(rule, photo, seen.slice(1), [])[0]).toHaveLength(2);
  });

  it('leaves out sizes that are too small to tell anything', () => {
    const tiny = { x: 100, y: 100, w: 10, h: 10 };
    expect(choose(tiny)).toEqual([[tiny]]);
  });

  it('joins what two slices cut, under whatever names', () => {
    const whole = { x: second.x + 10, y: 200, w: first.w - second.x - 20, h: 60 };
    const seen = [
      { slice: first, inSlice: [{ ...kite(whole), label: 'boat' }] },
      { slice: second, inSlice: [kite(whole, 0.3)] },
    ];
    expect(chooseProposals(rule, photo, seen, [])).toMatchObject([{ confidence: 0.3 }]);
  });

  it('is sure and inside the photo, each thing once, and no more than the rule says', () => {
    const side = fc.double({ min: 4, max: 300, noNaN: true });
    const found = fc.array(
      fc.record({
        label: fc.constantFrom('kite', 'boat', 'person'),
        confidence: fc.double({ min: 0, max: 1, noNaN: true }),
        box: fc.record({
          x: fc.integer({ min: -20, max: 990 }),
          y: fc.integer({ min: -20, max: 590 }),
          w: side,
          h: side,
        }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(found, found, (one, other) => {
        const seen = [
          { slice: first, inSlice: one },
          { slice: second, inSlice: other },
        ];
        const things = boxesOf(rule, photo, seen, []);
        expect(things.length).toBeLessThanOrEqual(20);
        for (const [box, ...smaller] of things) {
          if (!box) throw new Error('a thing without a box');
          expect(box.x).toBeGreaterThanOrEqual(0);
          expect(box.y).toBeGreaterThanOrEqual(0);
          expect(box.x + box.w).toBeLessThanOrEqual(1000.001);
          expect(box.y + box.h).toBeLessThanOrEqual(600.001);
          expect(smaller.length).toBeLessThanOrEqual(1);
          const same = things.filter(([another]) => another && iouOf(box, another) > 0.5 && another !== box);
          expect(same).toEqual([]);
        }
      }),
    );
  });
});
