import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counterparts, judgeAgreement } from '../../src/evaluate/agreement.ts';
import { searchLag } from '../../src/evaluate/agreement-lag.ts';
import { type CountBin, type OwnCountBin, pairCounts } from '../../src/evaluate/agreement-pairs.ts';
import { rankCorrelation, toRanked } from '../../src/evaluate/agreement-rank.ts';
import { createRandom } from '../../src/simulate/random.ts';
import { ejectionFractions } from './ejection-fractions.ts';

const firstDay = Date.UTC(2025, 6, 7) / 86_400_000; // a Monday
const dayName = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
/** A count of ours; here local time is UTC. */
const own = (day: number, hour: number, count: number): OwnCountBin => ({
  ...{ bin: (firstDay + day) * 24 + hour, day: dayName(firstDay + day), hour, count },
});
const other = (day: number, hour: number, count: number): CountBin => ({ bin: (firstDay + day) * 24 + hour, count });

/** Pairs of values as hours of days. */
function judge(values: readonly (readonly [day: number, ours: number, theirs: number])[], resamples = 400) {
  const ours = values.map(([day, count], at) => own(day, at / 100, count));
  const theirs = values.map(([day, , count], at) => other(day, at / 100, count));
  const unit = createRandom(1, 'agreement').unit;
  const agreement = judgeAgreement(ours, theirs, { counterpart: counterparts.occupancy, maxLag: 0, resamples, unit });
  if (!agreement) throw new Error('no pairs');
  return agreement;
}

describe('pairCounts', () => {
  it('leaves out what one side alone has, counts it, and takes nothing for zero', () => {
    const ours = [own(0, 10, 2), own(0, 11, 0), own(0, 13, 4)];
    const theirs = [other(0, 9, 7), other(0, 13, 5), other(0, 10, 3)];
    expect(pairCounts(ours, theirs)).toEqual({
      pairs: [
        { ...own(0, 10, 2), count: undefined, ours: 2, theirs: 3 },
        { ...own(0, 13, 4), count: undefined, ours: 4, theirs: 5 },
      ].map(({ count: _, ...pair }) => pair),
      oursAlone: 1,
      theirsAlone: 1,
    });
  });

  it('takes theirs later by a lag', () => {
    expect(pairCounts([own(0, 10, 2)], [other(0, 12, 3)], 2).pairs).toMatchObject([{ ours: 2, theirs: 3 }]);
  });
});

