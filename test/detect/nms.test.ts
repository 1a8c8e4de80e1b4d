import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detection } from '../../src/detect/detection.ts';
import { mergeDetections } from '../../src/detect/merge/merge.ts';
import type { CutSides, SliceDetection } from '../../src/detect/merge/nms.ts';
import { limitOf, type MergeRule, overlapOf } from '../../src/detect/merge/overlap.ts';
import type { Box } from '../../src/geo/frames.ts';

const nms: MergeRule = { iou: 0.45 };
const voting: MergeRule = { iou: 0.45, method: 'vote' };
const person = (box: Box, confidence: number): Detection => ({ label: 'person', confidence, box });
const box = (x: number, y: number, w: number, h: number): Box => ({ x, y, w, h });
const cut = (detection: Detection, ...sides: (keyof CutSides)[]): SliceDetection => {
  const none: CutSides = { left: false, top: false, right: false, bottom: false };
  return { ...detection, cut: { ...none, ...Object.fromEntries(sides.map((side) => [side, true])) } };
};
const everywhere = () => true;
const merge = (found: readonly SliceDetection[], rule = nms) => mergeDetections([{ found, shows: everywhere }], rule);
const mergeViews = (rule: MergeRule, ...views: (readonly SliceDetection[])[]) =>
  mergeDetections(
    views.map((found) => ({ found, shows: everywhere })),
    rule,
  );

const sides = { left: fc.boolean(), top: fc.boolean(), right: fc.boolean(), bottom: fc.boolean() };
const anyDetection = fc.record({
  label: fc.constantFrom('person', 'tent'),
  // few values, so that many are equally confident
  confidence: fc.integer({ min: 1, max: 9 }).map((tenths) => tenths / 10),
  box: fc.record({
    x: fc.integer({ min: 0, max: 400 }),
    y: fc.integer({ min: 0, max: 400 }),
    w: fc.integer({ min: 1, max: 150 }),
    h: fc.integer({ min: 1, max: 150 }),
  }),
  cut: fc.option(fc.record(sides), { nil: undefined, freq: 3 }),
});
const anyCrowd = fc.array(anyDetection, { maxLength: 40 });
const anyRule = fc.constantFrom<MergeRule>(
  nms,
  voting,
  { iou: 0.3, labels: { tent: { measure: 'ios', limit: 0.7 } } },
  { iou: 0.6, method: 'vote', labels: { tent: { measure: 'ios', limit: 0.5 } } },
);

describe('merging what one view found', () => {
  it('keeps the most confident of two that overlap', () => {
    const merged = merge([person(box(0, 0, 10, 30), 0.3), person(box(1, 1, 10, 30), 0.7)]);
    expect(merged).toEqual([person(box(1, 1, 10, 30), 0.7)]);
  });

  it('keeps two of different labels at one place', () => {
    const board = { ...person(box(0, 0, 10, 30), 0.3), label: 'board' };
    expect(merge([board, person(box(0, 0, 10, 30), 0.7)])).toHaveLength(2);
  });

  it('compares a label on the smaller box where the rule says so', () => {
    const found = [person(box(0, 0, 100, 100), 0.7), person(box(10, 10, 20, 20), 0.3)];
    expect(merge(found)).toHaveLength(2);
    expect(merge(found, { iou: 0.45, labels: { person: { measure: 'ios', limit: 0.7 } } })).toHaveLength(1);
  });

  it('lets a cut box give way to its whole twin, whatever its confidence, which takes the higher one', () => {
    const half = cut(person(box(0, 15, 10, 15), 0.9), 'top');
    expect(merge([half, person(box(0, 0, 10, 30), 0.4)])).toEqual([person(box(0, 0, 10, 30), 0.9)]);
  });

  it('keeps a small whole box inside a large one: a child before its mother', () => {
    expect(merge([person(box(0, 15, 6, 15), 0.5), person(box(0, 0, 12, 30), 0.6)])).toHaveLength(2);
  });

  it('joins four quarters of a boat that no slice showed whole', () => {
    const boat = [
      cut(person(box(0, 0, 110, 55), 0.4), 'right', 'bottom'),
      cut(person(box(90, 0, 110, 55), 0.6), 'left', 'bottom'),
      cut(person(box(0, 45, 110, 55), 0.5), 'right', 'top'),
      cut(person(box(90, 45, 110, 55), 0.3), 'left', 'top'),
    ];
    expect(merge(boat)).toEqual([person(box(0, 0, 200, 100), 0.6)]);
  });

  it('joins three parts in a row', () => {
    const row = [
      cut(person(box(0, 0, 110, 50), 0.4), 'right'),
      cut(person(box(90, 0, 110, 50), 0.6), 'left', 'right'),
      cut(person(box(180, 0, 90, 50), 0.5), 'left'),
    ];
    expect(merge(row)).toEqual([person(box(0, 0, 270, 50), 0.6)]);
  });

  it.each([
    { why: 'they do not meet', other: box(112, 0, 50, 50) },
    { why: 'one is a child beside', other: box(90, 40, 60, 50) },
  ])('does not join two cut boxes when $why', ({ other }) => {
    const found = [cut(person(box(0, 0, 110, 50), 0.4), 'right'), cut(person(other, 0.6), 'left')];
    expect(merge(found)).toHaveLength(2);
  });

  it('gives the same as comparing every pair, for crowds', () => {
    fc.assert(
      fc.property(anyCrowd, (crowd) => {
        const found = crowd.map(({ label, confidence, box: own }) => ({ label, confidence, box: own }));
        expect(merge(found)).toHaveLength(everyPair(found).length);
      }),
    );
  });
});

