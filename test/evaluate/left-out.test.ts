import { describe, expect, it } from 'vitest';
import type { Detection } from '../../src/detect/detection.ts';
import type { LabelledPhoto } from '../../src/evaluate/labelled-photo.ts';
import { type JudgedPhoto, judgePhotos, leaveOut } from '../../src/evaluate/left-out.ts';

const sizePx = { widthPx: 1000, heightPx: 100 };

/** A photo on which `u` are heads, found or not. */
function photo(id: number, heads: readonly number[]): LabelledPhoto {
  const points = heads.map((u) => ({ label: 'person', point: { u, v: 50 } }));
  return { id, name: `${id}.jpg`, sizePx, boxes: [], points, camera: undefined, light: undefined };
}
function at(u: number, confidence: number): Detection {
  return { label: 'person', confidence, box: { x: u - 5, y: 45, w: 10, h: 20 } };
}

describe('judgePhotos', () => {
  it('says which detections are right, photo by photo', () => {
    const photos = [photo(1, [100, 300]), photo(2, [])];
    const found = [[at(500, 0.2), at(100, 0.3), at(102, 0.9)], [at(100, 0.5)]];
    const judged = judgePhotos({ photos, found, label: 'person', truth: 'points' });
    // two boxes on one head: the more confident one is right
    expect(judged.map((one) => one.judged.map(({ confidence, right }) => [confidence, right]))).toEqual([
      [
        [0.9, true],
        [0.3, false],
        [0.2, false],
      ],
      [[0.5, false]],
    ]);
  });

  it('leaves out what lies on a crowd', () => {
    const crowd = { label: 'person', box: { x: 0, y: 0, w: 300, h: 100 }, areaPx2: 1, crowd: true };
    const photos = [{ ...photo(1, []), boxes: [crowd] }];
    const judged = judgePhotos({ photos, found: [[at(100, 0.5), at(600, 0.4)]], label: 'person', truth: 'boxes' });
    expect(judged[0]?.judged.map(({ confidence, right }) => [confidence, right])).toEqual([[0.4, false]]);
  });
});

describe('leaveOut', () => {
  const numbers = Array.from({ length: 45 }, (_, index) => index);
  const photos = numbers.map((index) => photo(index, [100]));
  const found = numbers.map((index) => [at(100, 0.3 + index / 100), at(500, 0.2)]);
  const findings = { photos, found, label: 'person', truth: 'points' } as const;
  const ownOf = (judged: readonly JudgedPhoto[]) => judged.map((one) => one.judged[0]?.confidence);

  it('never teaches a photo by itself or its neighbours of a run, and each one once', () => {
    const taught: (readonly (number | undefined)[])[] = [];
    const leftOut = leaveOut(findings, (judged) => {
      taught.push(ownOf(judged));
      return ({ confidence }) => (taught.at(-1)?.includes(confidence) ? 0.9 : confidence / 2);
    });
    expect(taught).toHaveLength(20);
    expect(new Set(taught.map((list) => list.length))).toEqual(new Set([42, 43]));
    const seen = [...(leftOut?.matched.confidence ?? [])].filter((confidence) => confidence > 0.1);
    expect(seen.toSorted((a, b) => a - b)).toEqual(numbers.map((index) => (0.3 + index / 100) / 2));
  });

  it('takes the threshold from the photos that taught', () => {
    const leftOut = leaveOut(
      findings,
      () =>
        ({ confidence }) =>
          confidence,
    );
    // the least sure right box of the others: the first photo cannot know its own
    expect(leftOut?.thresholds[0]).toBeCloseTo(0.33, 12);
    expect(leftOut?.thresholds[44]).toBeCloseTo(0.3, 12);
  });

  it('is nothing of one photo, and nothing where some of the photos do not teach', () => {
    const one = { ...findings, photos: photos.slice(0, 1), found: found.slice(0, 1) };
    expect(leaveOut(one, () => () => 0.5)).toBeUndefined();
    expect(leaveOut(findings, (judged) => (ownOf(judged).includes(0.3) ? () => 0.5 : undefined))).toBeUndefined();
  });
});
