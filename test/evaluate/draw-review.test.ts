import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawReview } from '../../src/evaluate/draw-review.ts';
import { createRandom } from '../../src/simulate/random.ts';

interface Frame {
  readonly stratum: string;
  readonly persons: number;
}

/** Frames of strata of the given sizes, with any number of persons. */
const frames = fc
  .array(fc.array(fc.nat(20), { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 6 })
  .map((strata) => strata.flatMap((counts, at) => counts.map((persons): Frame => ({ stratum: `s${at}`, persons }))));
const stratumOf = ({ stratum }: Frame) => stratum;
const draw = (all: readonly Frame[], count: number, seed: number) =>
  drawReview(all, stratumOf, { count, unit: createRandom(seed, 'review').unit });
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('photos drawn for a review', () => {
  it('are as many as asked for, or all, none of them twice', () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 6, max: 200 }), fc.nat(1000), (all, count, seed) => {
        const items = draw(all, count, seed).map(({ item }) => item);
        expect(items).toHaveLength(Math.min(count, all.length));
        expect(new Set(items).size).toBe(items.length);
      }),
    );
  });

  it('stand for all photos of each stratum, whatever chance brings', () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 6, max: 100 }), fc.nat(1000), (all, count, seed) => {
        const drawn = draw(all, count, seed);
        for (const stratum of new Set(all.map(stratumOf))) {
          const weights = drawn.flatMap(({ item, weight }) => (item.stratum === stratum ? weight : []));
          expect(sum(weights)).toBeCloseTo(all.filter((frame) => frame.stratum === stratum).length, 9);
        }
      }),
    );
  });

  it('give each photo a chance that is 1 / its weight', () => {
    const all = Array.from({ length: 24 }, (_, at) => ({ stratum: at < 4 ? 'rare' : 'common', persons: at }));
    const seeds = 4000;
    const times = new Map(all.map((frame) => [frame, 0]));
    const weights = new Map<Frame, number>();
    for (let seed = 0; seed < seeds; seed++) {
      for (const { item, weight } of draw(all, 7, seed)) {
        times.set(item, (times.get(item) ?? 0) + 1);
        weights.set(item, weight);
      }
    }
    for (const [frame, count] of times) {
      const chance = 1 / (weights.get(frame) ?? 0);
      // five standard deviations of a share of 4,000 draws
      expect(Math.abs(count / seeds - chance)).toBeLessThan(5 * Math.sqrt((chance * (1 - chance)) / seeds));
    }
  });

  it('estimate a total without bias: the mean over draws is the truth', () => {
    fc.assert(
      fc.property(frames, (all) => {
        const truth = sum(all.map(({ persons }) => persons));
        const totals = Array.from({ length: 400 }, (_, seed) =>
          sum(draw(all, 12, seed).map(({ item, weight }) => item.persons * weight)),
        );
        const mean = sum(totals) / totals.length;
        const spread = Math.sqrt(sum(totals.map((total) => (total - mean) ** 2)) / totals.length);
        expect(Math.abs(mean - truth)).toBeLessThanOrEqual((5 * spread) / Math.sqrt(totals.length) + 1e-9);
      }),
      { numRuns: 30, seed: 7 },
    );
  });

  it('take more of large strata, but less than their share, and rare ones first', () => {
    const all = [...Array(900).fill('large'), ...Array(9).fill('small')].map((stratum) => ({ stratum, persons: 0 }));
    const drawn = draw(all, 33, 1);
    const small = drawn.filter(({ item }) => item.stratum === 'small').length;
    expect([small, drawn.length - small]).toEqual([3, 30]); // √9 : √900
  });

  it('are the same for the same seed, and others for another', () => {
    const all = Array.from({ length: 60 }, (_, persons) => ({ stratum: 'one', persons }));
    expect(draw(all, 9, 4)).toEqual(draw(all, 9, 4));
    expect(draw(all, 9, 4)).not.toEqual(draw(all, 9, 5));
  });

  it('are refused where some stratum would have no chance', () => {
    const all = ['a', 'b', 'c'].map((stratum) => ({ stratum, persons: 1 }));
    expect(() => draw(all, 2, 1)).toThrow(
      expect.objectContaining({ code: 'review-too-few', params: { count: 2, strata: 3 } }),
    );
  });
});
