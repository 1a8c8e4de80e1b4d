import { type DrawnDays, estimateByDays } from './agreement-interval.ts';
import type { CountPair } from './agreement-pairs.ts';
import type { Estimate } from './bootstrap.ts';

/** What two instruments count in some hours or days, on the same bins. */
export interface RatePart {
  readonly pairs: number;
  readonly days: number;
  /** Mean counts a bin. */
  readonly ours: Estimate;
  readonly theirs: Estimate;
  /** Σ ours / Σ theirs; undefined: theirs has none. `high` is Infinity where days drawn again have none either. */
  readonly ratio: Estimate | undefined;
}

/** A part of the day or of the week: hour 0–23 of the local day, or weekday 1 (Monday) to 7. */
export interface RateRow extends RatePart {
  readonly part: number;
}

/** Rates of some pairs; undefined: there is none. */
export function rateOf(pairs: readonly CountPair[], dayOf: Int32Array, drawn: DrawnDays): RatePart | undefined {
  const days = new Set(dayOf).size;
  const estimate = (of: (sums: Sums) => number | undefined) =>
    estimateByDays((weights) => of(sumPairs(pairs, dayOf, weights)), drawn, days);
  const ours = estimate(({ bins, ours: sum }) => (bins > 0 ? sum / bins : undefined));
  const theirs = estimate(({ bins, theirs: sum }) => (bins > 0 ? sum / bins : undefined));
  if (!ours || !theirs) return undefined;
  return {
    pairs: pairs.length,
    days,
    ours,
    theirs,
    ratio: theirs.value > 0 ? estimate(toRatio) : undefined,
  };
}

/** Rates of each part of the day or the week that has pairs. */
export function ratesBy(
  partOf: (pair: CountPair) => number | undefined,
  { pairs, dayOf }: { readonly pairs: readonly CountPair[]; readonly dayOf: Int32Array },
  drawn: DrawnDays,
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
      const rate = rateOf(inPart, days, drawn);
      return rate ? [{ part, ...rate }] : [];
    });
}

/** Weekday of a pair, 1 (Monday) to 7. */
export function weekdayOf({ day }: Pick<CountPair, 'day'>): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

interface Sums {
  readonly bins: number;
  readonly ours: number;
  readonly theirs: number;
}

/** Nothing against nothing says nothing. */
function toRatio({ ours, theirs }: Sums): number | undefined {
  return ours + theirs > 0 ? ours / theirs : undefined;
}

function sumPairs(pairs: readonly CountPair[], dayOf: Int32Array, weights?: Int32Array): Sums {
  let [bins, ours, theirs] = [0, 0, 0];
  pairs.forEach((pair, at) => {
    const weight = weights ? (weights[dayOf[at] as number] as number) : 1;
    bins += weight;
    ours += weight * pair.ours;
    theirs += weight * pair.theirs;
  });
  return { bins, ours, theirs };
}
