import { type Estimate, type FigureOf, sampleFigure } from './bootstrap.ts';

/** Fewer days have no interval: what they leave open is not to be seen in them. */
const leastDays = 5;

/** Days that a figure is made of, drawn again. */
export interface DrawnDays {
  /** How often each day counts, a resample after the other. */
  readonly resamples: readonly Int32Array[];
  /** All days that are drawn from. */
  readonly days: number;
}

/**
 * A figure with its 95 % interval where days are drawn again; undefined: it cannot be said; none from fewer than five
 * days. Corrected for bias and skewness, and widened for few days by Student's t.
 * Source: Efron 1987, "Better bootstrap confidence intervals" (BCa); the widening of Hesterberg 2015, "What teachers
 * should know about the bootstrap", 4.2 (expanded percentile interval).
 * @param ownDays Days that the figure itself is made of, where they are fewer.
 */
export function estimateByDays(
  figureOf: FigureOf,
  { resamples, days }: DrawnDays,
  ownDays = days,
): Estimate | undefined {
  if (ownDays < leastDays) {
    const value = figureOf();
    return value === undefined ? undefined : { value };
  }
  const { value, samples } = sampleFigure(figureOf, resamples);
  if (value === undefined) return undefined;
  const sorted = samples.filter((sample) => !Number.isNaN(sample)).sort();
  if (sorted.length < 2) return { value };
  const shift = toQuantile(shareBelow(sorted, value));
  const skew = accelerationOf(figureOf, days);
  const width = Math.sqrt(ownDays / (ownDays - 1)) * studentQuantile(ownDays - 1);
  const at = (z: number) => {
    const share = toShare(shift + (shift + z) / Math.max(0.05, 1 - skew * (shift + z)));
    return sorted[Math.round(share * (sorted.length - 1))] as number;
  };
  return { value, low: at(-width), high: at(width) };
}

/** Share of samples below a value, of equal ones half; never all and never none. */
function shareBelow(sorted: Float64Array, value: number): number {
  let below = 0;
  for (const sample of sorted) below += sample < value ? 1 : sample === value ? 0.5 : 0;
  return Math.min(Math.max(below, 0.5), sorted.length - 0.5) / sorted.length;
}

/** How skewed a figure is, by leaving out each day. */
function accelerationOf(figureOf: FigureOf, days: number): number {
  const weights = new Int32Array(days).fill(1);
  const without = Array.from({ length: days }, (_, day) => {
    weights[day] = 0;
    const value = figureOf(weights);
    weights[day] = 1;
    return value;
  }).filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  const mean = without.reduce((sum, value) => sum + value, 0) / without.length;
  let [squares, cubes] = [0, 0];
  for (const value of without) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}

/** The 97.5 % quantile of Student's t, to 0.2 % from 4 degrees on. Source: Abramowitz and Stegun 1964, 26.7.5. */
function studentQuantile(degrees: number): number {
  const z = 1.959964;
  return (
    z +
    (z ** 3 + z) / (4 * degrees) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3)
  );
}

/** Share of a standard normal below z, to 1e-7. Source: Abramowitz and Stegun 1964, 26.2.17. */
function toShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const tail =
    (Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)) *
    series.reduce((sum, factor, power) => sum + factor * t ** (power + 1), 0);
  return z > 0 ? 1 - tail : tail;
}

/** The z below which a share of a standard normal lies, to 5e-4. Source: Abramowitz and Stegun 1964, 26.2.23. */
function toQuantile(share: number): number {
  const t = Math.sqrt(-2 * Math.log(Math.min(share, 1 - share)));
  const z =
    t - (2.515517 + 0.802853 * t + 0.010328 * t ** 2) / (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3);
  return share < 0.5 ? -z : z;
}
