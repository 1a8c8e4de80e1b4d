/** A count of one bin of time. */
export interface CountBin {
  /** Whole hours since the start of 1970 in UTC, or for daily counts whole days. */
  readonly bin: number;
  readonly count: number;
}

/** A count of ours, which knows its place in the week. */
export interface OwnCountBin extends CountBin {
  /** Local, 'YYYY-MM-DD'. */
  readonly day: string;
  /** Local, 0–23; undefined: a count of a day. */
  readonly hour: number | undefined;
}

/** What two instruments say of the same bin. */
export interface CountPair {
  readonly bin: number;
  readonly day: string;
  readonly hour: number | undefined;
  readonly ours: number;
  readonly theirs: number;
}

export interface PairedCounts {
  readonly pairs: readonly CountPair[];
  /** Bins that one side alone has, and which are left out: missing is no zero. */
  readonly oursAlone: number;
  readonly theirsAlone: number;
}

/** Pairs the counts of two instruments by their bins, in order of time. @param lag Bins by which theirs is taken later. */
export function pairCounts(ours: readonly OwnCountBin[], theirs: readonly CountBin[], lag = 0): PairedCounts {
  const counts = new Map(theirs.map(({ bin, count }) => [bin, count]));
  const pairs = ours
    .flatMap(({ count, ...own }): CountPair[] => {
      const other = counts.get(own.bin + lag);
      return other === undefined ? [] : [{ ...own, ours: count, theirs: other }];
    })
    .sort((a, b) => a.bin - b.bin);
  return { pairs, oursAlone: ours.length - pairs.length, theirsAlone: counts.size - pairs.length };
}

/** The days of some pairs in order, and for each pair the number of its day: hours of one day are no news of each other. */
export function numberDays(pairs: readonly CountPair[]): { readonly days: number; readonly dayOf: Int32Array } {
  const numbers = new Map([...new Set(pairs.map(({ day }) => day))].sort().map((day, at) => [day, at]));
  return { days: numbers.size, dayOf: Int32Array.from(pairs, ({ day }) => numbers.get(day) ?? 0) };
}