describe('judgeAgreement', () => {
  it('is what one works out by hand: two days of two hours', () => {
    // differences 1, 3 and −1, 1; by days: means 2 and 0, within each ±1
    const { difference, rate, spearman, days } = judge([
      [0, 3, 2],
      [0, 8, 5],
      [1, 1, 2],
      [1, 5, 4],
    ]);
    expect(days).toBe(2);
    expect(difference?.bias.value).toBe(1);
    // within days (2 + 2) / (4 − 2) = 2; between days 4 / (2 − 1) = 4; (4 − 2) / 2 = 1 more; √(1 + 2)
    expect(difference?.upper?.value).toBeCloseTo(1 + 1.96 * Math.sqrt(3), 12);
    expect(difference?.lower?.value).toBeCloseTo(1 - 1.96 * Math.sqrt(3), 12);
    expect(rate).toMatchObject({ pairs: 4, days: 2, ours: { value: 4.25 }, theirs: { value: 3.25 } });
    expect(rate.ratio?.value).toBe(17 / 13);
    // ranks 2 4 1 3 and 1.5 4 1.5 3: Σ of products 29.5 − 25 = 4.5, of squares 30 − 25 and 29.5 − 25
    expect(spearman?.value).toBeCloseTo(4.5 / Math.sqrt(5 * 4.5), 12);
    // two days say nothing of what other days would be
    expect(difference?.bias.low).toBeUndefined();
  });

  it('has the limits of a published table with repeated pairs', () => {
    const { difference } = judge(ejectionFractions.map(([person, rv, ic]) => [person, rv, ic]));
    expect(difference?.bias.value).toBeCloseTo(0.6021667, 7);
    expect(difference?.lower?.value).toBeCloseTo(-1.3394565, 5);
    expect(difference?.upper?.value).toBeCloseTo(2.5437899, 5);
  });

  it('has the bias and the spread of a published table with one pair a person, and nearly its intervals', () => {
    // Source: Bland and Altman 1986, Lancet i, 307–310: PEFR by two meters; limits there are ± 2 s
    const large = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427];
    const mini = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451];
    const { difference } = judge(
      large.map((value, at) => [at, value, mini[at] ?? 0]),
      4000,
    );
    const { bias, lower, upper } = difference ?? {};
    expect(bias?.value).toBeCloseTo(-2.1, 1);
    expect(((upper?.value ?? 0) - (lower?.value ?? 0)) / 3.92).toBeCloseTo(38.8, 1);
    // there −22.0 to 17.8 by Student's t, which days drawn again do not presuppose
    expect(Math.abs((bias?.low ?? 0) + 22)).toBeLessThan(3);
    expect(Math.abs((bias?.high ?? 0) - 17.8)).toBeLessThan(3);
  });

  it('has no interval from fewer than five days, nor for a weekday that has fewer', () => {
    const days = [0, 1, 2, 3, 4].map((day) => [day, 3 + (day % 3), 2] as const);
    expect(judge(days.slice(1)).rate.ours.low).toBeUndefined();
    const { rate, byWeekday } = judge(days);
    expect(rate.ours.low).toBeLessThan(rate.ours.value);
    expect(rate.ours.high).toBeGreaterThan(rate.ours.value);
    expect(byWeekday.map(({ ours }) => ours.low)).toEqual([1, 2, 3, 4, 5].map(() => undefined));
  });

  it('has no difference for another quantity, and no interval for one day', () => {
    const ours = [own(0, 10, 2), own(0, 11, 3)];
    const theirs = [other(0, 10, 20), other(0, 11, 0)];
    const wish = { maxLag: 1, resamples: 50, unit: createRandom(1).unit };
    const passages = judgeAgreement(ours, theirs, { ...wish, counterpart: counterparts.passages });
    expect(passages?.difference).toBeUndefined();
    expect(passages?.rate.ratio).toEqual({ value: 0.25 });
    expect(passages?.byHour.map(({ part, ratio }) => [part, ratio])).toEqual([
      [10, { value: 0.1 }],
      [11, undefined],
    ]);
    const same = judgeAgreement(ours, theirs, { ...wish, counterpart: counterparts.occupancy });
    expect(same?.difference).toMatchObject({ bias: { value: -7.5 }, lower: undefined, upper: undefined });
  });

  it('says nothing where no bin is in both', () => {
    const wish = { counterpart: counterparts.occupancy, maxLag: 1, resamples: 9, unit: () => 0 };
    expect(judgeAgreement([own(0, 10, 1)], [other(0, 11, 1)], wish)).toBeUndefined();
  });

  it('sorts rates by the local hour and by the weekday', () => {
    const { byHour, byWeekday } = judgeDays(14, () => 2);
    expect(byHour.map(({ part, pairs, days }) => [part, pairs, days])).toEqual([10, 11].map((hour) => [hour, 14, 14]));
    expect(byWeekday.map(({ part, pairs, days }) => [part, pairs, days])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, 4, 2]),
    );
    expect(byWeekday[6]?.ratio?.value).toBe(0.5);
  });

  it('bounds no ratio from above where days without any of theirs may be drawn', () => {
    const { rate } = judge([0, 1, 2, 3, 4, 5].map((day) => [day, 1 + day, day === 0 ? 2 : 0]));
    expect(rate.ratio).toMatchObject({ value: 10.5, high: Infinity });
    expect(rate.ratio?.low).toBeGreaterThan(0.5);
  });

  it('finds limits that hold 95 of 100 differences, whatever days do', () => {
    const normal = createRandom(4, 'days').normal;
    const values = Array.from({ length: 400 }, (_, day) => {
      const usual = normal(2);
      return [0, 1, 2].map(() => [day, 10 + usual + normal(1), 10] as const);
    }).flat();
    const { difference, pairs } = judge(values, 2);
    const inside = pairs.filter(({ ours, theirs }) => {
      const d = ours - theirs;
      return d > (difference?.lower?.value ?? 0) && d < (difference?.upper?.value ?? 0);
    });
    expect(inside.length / pairs.length).toBeGreaterThan(0.93);
    expect(inside.length / pairs.length).toBeLessThan(0.97);
    // days are the unit: 400 of them have a standard error of √(4 + 1/3) / 20
    expect(Math.abs(difference?.bias.value ?? 9)).toBeLessThan(0.35);
  });
});

/** Days of two hours on which theirs is `theirs` times ours. */
function judgeDays(days: number, theirs: (day: number) => number) {
  const hours = Array.from({ length: days }, (_, day) => [10, 11].map((hour) => own(day, hour, day + hour))).flat();
  const others = hours.map(({ bin, count }, at) => ({ bin, count: count * theirs(Math.floor(at / 2)) }));
  const wish = { counterpart: counterparts.passages, maxLag: 0, resamples: 20, unit: createRandom(1).unit };
  const agreement = judgeAgreement(hours, others, wish);
  if (!agreement) throw new Error('no pairs');
  return agreement;
}

