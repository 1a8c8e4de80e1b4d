import { describe, expect, it } from 'vitest';
import type { Detection } from '../../src/detect/detection.ts';
import { fitPlaceConfidence, toPlaceConfidence } from '../../src/detect/place-confidence.ts';
import { expectedHeightPx, fitSizeLine } from '../../src/detect/size-line.ts';

const photo = { widthPx: 1920, heightPx: 1080 };
const truth = { horizonV: 380, heightPerRow: 0.19 };

/** A box whose feet are at a row, this many times as tall as a person there. */
function boxAt(footV: number, times: number, confidence: number): Detection {
  const h = times * expectedHeightPx(truth, footV);
  return { label: 'person', confidence, box: { x: 100 + footV, y: footV - h, w: 0.35 * h, h } };
}

const rows = Array.from({ length: 60 }, (_, at) => 450 + 10 * at);

describe('how tall people are at each row', () => {
  it('is found from standing people, whatever else was detected', () => {
    const people = rows.map((v) => boxAt(v, 1, 0.4));
    const others = rows.map((v, at) => boxAt(v, 0.3 + (at % 9) / 4, 0.3));
    const line = fitSizeLine([...people, ...others], photo);
    expect(line?.horizonV).toBeGreaterThan(360);
    expect(line?.horizonV).toBeLessThan(400);
    for (const v of [500, 800, 1050]) {
      const ratio = expectedHeightPx(line ?? truth, v) / expectedHeightPx(truth, v);
      expect(Math.abs(Math.log(ratio))).toBeLessThan(0.1);
    }
  });

  it('is not guessed from a few', () => {
    expect(
      fitSizeLine(
        rows.slice(0, 19).map((v) => boxAt(v, 1, 0.4)),
        photo,
      ),
    ).toBeUndefined();
  });
});

describe('confidence that fits size and place', () => {
  it('learns that a box of the wrong size is seldom a person, and that a surer one more often is', () => {
    const judged = rows.flatMap((v, at) => [
      { ...boxAt(v, 1, 0.1 + (at % 5) / 10), right: at % 5 > 0 },
      { ...boxAt(v, 3, 0.1 + (at % 5) / 10), right: at % 15 === 4 },
    ]);
    const place = fitPlaceConfidence(judged, truth, photo.heightPx);
    const [right, tall, unsure] = [boxAt(700, 1, 0.4), boxAt(700, 3, 0.4), boxAt(700, 1, 0.1)].map((one) =>
      toPlaceConfidence(one, place),
    );
    expect(right).toBeGreaterThan(0.9);
    expect(tall).toBeLessThan(0.4);
    expect(unsure).toBeLessThan(0.3);
  });

  it('says on average what share was right', () => {
    const judged = rows.map((v, at) => ({ ...boxAt(v, 1 + (at % 3) / 5, 0.3), right: at % 4 === 0 }));
    const place = fitPlaceConfidence(judged, truth, photo.heightPx);
    const mean = judged.reduce((sum, one) => sum + toPlaceConfidence(one, place), 0) / judged.length;
    expect(mean).toBeCloseTo(0.25, 1);
  });
});
