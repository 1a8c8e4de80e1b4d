/** A figure and the interval that it has where the photos are drawn again. */
export interface Estimate {
  readonly value: number;
  /** Percentiles 2.5 and 97.5 of the figure over resamples of the photos; absent: fewer than two photos. */
  readonly low?: number;
  readonly high?: number;
}

/** A figure that is made of photos, each of which counts `weights[photo]` times; absent: once. */
export type FigureOf = (weights?: Int32Array) => number | undefined;

/** A figure on all photos, and on each resample; NaN: it cannot be said there. */
export interface Sampled {
  readonly value: number | undefined;
  readonly samples: Float64Array;
}

/**
 * Draws photos with replacement, as many as there are: how often each one counts, a resample after the other.
 * The same `unit` gives the same resamples, so that models are compared on the same photos.
 */
export function drawResamples(photos: number, count: number, unit: () => number): readonly Int32Array[] {
  return Array.from({ length: count }, () => {
    const weights = new Int32Array(photos);
    for (let at = 0; at < photos; at++) {
      const photo = Math.floor(unit() * photos);
      weights[photo] = (weights[photo] as number) + 1;
    }
    return weights;
  });
}

export function sampleFigure(figureOf: FigureOf, resamples: readonly Int32Array[]): Sampled {
  return {
    value: figureOf(),
    samples: Float64Array.from(resamples, (weights) => figureOf(weights) ?? Number.NaN),
  };
}

/** undefined: the figure cannot be said. */
export function toEstimate({ value, samples }: Sampled): Estimate | undefined {
  return value === undefined ? undefined : { value, ...intervalOf(samples) };
}

/** How much more `a` is than `b`, resample by resample: what both owe to the same photos cancels out. */
export function toDifference(a: Sampled, b: Sampled): Estimate | undefined {
  if (a.value === undefined || b.value === undefined) return undefined;
  const samples = a.samples.map((value, at) => value - (b.samples[at] as number));
  return { value: a.value - b.value, ...intervalOf(samples) };
}

/** True where an interval leaves out 0: the difference is more than the choice of photos. */
export function isClear({ low, high }: Estimate): boolean {
  return low !== undefined && high !== undefined && (low > 0 || high < 0);
}

function intervalOf(samples: Float64Array): { low: number; high: number } | object {
  const sorted = samples.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length < 2) return {};
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  return { low: at(0.025), high: at(0.975) };
}
