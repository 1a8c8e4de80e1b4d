import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawResamples, isClear, sampleFigure, toDifference, toEstimate } from '../../src/evaluate/bootstrap.ts';
import { countError, countPhotos, countThresholdsWithoutEach } from '../../src/evaluate/counts.ts';
import { matchLabel } from '../../src/evaluate/judge-boxes.ts';
import { matchPoints } from '../../src/evaluate/judge-points.ts';
import type { TruthBox } from '../../src/evaluate/labelled-photo.ts';
import {
  bestThreshold,
  operatingPoints,
  precisionAtRecall,
  recallAtPrecision,
  sumTallies,
  tallyPhotos,
  thresholdsWithoutEach,
  toRates,
} from '../../src/evaluate/operating-point.ts';
import { createRandom } from '../../src/simulate/random.ts';

const box = (x: number, h = 40) => ({ x, y: 0, w: 20, h });
const truthAt = (x: number, crowd = false): TruthBox => ({ label: 'person', box: box(x), areaPx2: 800, crowd });
const foundAt = (x: number, confidence: number) => ({ label: 'person', confidence, box: box(x) });
const pointAt = (u: number, v: number) => ({ label: 'person', point: { u, v } });

describe('operatingPoints', () => {
  const matched = matchLabel(
    [
      { truths: [truthAt(0), truthAt(100)], found: [foundAt(0, 0.9), foundAt(300, 0.6), foundAt(100, 0.6)] },
      { truths: [truthAt(0)], found: [foundAt(500, 0.3)] },
    ],
    0.5,
  );

  it('has one point for detections of equal confidence', () => {
    const points = operatingPoints(matched);
    expect(points.map(({ threshold, right, wrong, missed }) => [threshold, right, wrong, missed])).toEqual([
      [0.9, 1, 0, 2],
      [0.6, 2, 1, 1],
      [0.3, 2, 2, 1],
    ]);
    expect(points[1]).toMatchObject({ precision: 2 / 3, recall: 2 / 3, f1: 2 / 3 });
  });

  it('finds the highest recall of a precision, and the best precision of a recall', () => {
    const points = operatingPoints(matched);
    expect(recallAtPrecision(points, 0.6)?.threshold).toBe(0.6);
    expect(recallAtPrecision(points, 0.7)?.threshold).toBe(0.9);
    expect(precisionAtRecall(points, 0.5)?.threshold).toBe(0.6);
    expect(precisionAtRecall(points, 0.9)).toBeUndefined();
  });

  it('says nothing of a precision where nothing is found', () => {
    expect(toRates({ right: 0, wrong: 0, missed: 3 })).toMatchObject({ precision: undefined, recall: 0, f1: 0 });
    expect(toRates({ right: 0, wrong: 0, missed: 0 })).toMatchObject({ recall: undefined, f1: undefined });
  });
});

describe('thresholdsWithoutEach', () => {
  it('lets no photo choose the threshold that it is judged by', () => {
    // alone, the first photo would choose 0.2; the others choose 0.8
    const cases = [
      { truths: [truthAt(0)], found: [foundAt(0, 0.2)] },
      { truths: [truthAt(0)], found: [foundAt(0, 0.9), foundAt(100, 0.5), foundAt(200, 0.4)] },
      { truths: [truthAt(0)], found: [foundAt(0, 0.8), foundAt(100, 0.5), foundAt(200, 0.4)] },
    ];
    const matched = matchLabel(cases, 0.5);
    const thresholds = thresholdsWithoutEach(matched);
    expect(thresholds[0]).toBe(0.8);
    const honest = sumTallies(tallyPhotos(matched, (photo) => thresholds[photo] ?? 1));
    expect(honest.missed).toBeGreaterThanOrEqual(1);
  });

  it('is never better in sum than the threshold that saw every photo, where it is one for all', () => {
    const scenes = fc.array(fc.array(fc.record({ right: fc.boolean(), tenth: fc.integer({ min: 1, max: 10 }) })), {
      minLength: 2,
      maxLength: 5,
    });
    fc.assert(
      fc.property(scenes, (photos) => {
        const cases = photos.map((list) => ({
          truths: list.filter(({ right }) => right).map((_, at) => truthAt(at * 100)),
          found: list.map(({ right, tenth }, at) => {
            const index = list.slice(0, at).filter((one) => one.right).length;
            return foundAt(right ? index * 100 : 10_000 + at * 100, tenth / 10);
          }),
        }));
        const matched = matchLabel(cases, 0.5);
        const best = bestThreshold(matched);
        const f1 = (thresholdOf: (photo: number) => number) =>
          toRates(sumTallies(tallyPhotos(matched, thresholdOf))).f1 ?? 0;
        const every = operatingPoints(matched).map(({ threshold }) => f1(() => threshold));
        expect(f1(() => best ?? 2)).toBeCloseTo(Math.max(0, ...every), 12);
        const [own] = thresholdsWithoutEach(matched);
        expect(f1(() => own ?? 2)).toBeLessThanOrEqual(f1(() => best ?? 2) + 1e-12);
      }),
    );
  });
});

