import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toProbability as reckon, withConfidence } from '../../src/detect/confidence/confidence-rule.ts';
import { fitIsotonic, fitSigmoid, type JudgedDetection } from '../../src/detect/confidence/fit-confidence.ts';
import type { Confidence, ConfidenceRule, PlaceRule } from '../../src/detect/confidence/manifest-confidence.ts';
import type { Detection } from '../../src/detect/detection.ts';
import type { Detector, Look } from '../../src/detect/detector.ts';
import { manifestSchema } from '../../src/detect/manifest.ts';
import { getModel } from '../../src/detect/registry.ts';
import { createRandom } from '../../src/simulate/random.ts';

const box = { x: 0, y: 0, w: 10, h: 20 };
const toProbability = (rule: ConfidenceRule, confidence: number) =>
  reckon({ rule }, { label: 'person', box, confidence }, { widthPx: 1, heightPx: 1 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Boxes of a network whose confidence c is right with a known probability. */
function simulate(count: number, probabilityOf: (confidence: number) => number, seed = 1): readonly JudgedDetection[] {
  const { between, chance } = createRandom(seed, 'judged');
  return Array.from({ length: count }, () => {
    const confidence = between(0.02, 0.6);
    return { label: 'person', box, confidence, right: chance(probabilityOf(confidence)) };
  });
}

const judgedSets = fc.array(fc.record({ confidence: share, right: fc.boolean() }), { minLength: 1, maxLength: 200 });
const toJudged = (rows: readonly { confidence: number; right: boolean }[]): readonly JudgedDetection[] =>
  rows.map((row) => ({ ...row, label: 'person', box }));

describe('a rule of confidence', () => {
  it('is what scikit-learn 1.9.1 makes of the same boxes', () => {
    const boxes = toJudged(
      Array.from({ length: 400 }, (_, at) => {
        const confidence = 0.02 + 0.9 * ((at * 0.6180339887) % 1);
        return { confidence, right: (at * 0.7548776662) % 1 < 0.2 + 0.7 * confidence ** 2 };
      }),
    );
    // LogisticRegression(C=100, fit_intercept=False) on the logit and 1
    expect(fitSigmoid(boxes)).toEqual({ method: 'sigmoid', slope: 0.56641, offset: -0.30915 });
    // IsotonicRegression over 20 steps of 20 boxes and one of the mean share; equal values at their mean confidence
    const knots = [
      ...[
        [0.08668, 0.21],
        [0.22252, 0.25762],
        [0.3354, 0.28143],
        [0.40331, 0.30524],
        [0.47122, 0.35286],
      ],
      ...[
        [0.56069, 0.42429],
        [0.64974, 0.54333],
        [0.74033, 0.59095],
        [0.83069, 0.66238],
        [0.89803, 0.78143],
      ],
    ];
    expect(fitIsotonic(boxes)).toEqual({ method: 'isotonic', knots });
  });

  it('never gives less for more, and stays between 0 and 1, whatever it was fitted on', () => {
    fc.assert(
      fc.property(judgedSets, share, share, (rows, a, b) => {
        for (const rule of [fitIsotonic(toJudged(rows)), fitSigmoid(toJudged(rows))]) {
          if (!rule) continue;
          const [less, more] = [toProbability(rule, Math.min(a, b)), toProbability(rule, Math.max(a, b))];
          expect(less).toBeGreaterThanOrEqual(0);
          expect(more).toBeGreaterThanOrEqual(less - 1e-12);
          expect(more).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('fits a manifest, whatever it was fitted on', async () => {
    const { manifest } = await getModel(undefined);
    fc.assert(
      fc.property(judgedSets, (rows) => {
        const rule = fitIsotonic(toJudged(rows));
        const confidence = rule && confidenceOf(rule);
        expect(manifestSchema.safeParse({ ...manifest, confidence }).error).toBeUndefined();
      }),
    );
  });

  it('goes straight from knot to knot', () => {
    const rule: ConfidenceRule = {
      method: 'isotonic',
      knots: [
        [0.2, 0.4],
        [0.4, 0.8],
      ],
    };
    expect([0, 0.1, 0.2, 0.3, 0.7, 1].map((c) => Number(toProbability(rule, c).toFixed(9)))).toEqual([
      ...[0, 0.2, 0.4, 0.6, 0.9, 1],
    ]);
  });

  it('hides whomever the network alone would have hidden', () => {
    const doubtful: ConfidenceRule = { method: 'sigmoid', slope: 1, offset: -6 };
    expect(toProbability(doubtful, 0.3)).toBe(0.05);
    expect(toProbability(doubtful, 0.03)).toBe(0.03);
    expect(toProbability(doubtful, 0.97)).toBeCloseTo(0.074, 3);
  });

  it.each([
    ['isotonic', fitIsotonic, (c: number) => Math.min(0.95, 0.3 + 1.5 * c * c)],
    ['sigmoid', fitSigmoid, (c: number) => 1 / (1 + Math.exp(-(0.7 * Math.log(c / (1 - c)) + 1.2)))],
  ] as const)('of the method %s finds the probability that is behind 8,000 boxes', (_, fitRule, truth) => {
    const rule = fitRule(simulate(8000, truth));
    if (!rule) throw new Error('no rule');
    for (const c of [0.05, 0.1, 0.2, 0.3, 0.4, 0.5]) expect(toProbability(rule, c)).toBeCloseTo(truth(c), 1);
  });

  it('is none where the less sure boxes are right more often', () => {
    expect(fitSigmoid(simulate(500, (c) => 1 - c))).toBeUndefined();
    // pooled to the mean: no order is left to tell them apart
    const rule = fitIsotonic(simulate(5000, (c) => 1 - c));
    expect(rule).toMatchObject({ method: 'isotonic', knots: [[expect.closeTo(0.31, 1), expect.closeTo(0.69, 1)]] });
  });
});

function confidenceOf(rule: ConfidenceRule, from = 0.02): Confidence {
  const figure = { before: { value: 0.2 }, after: { value: 0.1 } };
  const person = {
    rule,
    boxes: 9,
    right: 3,
    ece: figure,
    logLoss: figure,
    f1: figure,
    reliability: [],
  };
  const dataset = { name: 'beach', format: 'points', photos: 2 };
  return { confidenceVersion: 1, model: 'm@1', from, dataset, date: '2026-07-01', labels: { person } };
}

describe('a detector whose manifest has a rule', () => {
  const found: readonly Detection[] = [
    { label: 'boat', confidence: 0.5, box },
    { label: 'person', confidence: 0.4, box },
    { label: 'person', confidence: 0.1, box },
    { label: 'person', confidence: 0.03, box },
    { label: 'boat', confidence: 0.03, box },
  ];
  const asked: number[] = [];
  async function detector(confidence: Confidence | undefined): Promise<Detector> {
    const { manifest } = await getModel(undefined);
    const detect = async (_: unknown, { minConfidence }: Look) => {
      asked.push(minConfidence);
      return found.filter((one) => one.confidence >= minConfidence);
    };
    return { manifest: { ...manifest, ...(confidence && { confidence }) }, detect, close: async () => undefined };
  }
  const rule: ConfidenceRule = {
    method: 'isotonic',
    knots: [
      [0.1, 0.3],
      [0.4, 0.9],
    ],
  };
  const image = { sizePx: { widthPx: 1, heightPx: 1 }, rgb: new Uint8Array(3) };

  it('is the detector itself without one', async () => {
    const plain = await detector(undefined);
    expect(withConfidence(plain)).toBe(plain);
  });

  it('gives probabilities of the labels that were judged, most probable first', async () => {
    const probable = await withConfidence(await detector(confidenceOf(rule))).detect(image, { minConfidence: 0.02 });
    expect(probable.map(({ label, confidence }) => [label, Number(confidence.toFixed(3))])).toEqual([
      ...[
        ['person', 0.9],
        ['boat', 0.5],
        ['person', 0.3],
        ['person', 0.09],
        ['boat', 0.03],
      ],
    ]);
  });

  it('compares what is asked for with the probability, and reads the network low enough for it', async () => {
    asked.length = 0;
    const probable = await withConfidence(await detector(confidenceOf(rule))).detect(image, { minConfidence: 0.25 });
    expect(asked).toEqual([0.02]);
    expect(probable.map(({ label, confidence }) => [label, Number(confidence.toFixed(3))])).toEqual([
      ...[
        ['person', 0.9],
        ['boat', 0.5],
        ['person', 0.3],
      ],
    ]);
  });

  it('drops what is less sure than anything that was judged', async () => {
    const strict = withConfidence(await detector(confidenceOf(rule, 0.05)));
    const probable = await strict.detect(image, { minConfidence: 0.02 });
    expect(probable.map(({ label }) => label)).toEqual(['person', 'boat', 'person', 'boat']);
  });
});

function placedBy(changes: Partial<PlaceRule>): Confidence {
  const confidence = confidenceOf({ method: 'sigmoid', slope: 1, offset: 0 });
  const photo = { widthPx: 10, heightPx: 10 };
  const place = { photo, horizonV: 3, heightPerRow: 0.1, weights: [1, 0, 0, 0, 0, 0, 0, 0], ...changes };
  const { person } = confidence.labels;
  return { ...confidence, labels: person ? { person: { ...person, place } } : {} };
}

describe('a manifest with a rule', () => {
  it.each([
    ['a label that the model does not have', (c: Confidence) => ({ ...c, labels: { ghost: c.labels.person } })],
    [
      'a curve that falls',
      () =>
        confidenceOf({
          method: 'isotonic',
          knots: [
            [0.1, 0.5],
            [0.2, 0.4],
          ],
        }),
    ],
    [
      'two probabilities for one confidence',
      () =>
        confidenceOf({
          method: 'isotonic',
          knots: [
            [0.1, 0.5],
            [0.1, 0.6],
          ],
        }),
    ],
    ['a slope that falls', () => confidenceOf({ method: 'sigmoid', slope: -1, offset: 0 })],
    ['weights of a place that are too few', () => placedBy({ weights: [1, 0] })],
    ['a place where the less sure ones are likelier', () => placedBy({ weights: [-1, 0, 0, 0, 0, 0, 0, 0] })],
    ['another version', (c: Confidence) => ({ ...c, confidenceVersion: 2 })],
  ])('is refused for %s', async (_, change) => {
    const { manifest } = await getModel(undefined);
    const right = confidenceOf({ method: 'sigmoid', slope: 1, offset: 0 });
    expect(manifestSchema.safeParse({ ...manifest, confidence: right }).success).toBe(true);
    expect(manifestSchema.safeParse({ ...manifest, confidence: placedBy({}) }).success).toBe(true);
    expect(manifestSchema.safeParse({ ...manifest, confidence: change(right) }).success).toBe(false);
  });
});
