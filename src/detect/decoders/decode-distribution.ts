import type { SizePx } from '../../geo/frames.ts';
import { type RawDetection, type Rows, strongest } from './raw-detection.ts';

/** One grid of a NanoDet or PicoDet. */
export interface DistributionLevel {
  readonly stridePx: number;
  /** A row a cell: how sure of each class, 0–1. */
  readonly scores: Rows;
  /** A row a cell: for left, top, right and bottom, `bins` logits of a distance of 0, 1, 2 … strides. */
  readonly distances: Rows;
}

export interface DistributionOutput {
  readonly levels: readonly DistributionLevel[];
  readonly classes: number;
  readonly bins: number;
  readonly input: SizePx;
  /** Where in its cell the point lies that distances are counted from: 0 its top-left corner, 0.5 its middle. */
  readonly centre: number;
}

/**
 * Each cell of each grid gives at most one object; a side lies at the mean of the distribution over its distances.
 * Source: Li et al., Generalized Focal Loss, 2020, equation 5.
 */
export function decodeDistribution(output: DistributionOutput, minConfidence: number): RawDetection[] {
  const { levels, classes, bins, input, centre } = output;
  const found: RawDetection[] = [];
  for (const { stridePx, scores, distances } of levels) {
    const columns = Math.ceil(input.widthPx / stridePx);
    const cells = columns * Math.ceil(input.heightPx / stridePx);
    for (let cell = 0; cell < cells; cell++) {
      const best = strongest(scores.values, scores.first + cell * scores.step, classes);
      if (best.value < minConfidence) continue;
      const start = distances.first + cell * distances.step;
      const reach = (side: number): number => stridePx * meanBin(distances.values, start + side * bins, bins);
      const x = ((cell % columns) + centre) * stridePx - reach(0);
      const y = (Math.floor(cell / columns) + centre) * stridePx - reach(1);
      const w = ((cell % columns) + centre) * stridePx + reach(2) - x;
      const h = (Math.floor(cell / columns) + centre) * stridePx + reach(3) - y;
      found.push({ classIndex: best.index, confidence: best.value, box: { x, y, w, h } });
    }
  }
  return found;
}

/** Mean of 0 … bins − 1, weighted by the softmax of their logits. */
function meanBin(logits: Float32Array, start: number, bins: number): number {
  const { value: largest } = strongest(logits, start, bins);
  let sum = 0;
  let weighted = 0;
  for (let bin = 0; bin < bins; bin++) {
    const weight = Math.exp((logits[start + bin] ?? 0) - largest);
    sum += weight;
    weighted += weight * bin;
  }
  return weighted / sum;
}