describe('counts', () => {
  const matched = matchLabel(
    [
      { truths: [truthAt(0), truthAt(100)], found: [foundAt(0, 0.9)] },
      { truths: [], found: [foundAt(0, 0.9), foundAt(100, 0.4)] },
      { truths: [truthAt(0), truthAt(300, true)], found: [] },
    ],
    0.5,
  );

  it('are off by photo, whichever object a detection is', () => {
    const counts = countPhotos(matched, () => 0.5);
    expect(counts).toEqual([
      { photo: 0, there: 2, said: 1 },
      { photo: 1, there: 0, said: 1 },
    ]);
    expect(countError(counts)).toEqual({ photos: 2, meanAbsolute: 1, bias: 0, shareOff: 1 });
    expect(countError(counts, Int32Array.of(2, 0, 0))).toEqual({ photos: 2, meanAbsolute: 1, bias: -1, shareOff: 0.5 });
  });

  it('have for each photo the threshold that suits the others', () => {
    // without the first, nothing should be said; without the second, one; both of them together are off by 2 either way
    const none = Number.POSITIVE_INFINITY;
    expect([...countThresholdsWithoutEach(matched)]).toEqual([none, 0.9, none]);
  });

  it('know no error where there is no photo', () => {
    expect(countError([])).toEqual({ photos: 0, meanAbsolute: undefined, bias: undefined, shareOff: undefined });
  });
});

describe('matchPoints', () => {
  const verdicts = (points: readonly ReturnType<typeof pointAt>[], found: readonly ReturnType<typeof foundAt>[]) => [
    ...matchPoints([{ truths: points, found }]).verdict,
  ];

  it('takes a point on the head, above the box by 15 % of its height and no more', () => {
    expect(verdicts([pointAt(10, -6)], [foundAt(0, 0.9)])).toEqual([1]);
    expect(verdicts([pointAt(10, -6.1)], [foundAt(0, 0.9)])).toEqual([0]);
  });

  it('grows a small box by 3 px', () => {
    const small = { label: 'person', confidence: 0.9, box: { x: 0, y: 0, w: 4, h: 8 } };
    expect(verdicts([pointAt(7, 11)], [small])).toEqual([1]);
    expect(verdicts([pointAt(7.1, 4)], [small])).toEqual([0]);
  });

  it('gives a point to one box, the most confident', () => {
    const matched = matchPoints([{ truths: [pointAt(10, 10)], found: [foundAt(0, 0.5), foundAt(2, 0.8)] }]);
    expect([...matched.confidence]).toEqual([0.8, 0.5]);
    expect([...matched.verdict]).toEqual([1, 0]);
    expect([...matched.truth]).toEqual([0, -1]);
  });

  it('knows the points of later photos by their place among all', () => {
    const matched = matchPoints([
      { truths: [pointAt(500, 0), pointAt(600, 0)], found: [] },
      { truths: [pointAt(300, 0), pointAt(10, 10)], found: [foundAt(0, 0.5)] },
    ]);
    expect([...matched.truth]).toEqual([3]);
    expect([...matched.asked]).toEqual([2, 2]);
  });
});

describe('the bootstrap', () => {
  const figureOf = (values: readonly number[]) => (weights?: Int32Array) => {
    const count = weights ? weights.reduce((sum, weight) => sum + weight, 0) : values.length;
    return values.reduce((sum, value, at) => sum + value * (weights?.[at] ?? 1), 0) / count;
  };
  const resamples = (seed: number, photos = 50) => drawResamples(photos, 1000, createRandom(seed, 'test').unit);

  it('draws as many photos as there are, the same for the same seed', () => {
    const [first] = resamples(1);
    expect(first?.reduce((sum, weight) => sum + weight, 0)).toBe(50);
    expect(resamples(1)).toEqual(resamples(1));
    expect(resamples(1)).not.toEqual(resamples(2));
  });

  it('gives the interval that theory gives for a mean', () => {
    const random = createRandom(9, 'values');
    const values = Array.from({ length: 50 }, () => random.normal(1));
    const mean = values.reduce((sum, value) => sum + value, 0) / 50;
    const sigma = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 50 / 50);
    const { value, low = 0, high = 0 } = toEstimate(sampleFigure(figureOf(values), resamples(1))) ?? { value: 0 };
    expect(value).toBeCloseTo(mean, 12);
    expect((high - low) / (2 * 1.96 * sigma)).toBeGreaterThan(0.85);
    expect((high - low) / (2 * 1.96 * sigma)).toBeLessThan(1.15);
  });

  it('sees a small difference on the same photos that both intervals hide', () => {
    const random = createRandom(4, 'values');
    const easy = Array.from({ length: 50 }, () => random.normal(1));
    const better = easy.map((value) => value + 0.05 + random.normal(0.05));
    const [a, b] = [figureOf(better), figureOf(easy)].map((figure) => sampleFigure(figure, resamples(3)));
    if (!a || !b) throw new Error('two were sampled');
    const [first, second] = [toEstimate(a), toEstimate(b)];
    expect(first?.low).toBeLessThan(second?.high ?? 0);
    const difference = toDifference(a, b);
    expect(difference && isClear(difference)).toBe(true);
    expect(difference?.value).toBeCloseTo(0.05, 1);
  });

  it('leaves out resamples of which nothing can be said', () => {
    const figure = (weights?: Int32Array) => (weights && weights[0] === 0 ? undefined : 0.5);
    expect(toEstimate(sampleFigure(figure, resamples(1)))).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
  });
});
