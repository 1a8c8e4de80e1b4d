import { estimateByDays } from './agreement-interval.ts';
import { rankCorrelation, toRanked } from './agreement-rank.ts';
import type { Estimate } from './bootstrap.ts';

/** How two instruments that count the same quantity differ: ours − theirs. Neither is the truth. */
export interface Difference {
  /** Mean difference. */
  readonly bias: Estimate;
  /** 95 of 100 single differences lie between them, if they are spread normally. Absent: fewer than two days. */
  readonly lower: Estimate | undefined;
  readonly upper: Estimate | undefined;
  /** Rank correlation of |difference| with the mean of both; above 0, limits are too wide for small counts and too narrow for large ones. */
  readonly growth: Estimate | undefined;
}

/** Differences of one bin after the other, and the day of each. */
export interface DailyDifferences {
  readonly differences: Float64Array;
  /** Means of both instruments. */
  readonly means: Float64Array;
  readonly dayOf: Int32Array;
  readonly days: number;
}

/**
 * Bias and 95 % limits of agreement, bins repeated within days; intervals from days drawn again as wholes.
 * Source: Bland and Altman 1999, "Measuring agreement in method comparison studies", 5.3 (the quantity changes between
 * repetitions), as worked out in Bland and Altman 2007, "Agreement between methods of measurement with multiple
 * observations per individual", table 2.
 * @param resamples How often each day counts, a resample after the other.
 */
export function differenceOf(daily: DailyDifferences, resamples: readonly Int32Array[]): Difference | undefined {
  const { dayOf, means, days } = daily;
  const drawn = { resamples, days };
  const sums = sumDays(daily);
  const estimate = (of: (spread: Spread) => number | undefined) =>
    estimateByDays((weights) => {
      const spread = spreadOf(sums, weights);
      return spread && of(spread);
    }, drawn);
  const bias = estimate(({ mean }) => mean);
  if (!bias) return undefined;
  const ranked = toRanked(daily.differences.map(Math.abs), means);
  return {
    bias,
    lower: estimate(({ mean, sd }) => (sd === undefined ? undefined : mean - 1.96 * sd)),
    upper: estimate(({ mean, sd }) => (sd === undefined ? undefined : mean + 1.96 * sd)),
    growth: estimateByDays((weights) => rankCorrelation(ranked, dayOf, weights), drawn),
  };
}

/** Of each day: bins, Σ d and Σ d². */
interface DaySums {
  readonly bins: Float64Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

interface Spread {
  readonly mean: number;
  /** Of a single difference; undefined: one day alone. */
  readonly sd: number | undefined;
}

function sumDays({ differences, dayOf, days }: DailyDifferences): DaySums {
  const [bins, sum, squares] = [new Float64Array(days), new Float64Array(days), new Float64Array(days)];
  differences.forEach((difference, at) => {
    const day = dayOf[at] as number;
    bins[day] = (bins[day] as number) + 1;
    sum[day] = (sum[day] as number) + difference;
    squares[day] = (squares[day] as number) + difference ** 2;
  });
  return { bins, sum, squares };
}

/** One-way analysis of variance by days: what days differ by, and what bins of one day do. */
function spreadOf(of: DaySums, weights?: Int32Array): Spread | undefined {
  let [days, bins, binsSquared, sum, squares, betweenDays] = [0, 0, 0, 0, 0, 0];
  of.bins.forEach((inDay, day) => {
    const weight = weights ? (weights[day] as number) : 1;
    const daySum = of.sum[day] as number;
    days += weight;
    bins += weight * inDay;
    binsSquared += weight * inDay ** 2;
    sum += weight * daySum;
    squares += weight * (of.squares[day] as number);
    betweenDays += (weight * daySum ** 2) / inDay;
  });
  if (bins === 0) return undefined;
  const mean = sum / bins;
  if (days < 2) return { mean, sd: undefined };
  const betweenMean = (betweenDays - bins * mean ** 2) / (days - 1);
  const within = bins > days ? (squares - betweenDays) / (bins - days) : 0;
  const divisor = (bins ** 2 - binsSquared) / ((days - 1) * bins);
  const between = Math.max(0, (betweenMean - within) / divisor);
  return { mean, sd: Math.sqrt(Math.max(0, between + within)) };
}
