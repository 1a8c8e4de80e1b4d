import { estimateByDays } from './agreement-interval.ts';
import { type LagSearch, searchLag } from './agreement-lag.ts';
import { type Difference, differenceOf } from './agreement-limits.ts';
import { type CountBin, type CountPair, numberDays, type OwnCountBin, pairCounts } from './agreement-pairs.ts';
import { rankCorrelation, toRanked } from './agreement-rank.ts';
import { type RatePart, type RateRow, rateOf, ratesBy, weekdayOf } from './agreement-rates.ts';
import { drawResamples, type Estimate } from './bootstrap.ts';

/** What a count of somebody else counts. */
export const quantities = ['occupancy', 'passages', 'daily-total', 'daily-visitor-hours', 'daily-maximum'] as const;
export type Quantity = (typeof quantities)[number];

/** With which of our figures a count of somebody else is held together. */
export interface Counterpart {
  readonly bin: 'hour' | 'day';
  readonly ours: 'occupancy' | 'visitor-hours' | 'daily-maximum';
  /** False: another quantity in another unit. Then there is no difference to speak of, only order, lag and ratio. */
  readonly same: boolean;
}

export const counterparts: Readonly<Record<Quantity, Counterpart>> = {
  occupancy: { bin: 'hour', ours: 'occupancy', same: true },
  passages: { bin: 'hour', ours: 'occupancy', same: false },
  'daily-total': { bin: 'day', ours: 'visitor-hours', same: false },
  'daily-visitor-hours': { bin: 'day', ours: 'visitor-hours', same: true },
  'daily-maximum': { bin: 'day', ours: 'daily-maximum', same: true },
};

export interface AgreementWish {
  readonly counterpart: Counterpart;
  /** Bins, both ways. */
  readonly maxLag: number;
  /** How often days are drawn again for intervals of 95 %. */
  readonly resamples: number;
  readonly unit: () => number;
}

/** How two instruments agree on the bins that both have. Neither is the truth. */
export interface Agreement {
  readonly pairs: readonly CountPair[];
  readonly days: number;
  readonly oursAlone: number;
  readonly theirsAlone: number;
  /** Undefined: they count different quantities. */
  readonly difference: Difference | undefined;
  /** Spearman's rank correlation; undefined: one side does not vary. */
  readonly spearman: Estimate | undefined;
  readonly rate: RatePart;
  /** Empty for daily counts. */
  readonly byHour: readonly RateRow[];
  readonly byWeekday: readonly RateRow[];
  readonly lag: LagSearch | undefined;
  /** As `lag`, the mean day (for daily counts the mean week) taken out of both. */
  readonly lagWithoutCycle: LagSearch | undefined;
}

/** Holds two series of counts together; undefined: no bin is in both. */
export function judgeAgreement(
  ours: readonly OwnCountBin[],
  theirs: readonly CountBin[],
  { counterpart, maxLag, resamples: count, unit }: AgreementWish,
): Agreement | undefined {
  const { pairs, oursAlone, theirsAlone } = pairCounts(ours, theirs);
  const { days, dayOf } = numberDays(pairs);
  const resamples = drawResamples(days, count, unit);
  const drawn = { resamples, days };
  const rate = rateOf(pairs, dayOf, drawn);
  if (!rate) return undefined;
  const [a, b] = [Float64Array.from(pairs, (pair) => pair.ours), Float64Array.from(pairs, (pair) => pair.theirs)];
  const differences = a.map((own, at) => own - (b[at] as number));
  const means = a.map((own, at) => (own + (b[at] as number)) / 2);
  const ranked = toRanked(a, b);
  const lagWish = { maxLag, resamples: count, unit };
  const cycle = counterpart.bin === 'hour' ? 24 : 7;
  return {
    pairs,
    days,
    oursAlone,
    theirsAlone,
    difference: counterpart.same ? differenceOf({ differences, means, dayOf, days }, resamples) : undefined,
    spearman: estimateByDays((weights) => rankCorrelation(ranked, dayOf, weights), drawn),
    rate,
    byHour: ratesBy(({ hour }) => hour, { pairs, dayOf }, drawn),
    byWeekday: ratesBy(weekdayOf, { pairs, dayOf }, drawn),
    lag: searchLag(ours, theirs, { ...lagWish, cycle: undefined }),
    lagWithoutCycle: searchLag(ours, theirs, { ...lagWish, cycle }),
  };
}
