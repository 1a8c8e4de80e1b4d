import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detection } from '../../src/detect/detection.ts';
import type { MergeRule } from '../../src/detect/merge/overlap.ts';
import { detectOnSlices, planLooks, planThoroughLooks } from '../../src/detect/slices/detect-on-slices.ts';
import type { Box } from '../../src/geo/frames.ts';

const person = (box: Box, confidence: number): Detection => ({ label: 'person', confidence, box });
const box = (x: number, y: number, w: number, h: number): Box => ({ x, y, w, h });
const photo = { widthPx: 1920, heightPx: 1080 };
const slicing = { sidePx: 540, overlapRatio: 0.2 };
const nms: MergeRule = { iou: 0.45 };
const voting: MergeRule = { iou: 0.45, method: 'vote' };
const share = fc.double({ min: 0, max: 1, noNaN: true });
const anywhere = fc.tuple(share, share);

describe('detecting on slices', () => {
  it.each([
    { object: 'one narrower than the overlap', w: 40, h: 90, looks: planLooks(photo, slicing), merge: nms },
    { object: 'one that every slice cuts', w: 700, h: 500, looks: planLooks(photo, slicing), merge: nms },
    { object: 'a small one at three scales', w: 40, h: 90, looks: planThoroughLooks(photo, slicing), merge: voting },
    { object: 'a large one at three scales', w: 700, h: 500, looks: planThoroughLooks(photo, slicing), merge: voting },
  ])('finds $object once, with its whole box, wherever it is', async ({ w, h, looks, merge }) => {
    await fc.assert(
      fc.asyncProperty(anywhere, async ([a, b]) => {
        const truth = box(Math.floor(a * (1920 - w)), Math.floor(b * (1080 - h)), w, h);
        const plan = { photo, slices: looks, merge, minConfidence: 0.1 };
        const found = await detectOnSlices(plan, async (slice) => visiblePart(truth, slice));
        expect(found).toHaveLength(1);
        expect(found[0]?.confidence).toBeCloseTo(0.5, 9);
        for (const side of ['x', 'y', 'w', 'h'] as const) expect(found[0]?.box[side]).toBeCloseTo(truth[side], 6);
      }),
    );
  });

  it('joins an object that no look shows whole', async () => {
    const slices = planLooks(photo, slicing).filter(({ minBoxPx }) => minBoxPx === undefined);
    const plan = { photo, slices, merge: nms, minConfidence: 0.1 };
    const boat = box(100, 300, 600, 120);
    expect(await detectOnSlices(plan, async (slice) => visiblePart(boat, slice, 0.1))).toEqual([person(boat, 0.5)]);
  });

  it('cuts boxes at the border of the photo', async () => {
    const beyond = [person(box(-5, 90, 20, 30), 0.5), person(box(150, 0, 5, 5), 0.5)];
    const small = { widthPx: 100, heightPx: 100 };
    const plan = { photo: small, slices: planLooks(small, slicing), merge: nms, minConfidence: 0.1 };
    const found = await detectOnSlices(plan, async () => beyond);
    expect(found).toEqual([person(box(0, 90, 15, 10), 0.5)]);
  });

  it('begins no other slice once one has failed', async () => {
    const plan = { photo, slices: planLooks(photo, slicing), merge: nms, minConfidence: 0.1 };
    let begun = 0;
    const fail = async () => Promise.reject(new Error(`slice ${++begun}`));
    await expect(detectOnSlices(plan, fail)).rejects.toThrow('slice 1');
    expect(begun).toBeLessThan(8);
    expect(plan.slices.length).toBeGreaterThan(5);
  });

  it('drops what passes in one look and not in the mean of all', async () => {
    const small = person(box(700, 400, 20, 40), 0.25);
    const seenBy = (widest: number) => async (slice: Box) => (slice.w < widest ? visiblePart(small.box, slice) : []);
    const plan = { photo, slices: planThoroughLooks(photo, slicing), merge: voting, minConfidence: 0.3 };
    expect(await detectOnSlices(plan, seenBy(400))).toEqual([]);
    expect((await detectOnSlices(plan, seenBy(600))).map(({ confidence }) => confidence)).toEqual([1 / 3]);
  });
});

describe('a thorough look', () => {
  it('shows every place at three scales', () => {
    fc.assert(
      fc.property(anywhere, ([a, b]) => {
        const place = { u: a * 1919, v: b * 1079 };
        const views = planThoroughLooks(photo, slicing)
          .filter(({ x, y, w, h }) => place.u >= x && place.u < x + w && place.v >= y && place.v < y + h)
          .map(({ view, minBoxPx }) => (minBoxPx === undefined ? view : 'whole'));
        expect(new Set(views)).toEqual(new Set([0, 1, 2, 'whole']));
      }),
    );
  });

  it('does not look at a small photo three times', () => {
    expect(planThoroughLooks({ widthPx: 300, heightPx: 200 }, slicing)).toHaveLength(1);
  });

  it('looks thoroughly where the manifest says so', () => {
    expect(planLooks(photo, { ...slicing, look: 'thorough' })).toEqual(planThoroughLooks(photo, slicing));
    expect(planLooks(photo, { ...slicing, look: 'plain' })).toEqual(planLooks(photo, slicing));
  });
});

/** What a perfect detector sees of an object in a slice, when it sees this share of it or more. */
function visiblePart(truth: Box, slice: Box, least = 0.25): Detection[] {
  const x = Math.max(truth.x, slice.x);
  const y = Math.max(truth.y, slice.y);
  const w = Math.min(truth.x + truth.w, slice.x + slice.w) - x;
  const h = Math.min(truth.y + truth.h, slice.y + slice.h) - y;
  return w > 0 && h > 0 && w * h >= least * truth.w * truth.h ? [person(box(x, y, w, h), 0.5)] : [];
}
