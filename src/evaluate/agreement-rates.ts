import type { CountPair } from './agreement-pairs.ts';
import { type Estimate, sampleFigure, toEstimate } from './bootstrap.ts';

/** What two instruments count in some hours or days, on the same bins. */
export interface RatePart {
  readonly pairs: number;
  readonly days: number;
  /** Mean counts a bin. */
  readonly ours: Estimate;
  readonly theirs: Estimate;
  /** Σ ours / Σ theirs; undefined: theirs has none. */
  readonly ratio: Estimate | undefined;
}

/** A part of the day or of the week: hour 0–23 of the local day, or weekday 1 (Monday) to 7. */
export interface RateRow extends RatePart {
  readonly part: number;
}

/** Rates of some pairs; undefined: there is none. @param resamples How often each day counts. */
export function rateOf(
  pairs: readonly CountPair[],
  dayOf: Int32Array,
  resamples: readonly Int32Array[],
): RatePart | undefined {
  const estimate = (of: (sums: { bins: number; ours: number; theirs: number }) => number | undefined) =>
    toEstimate(sampleFigure((weights) => of(sumPairs(pairs, dayOf, weights)), resamples));
  const ours = estimate(({ bins, ours: sum }) => (bins > 0 ? sum / bins : undefined));
  const theirs = estimate(({ bins, theirs: sum }) => (bins > 0 ? sum / bins : undefined));
  if (!ours || !theirs) return undefined;
  return {
    pairs: pairs.length,
    days: new Set(dayOf).size,
    ours,
    theirs,
    ratio: estimate((sums) => (sums.theirs > 0 ? sums.ours / sums.theirs : undefined)),
  };
}

/** Rates of each part of the day or the week that has pairs. */
export function ratesBy(
  partOf: (pair: CountPair) => number | undefined,
  { pairs, dayOf }: { readonly pairs: readonly CountPair[]; readonly dayOf: Int32Array },
  resamples: readonly Int32Array[],
): readonly RateRow[] {
  const parts = new Map<number, number[]>();
  pairs.forEach((pair, at) => {
    const part = partOf(pair);
    if (part === undefined) return;
    const members = parts.get(part);
    if (members) members.push(at);
    else parts.set(part, [at]);
  });
  return [...parts]
    .sort(([a], [b]) => a - b)
    .flatMap(([part, members]) => {
      const inPart = members.map((at) => pairs[at] as CountPair);
      const days = Int32Array.from(members, (at) => dayOf[at] as number);
      const rate = rateOf(inPart, days, resamples);
      return rate ? [{ part, ...rate }] : [];
    });
}

/** Weekday of a pair, 1 (Monday) to 7. */
export function weekdayOf({ day }: Pick<CountPair, 'day'>): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

function sumPairs(pairs: readonly CountPair[], dayOf: Int32Array, weights?: Int32Array) {
  let [bins, ours, theirs] = [0, 0, 0];
  pairs.forEach((pair, at) => {
    const weight = weights ? (weights[dayOf[at] as number] as number) : 1;
    bins += weight;
    ours += weight * pair.ours;
    theirs += weight * pair.theirs;
  });
  return { bins, ours, theirs };
}
