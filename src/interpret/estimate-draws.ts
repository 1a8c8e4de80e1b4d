/**
 * Draws days again in runs of `length` neighbours, so that weather that lasts stays together; after the last day comes
 * the first. How often each day is drawn, as many draws as days.
 * Source: circular block bootstrap (Politis and Romano 1992).
 */
export function drawRuns(days: number, length: number, unit: () => number): Float64Array {
  const times = new Float64Array(days);
  for (let drawn = 0; drawn < days; ) {
    const start = Math.floor(unit() * days);
    for (let at = 0; at < length && drawn < days; at++, drawn++) {
      const day = (start + at) % days;
      times[day] = (times[day] as number) + 1;
    }
  }
  return times;
}

/**
 * Days of a run: whole weeks, so that each has its weekend, from six weeks on; below that the cube root of the number.
 * Source: order of the best length (Hall, Horowitz and Jing 1995).
 */
export function runLength(days: number): number {
  return days >= 42 ? 7 : Math.max(1, Math.floor(Math.cbrt(days)));
}

/** A figure and its 95 % interval; without one: too little is known to say it. */
export interface Figure {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/**
 * The interval of a figure above 0 from its relative error, symmetric on a logarithmic scale: counts are skewed, and
 * percentiles of few days are too narrow and too low.
 */
export function toFigure(value: number, relativeError: number | undefined): Figure {
  if (relativeError === undefined || !(value > 0)) return { value };
  const times = Math.exp(relativeError);
  return { value, low: value / times, high: value * times };
}

/** Standard deviation of draws over the value that they are draws of; draws that say nothing (NaN) are left out. */
export function relativeSpread(draws: readonly number[], value: number): number | undefined {
  const known = draws.filter(Number.isFinite);
  if (known.length < 2 || !(value > 0)) return undefined;
  const mean = known.reduce((sum, draw) => sum + draw, 0) / known.length;
  const squares = known.reduce((sum, draw) => sum + (draw - mean) ** 2, 0);
  return Math.sqrt(squares / (known.length - 1)) / value;
}

/**
 * By what a standard deviation over draws is multiplied for a 95 % interval, where only so many runs of days are known:
 * Student's t. undefined: fewer than two runs say nothing.
 */
export function widthOf95(runs: number): number | undefined {
  return runs < 2 ? undefined : studentT975(runs - 1);
}

/** Of the normal distribution. */
export const normal975 = 1.959964;

/**
 * Student's t that is exceeded once in 40, for one degree of freedom or more, not only whole ones; right to 0.2 %.
 * Source: exact for 1 and 2, then Cornish-Fisher's expansion to the fourth order (Abramowitz and Stegun 1964, 26.7.5).
 */
export function studentT975(freedom: number): number {
  // below 3 the expansion is off: straight in 1/freedom between the exact ones does better
  const exact = [12.7062, 4.30265, 3.18245] as const;
  if (freedom < 3) {
    const at = Math.max(0, Math.floor(freedom) - 1) as 0 | 1;
    const [left, right] = [exact[at], exact[(at + 1) as 1 | 2]];
    const share = (1 / (at + 1) - 1 / Math.max(1, freedom)) / (1 / (at + 1) - 1 / (at + 2));
    return left + share * (right - left);
  }
  const z = normal975;
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3) +
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / (92160 * freedom ** 4)
  );
}