describe('merging views of several scales', () => {
  const here = person(box(0, 0, 10, 30), 0.6);
  const shifted = person(box(2, 0, 10, 30), 0.2);

  it('keeps the best box without voting', () => {
    expect(mergeViews(nms, [here], [shifted])).toEqual([here]);
  });

  it('makes the mean of their boxes, weighted by confidence, and of their confidences', () => {
    const [merged, ...others] = mergeViews(voting, [here], [shifted]);
    expect(others).toEqual([]);
    expect(merged?.confidence).toBeCloseTo(0.4, 12);
    expect(merged?.box.x).toBeCloseTo(0.5, 12);
  });

  it('counts a view that found nothing where it looked as 0', () => {
    expect(mergeViews(voting, [here], [], [])[0]?.confidence).toBeCloseTo(0.2, 12);
  });

  it('does not ask a view that showed only a part of the object, or none', () => {
    const blind = { found: [], shows: () => false };
    expect(mergeDetections([{ found: [here], shows: everywhere }, blind], voting)).toEqual([here]);
  });

  it('gives each view one vote an object, so that two bathers side by side stay two', () => {
    const [left, right] = [person(box(0, 0, 10, 30), 0.5), person(box(7, 0, 10, 30), 0.5)];
    const merged = mergeViews(voting, [left, right], [left, right]);
    expect(merged).toEqual([left, right]);
  });
});

describe('whatever is merged', () => {
  const anyViews = fc.array(anyCrowd, { minLength: 1, maxLength: 3 });

  it('does not depend on the order of the boxes', () => {
    const shuffled = anyCrowd.chain((crowd) =>
      fc.tuple(fc.constant(crowd), fc.shuffledSubarray(crowd, { minLength: crowd.length })),
    );
    fc.assert(
      fc.property(fc.array(shuffled, { minLength: 1, maxLength: 3 }), anyRule, (views, rule) => {
        const [first, second] = [views.map(([crowd]) => crowd), views.map(([, crowd]) => crowd)];
        expect(mergeViews(rule, ...second)).toEqual(mergeViews(rule, ...first));
      }),
      { numRuns: 300 },
    );
  });

  it('no two of one label overlap beyond the limit', () => {
    fc.assert(
      fc.property(anyViews, anyRule, (views, rule) => {
        const merged = mergeViews(rule, ...views);
        for (const [at, one] of merged.entries()) {
          for (const other of merged.slice(at + 1)) {
            const { measure, limit } = limitOf(rule, one.label);
            if (one.label === other.label) expect(overlapOf(one.box, other.box, measure)).toBeLessThanOrEqual(limit);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('merged again stays as it is', () => {
    fc.assert(
      fc.property(anyViews, anyRule, (views, rule) => {
        const merged = mergeViews(rule, ...views);
        expect(merge(merged, rule)).toEqual(merged);
      }),
    );
  });

  it('loses nothing: every whole box among whole ones is in the answer or overlaps one there', () => {
    fc.assert(
      fc.property(anyCrowd, anyRule, (crowd, rule) => {
        const whole = crowd.map((one) => ({ ...one, cut: undefined }));
        const merged = merge(whole, rule);
        for (const { label, box: own } of whole) {
          expect(merged.some((one) => one.label === label && overlapOf(one.box, own, 'ios') > 0)).toBe(true);
        }
      }),
    );
  });

  // a joined box may give way to one that overlaps it elsewhere than the part, so parts are asked of where they lie
  it('leaves no place empty where boxes lay, cut or whole', () => {
    fc.assert(
      fc.property(anyCrowd, anyRule, (crowd, rule) => {
        const merged = merge(crowd, rule);
        for (const { label, place } of placesOf(crowd)) {
          expect(merged.some((one) => one.label === label && overlapOf(one.box, place, 'ios') === 1)).toBe(true);
        }
      }),
    );
  });

  it('merges a crowd of 20,000 as it merges each far part of it', () => {
    const crowd = Array.from({ length: 20_000 }, (_, i) => person(box((i * 37) % 5000, (i * 91) % 3000, 9, 25), 0.5));
    const farOff = crowd.map((one) => ({ ...one, box: { ...one.box, x: one.box.x + 9000 } }));
    const merged = merge(crowd).length;
    expect(merged).toBeGreaterThan(1000);
    expect(merge([...crowd, ...farOff])).toHaveLength(2 * merged);
  });
});

/** The rectangles around boxes of one label that touch, none of which touches another. */
function placesOf(crowd: readonly Detection[]): readonly { readonly label: string; readonly place: Box }[] {
  let places: { label: string; place: Box }[] = [];
  for (const { label, box: own } of crowd) {
    let place = own;
    for (let before = -1; before !== places.length; ) {
      before = places.length;
      const touching = places.filter((one) => one.label === label && touch(one.place, place));
      place = [place, ...touching.map((one) => one.place)].reduce(hullOf);
      places = places.filter((one) => !touching.includes(one));
    }
    places.push({ label, place });
  }
  return places;
}

function touch(a: Box, b: Box): boolean {
  return a.x <= b.x + b.w && b.x <= a.x + a.w && a.y <= b.y + b.h && b.y <= a.y + a.h;
}

function hullOf(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return box(x, y, Math.max(a.x + a.w, b.x + b.w) - x, Math.max(a.y + a.h, b.y + b.h) - y);
}

function everyPair(found: readonly Detection[]): Detection[] {
  const kept: Detection[] = [];
  const order = found.toSorted(
    (a, b) =>
      b.confidence - a.confidence || a.box.x - b.box.x || a.box.y - b.box.y || a.box.w - b.box.w || a.box.h - b.box.h,
  );
  for (const one of order) {
    const alike = kept.filter((other) => other.label === one.label);
    if (!alike.some((other) => overlapOf(one.box, other.box, 'iou') > 0.45)) kept.push(one);
  }
  return kept;
}
