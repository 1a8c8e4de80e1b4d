import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addChecked } from '../../../src/detect/check/add-checked.ts';
import type { Detection } from '../../../src/detect/detection.ts';
import { overlapOf } from '../../../src/detect/merge/overlap.ts';

const merge = { iou: 0.4 };
const side = fc.integer({ min: 1, max: 40 });
const detections = (...labels: readonly string[]) =>
  fc.array(
    fc.record({
      label: fc.constantFrom(...labels),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      box: fc.record({ x: fc.nat(60), y: fc.nat(60), w: side, h: side }),
    }),
    { maxLength: 25 },
  );

describe('what a check found, beside what the network found', () => {
  it('leaves every box of the network where it is, no less confident, and those of other labels as they are', () => {
    fc.assert(
      fc.property(detections('person', 'animal'), detections('tent', 'animal'), (found, checked) => {
        const all = [...addChecked(found, checked, merge)];
        for (const one of found) {
          const at = all.findIndex(({ label, box }) => label === one.label && box === one.box);
          const [kept] = all.splice(at, 1);
          expect(at).toBeGreaterThanOrEqual(0);
          if (one.label === 'person') expect(kept).toEqual(one);
          else expect(kept?.confidence).toBeGreaterThanOrEqual(one.confidence);
        }
        for (const one of all) expect(checked).toContainEqual(one);
      }),
    );
  });

  it('shows each thing once under a label', () => {
    fc.assert(
      fc.property(detections('animal'), detections('tent', 'animal'), (found, checked) => {
        const all = addChecked(found, checked, merge);
        const isSame = (a: Detection, b: Detection) =>
          a.label === b.label && overlapOf(a.box, b.box, 'iou') > merge.iou;
        const own = all.filter(({ box }) => !found.some((one) => one.box === box));
        for (const one of own) expect(all.filter((other) => isSame(one, other))).toEqual([one]);
      }),
    );
  });

  it('is sorted, most confident first', () => {
    fc.assert(
      fc.property(detections('person', 'animal'), detections('tent', 'animal'), (found, checked) => {
        const order = addChecked(found, checked, merge).map(({ confidence }) => confidence);
        expect(order).toEqual(order.toSorted((a, b) => b - a));
      }),
    );
  });
});
