import { type CountBin, type OwnCountBin, pairCounts } from './agreement-pairs.ts';
import { correlationOf, type PairSums } from './agreement-rank.ts';
import { drawResamples } from './bootstrap.ts';

/** How alike two series are when theirs is taken `lag` bins later. */
export interface LagPoint {
  /** Bins; above 0, theirs shows things after ours. */
  readonly lag: number;
  readonly pairs: number;
  /** Pearson's; undefined: too few pairs, or one side does not vary. */
  readonly correlation: number | undefined;
}

/** The lag at which two series are most alike. */
export interface LagSearch {
  readonly curve: readonly LagPoint[];
  readonly best: number;
  /** Percentiles 2.5 and 97.5 of the best lag where days are drawn again; absent: fewer than five days. */
  readonly low?: number;
  readonly high?: number;
}

export interface LagWish {
  /** Bins, both ways. */
  readonly maxLag: number;
  /** Bins of a cycle whose mean is taken out of both series before; undefined: none is. */
  readonly cycle: number | undefined;
  readonly resamples: number;
  readonly unit: () => number;
}

/**
 * Cross-correlation over lags. Two series that both rise by day and fall by night are alike whatever people did: with
 * `cycle`, what remains is how single hours differ from their usual. Undefined: nothing varies, or there are no pairs.
 * A lag that has fewer than half as many pairs as the one with most is left out.
 */
export function searchLag(
  ours: readonly OwnCountBin[],
  theirs: readonly CountBin[],
  { maxLag, cycle, resamples, unit }: LagWish,
): LagSearch | undefined {
  const [own, other] = cycle ? [takeCycleOut(ours, cycle), takeCycleOut(theirs, cycle)] : [ours, theirs];
  const lags = Array.from({ length: 2 * maxLag + 1 }, (_, at) => at - maxLag);
  const days = new Map([...new Set(ours.map(({ day }) => day))].sort().map((day, at) => [day, at]));
  const sums = lags.map((lag) => sumByDay(own, other, { lag, days }));
  const most = Math.max(...sums.map(countPairs));
  const kept = sums.map((daily) => (countPairs(daily) * 2 >= most ? daily : []));
  const correlations = (weights?: Int32Array) => kept.map((daily) => correlationOf(addDays(daily, weights)));
  const found = correlations();
  const best = bestOf(found);
  if (best === undefined) return undefined;
  const curve = lags.map((lag, at) => ({ lag, pairs: countPairs(sums[at] ?? []), correlation: found[at] }));
  const drawn = days.size < 5 ? [] : drawResamples(days.size, resamples, unit);
  const others = drawn.flatMap((weights) => bestOf(correlations(weights)) ?? []).sort((a, b) => a - b);
  const at = (share: number) => others[Math.round(share * (others.length - 1))];
  const [low, high] = [at(0.025), at(0.975)];
  const toLag = (index: number) => index - maxLag;
  const interval = low === undefined || high === undefined ? {} : { low: toLag(low), high: toLag(high) };
  return { curve, best: toLag(best), ...interval };
}

/** What is left of each count when the mean of its place in the cycle is taken away. */
function takeCycleOut<Bin extends CountBin>(bins: readonly Bin[], cycle: number): readonly Bin[] {
  const [sums, counts] = [new Float64Array(cycle), new Float64Array(cycle)];
  const placeOf = (bin: number) => ((bin % cycle) + cycle) % cycle;
  for (const { bin, count } of bins) {
    const place = placeOf(bin);
    sums[place] = (sums[place] as number) + count;
    counts[place] = (counts[place] as number) + 1;
  }
  return bins.map((one) => {
    const place = placeOf(one.bin);
    return { ...one, count: one.count - (sums[place] as number) / (counts[place] as number) };
  });
}

/** Sums of each of our days, by its number. */
function sumByDay(
  ours: readonly OwnCountBin[],
  theirs: readonly CountBin[],
  { lag, days }: { readonly lag: number; readonly days: ReadonlyMap<string, number> },
): readonly PairSums[] {
  const sums = Array.from(days, () => ({ n: 0, sumA: 0, sumB: 0, aa: 0, bb: 0, ab: 0 }));
  for (const { day, ours: a, theirs: b } of pairCounts(ours, theirs, lag).pairs) {
    const of = sums[days.get(day) ?? 0];
    if (!of) continue;
    of.n++;
    of.sumA += a;
    of.sumB += b;
    of.aa += a * a;
    of.bb += b * b;
    of.ab += a * b;
  }
  return sums;
}

function addDays(daily: readonly PairSums[], weights?: Int32Array): PairSums {
  const total = { n: 0, sumA: 0, sumB: 0, aa: 0, bb: 0, ab: 0 };
  daily.forEach((sums, day) => {
    const weight = weights ? (weights[day] as number) : 1;
    total.n += weight * sums.n;
    total.sumA += weight * sums.sumA;
    total.sumB += weight * sums.sumB;
    total.aa += weight * sums.aa;
    total.bb += weight * sums.bb;
    total.ab += weight * sums.ab;
  });
  return total;
}

function countPairs(daily: readonly PairSums[]): number {
  return daily.reduce((sum, { n }) => sum + n, 0);
}

/** Place of the highest; of equal ones that nearest the middle, where the lag is 0. */
function bestOf(values: readonly (number | undefined)[]): number | undefined {
  const middle = (values.length - 1) / 2;
  let best: number | undefined;
  values.forEach((value, at) => {
    if (value === undefined) return;
    const high = best === undefined ? -Infinity : (values[best] ?? -Infinity);
    const isNearer = best !== undefined && value === high && Math.abs(at - middle) < Math.abs(best - middle);
    if (value > high || isNearer) best = at;
  });
  return best;
}
