import { describe, expect, it } from 'vitest';
import { drawResamples } from '../../src/evaluate/bootstrap.ts';
import { reliabilityOf } from '../../src/evaluate/reliability.ts';
import { createRandom } from '../../src/simulate/random.ts';

/** [confidence, verdict, photo] */
function judged(rows: readonly (readonly [number, number, number])[]) {
  return {
    confidence: Float64Array.from(rows, ([confidence]) => confidence),
    verdict: Int8Array.from(rows, ([, verdict]) => verdict),
    photo: Int32Array.from(rows, ([, , photo]) => photo),
  };
}

describe('reliabilityOf', () => {
  it('says what comes out by hand', () => {
    const rows = [
      [0.9, 1, 0],
      [0.7, 0, 0],
      [0.75, 1, 1],
      [0.2, 0, 1],
      [0.8, -1, 1],
    ] as const;
    const { figures } = reliabilityOf(judged(rows), []);
    // steps .9: |.9 − 1|; .7: |1.45 − 1|; .2: |.2 − 0|
    expect(figures.ece?.value).toBeCloseTo((0.1 + 0.45 + 0.2) / 4, 12);
    expect(figures.logLoss?.value).toBeCloseTo(
      -(Math.log(0.9) + Math.log(0.3) + Math.log(0.75) + Math.log(0.8)) / 4,
      12,
    );
    expect(figures.brier?.value).toBeCloseTo((0.01 + 0.49 + 0.0625 + 0.04) / 4, 12);
    expect(figures.boxes).toBe(4);
    expect(figures.steps.map(({ from, to, boxes }) => [from, to, boxes])).toEqual([
      ...[
        [0.2, 0.3, 1],
        [0.7, 0.8, 2],
        [0.9, 1, 1],
      ],
    ]);
  });

  it('says nothing of no boxes, and keeps a wrong box of confidence 1 finite', () => {
    expect(reliabilityOf(judged([[0.5, -1, 0]]), []).figures).toMatchObject({ boxes: 0, ece: undefined, steps: [] });
    const sure = reliabilityOf(judged([[1, 0, 0]]), []).figures;
    expect(sure.logLoss?.value).toBeCloseTo(-Math.log(1e-6), 9);
    expect(sure.steps).toMatchObject([{ from: 0.9, to: 1, boxes: 1, said: 1, right: 0 }]);
  });

  it('is near 0 where each confidence is the probability, and its interval holds one resample as if drawn by hand', () => {
    const { unit, chance } = createRandom(4, 'reliability');
    const rows = Array.from({ length: 8000 }, (_, at) => {
      const confidence = unit();
      return [confidence, Number(chance(confidence)), at % 50] as const;
    });
    const weights = drawResamples(50, 10, unit);
    const { figures, ece } = reliabilityOf(judged(rows), weights);
    expect(figures.ece?.value).toBeLessThan(0.02);
    const again = weights.map((weight) => rows.flatMap((row) => Array<typeof row>(weight[row[2]] ?? 0).fill(row)));
    const byHand = again.map((drawn) => reliabilityOf(judged(drawn), []).figures.ece?.value ?? Number.NaN);
    for (const [at, value] of ece.samples.entries()) expect(value).toBeCloseTo(byHand[at] ?? Number.NaN, 10);
  });
});
