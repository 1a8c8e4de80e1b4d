/** Two rows of values in their orders, ready to be ranked with any weights. */
export interface RankedPair {
  readonly a: RankOrder;
  readonly b: RankOrder;
}

interface RankOrder {
  /** Numbers of the values, the smallest value first. */
  readonly order: Uint32Array;
  /** For each place of the order: the first place of its run of equal values. */
  readonly runOf: Uint32Array;
}

export function toRanked(a: Float64Array, b: Float64Array): RankedPair {
  return { a: toOrder(a), b: toOrder(b) };
}

/**
 * Spearman's rank correlation, equal values sharing their mean rank; undefined: one side has fewer than two values.
 * Source: Spearman 1904, as Pearson's correlation of mid-ranks (Kendall and Gibbons 1990, 3.8).
 * @param dayOf For each value the number of its day.
 * @param weights How often each day counts; absent: once.
 */
export function rankCorrelation({ a, b }: RankedPair, dayOf: Int32Array, weights?: Int32Array): number | undefined {
  const weightOf = (value: number) => (weights ? (weights[dayOf[value] as number] as number) : 1);
  const [ranksA, ranksB] = [midRanks(a, weightOf), midRanks(b, weightOf)];
  let [n, sumA, sumB, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let at = 0; at < dayOf.length; at++) {
    const weight = weightOf(at);
    const [rankA, rankB] = [ranksA[at] as number, ranksB[at] as number];
    n += weight;
    sumA += weight * rankA;
    sumB += weight * rankB;
    aa += weight * rankA ** 2;
    bb += weight * rankB ** 2;
    ab += weight * rankA * rankB;
  }
  return correlationOf({ n, sumA, sumB, aa, bb, ab });
}

/** Sums over pairs of values. */
export interface PairSums {
  readonly n: number;
  readonly sumA: number;
  readonly sumB: number;
  readonly aa: number;
  readonly bb: number;
  readonly ab: number;
}

/** Pearson's correlation; undefined: a side does not vary. */
export function correlationOf({ n, sumA, sumB, aa, bb, ab }: PairSums): number | undefined {
  const [varianceA, varianceB] = [aa - sumA ** 2 / n, bb - sumB ** 2 / n];
  // what is left of equal values by rounding is no spread
  if (n < 2 || varianceA <= 1e-12 * aa || varianceB <= 1e-12 * bb) return undefined;
  return Math.max(-1, Math.min(1, (ab - (sumA * sumB) / n) / Math.sqrt(varianceA * varianceB)));
}

function toOrder(values: Float64Array): RankOrder {
  const order = Uint32Array.from(values, (_, at) => at).sort((x, y) => (values[x] as number) - (values[y] as number));
  const runOf = new Uint32Array(order.length);
  for (let at = 1; at < order.length; at++) {
    const isEqual = values[order[at] as number] === values[order[at - 1] as number];
    runOf[at] = isEqual ? (runOf[at - 1] as number) : at;
  }
  return { order, runOf };
}

/** The rank of each value, where value v is there weightOf(v) times. */
function midRanks({ order, runOf }: RankOrder, weightOf: (value: number) => number): Float64Array {
  const ranks = new Float64Array(order.length);
  let before = 0;
  for (let from = 0; from < order.length; ) {
    let [to, weight] = [from, 0];
    for (; to < order.length && runOf[to] === from; to++) weight += weightOf(order[to] as number);
    for (let at = from; at < to; at++) ranks[order[at] as number] = before + (weight + 1) / 2;
    before += weight;
    from = to;
  }
  return ranks;
}