describe('rankCorrelation', () => {
  const a = [0, 0, 1, 3, 3, 3, 7, 2, 0, 5, 5, 9];
  const b = [1, 0, 0, 4, 2, 2, 9, 2, 1, 3, 8, 8];
  const ranked = (x: readonly number[], y: readonly number[]) => toRanked(Float64Array.from(x), Float64Array.from(y));

  it('is what scipy.stats.spearmanr 1.14.1 says, with equal values', () => {
    expect(rankCorrelation(ranked(a, b), new Int32Array(12))).toBeCloseTo(0.9118764031322972, 12);
    const [rv, ic] = [ejectionFractions.map(([, x]) => x), ejectionFractions.map(([, , y]) => y)];
    expect(rankCorrelation(ranked(rv, ic), new Int32Array(60))).toBeCloseTo(0.6827665289595386, 12);
  });

  it('counts a day twice as if its values were there twice', () => {
    const dayOf = Int32Array.from(a, (_, at) => (at < 6 ? 0 : 1));
    expect(rankCorrelation(ranked(a, b), dayOf, Int32Array.of(2, 1))).toBeCloseTo(0.8905725949773289, 12);
  });

  it('cannot be said where a side does not vary', () => {
    expect(rankCorrelation(ranked([0.1, 0.1, 0.1], [1, 2, 3]), new Int32Array(3))).toBeUndefined();
  });

  it('does not change when a side is stretched, and turns round when it is turned round', () => {
    const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
      ...{ minLength: 3, maxLength: 30 },
    });
    fc.assert(
      fc.property(values, (pairs) => {
        const [x, y] = [pairs.map(([one]) => one), pairs.map(([, two]) => two)];
        const dayOf = new Int32Array(pairs.length);
        const plain = rankCorrelation(ranked(x, y), dayOf);
        const stretched = rankCorrelation(ranked(x.map(Math.exp), y), dayOf);
        const turned = rankCorrelation(
          ranked(
            x.map((value) => -value),
            y,
          ),
          dayOf,
        );
        expect([stretched === undefined, turned === undefined]).toEqual([plain === undefined, plain === undefined]);
        expect(stretched ?? 0).toBeCloseTo(plain ?? 0, 10);
        expect(turned ?? 0).toBeCloseTo(-(plain ?? 0), 10);
      }),
    );
  });
});

describe('searchLag', () => {
  const wish = { maxLag: 6, resamples: 100, cycle: undefined, unit: createRandom(1, 'lag').unit };
  /** Days with their own crowds, around noon. */
  const season = (days: number) => {
    const random = createRandom(3, 'season');
    return Array.from({ length: days }, (_, day) =>
      Array.from({ length: 24 }, (_, hour) => {
        const usual = 20 * Math.exp(-(((hour - 13) / 3) ** 2));
        return own(day, hour, Math.max(0, Math.round(usual * random.between(0, 2) + random.normal(1))));
      }),
    ).flat();
  };
  const shifted = (bins: readonly OwnCountBin[], by: number) =>
    bins.map(({ bin, count }) => ({ bin: bin + by, count }));

  it.each([-3, 0, 2])('recovers a shift of %i hours, also with the mean day taken out', (shift) => {
    const ours = season(20);
    const theirs = shifted(ours, shift);
    for (const cycle of [undefined, 24]) {
      const found = searchLag(ours, theirs, { ...wish, cycle });
      expect(found).toMatchObject({ best: shift, low: shift, high: shift });
      expect(found?.curve.find(({ lag }) => lag === shift)?.correlation).toBeCloseTo(1, 10);
    }
  });

  it('sees that two lakes are alike by their days alone', () => {
    const ours = season(20);
    const others = season(40).slice(20 * 24);
    const theirs = shifted(others, -20 * 24);
    const [plain, without] = [undefined, 24].map((cycle) => searchLag(ours, theirs, { ...wish, cycle }));
    const atNone = (of: typeof plain) => of?.curve.find(({ lag }) => lag === 0)?.correlation ?? 0;
    expect(atNone(plain)).toBeGreaterThan(0.4);
    expect(Math.abs(atNone(without))).toBeLessThan(0.15);
    // and then the lag cannot be told
    expect((without?.high ?? 0) - (without?.low ?? 0)).toBeGreaterThan(2);
  });

  it('leaves out lags that have few pairs, and says nothing of what does not vary', () => {
    const ours = season(2).filter(({ hour }) => hour !== undefined && hour >= 10 && hour < 16);
    const curve = searchLag(ours, shifted(ours, 0), wish)?.curve ?? [];
    expect(curve.map(({ lag, pairs, correlation }) => [lag, pairs, correlation !== undefined])).toEqual(
      [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6].map((lag) => [lag, 2 * (6 - Math.abs(lag)), Math.abs(lag) <= 3]),
    );
    expect(searchLag([own(0, 1, 2), own(0, 2, 2)], [other(0, 1, 5), other(0, 2, 6)], wish)).toBeUndefined();
  });
});
