import type { Box, SizePx } from '../../geo/frames.ts';
import { boxAround, type RawDetection, sigmoid, strongest } from './raw-detection.ts';

/** The two outputs of an SSD, flat. */
export interface SsdOutput {
  /** (1, anchors, 4): shift of the middle by axis, then log of the size by axis, as parts of the anchor. */
  readonly offsets: Float32Array;
  /** (1, anchors, classes), or one more with the background first. */
  readonly scores: Float32Array;
  readonly classes: number;
  readonly background: boolean;
  readonly activation: 'none' | 'sigmoid' | 'softmax';
  /** Whether an offset's row begins with the axis across (u) or down (v). */
  readonly axes: 'uv' | 'vu';
  /** By what the network was taught to multiply shifts and sizes: commonly 0.1 and 0.2. */
  readonly variances: readonly [number, number];
  /** Px of the input, in the order of the rows. */
  readonly anchors: readonly Box[];
}

/** A grid of anchors: each cell has one anchor of each size around its middle. */
export interface AnchorGrid {
  readonly rows: number;
  readonly columns: number;
  /** Width and height as shares of the input. */
  readonly sizes: readonly (readonly [number, number])[];
}

/** The anchors of an SSD: grid by grid, row by row, cell by cell, size by size. */
export function toAnchors(grids: readonly AnchorGrid[], input: SizePx): readonly Box[] {
  return grids.flatMap(({ rows, columns, sizes }) =>
    Array.from({ length: rows * columns }, (_, cell) => cell).flatMap((cell) =>
      sizes.map(([w, h]) => {
        const u = (((cell % columns) + 0.5) / columns) * input.widthPx;
        const v = ((Math.floor(cell / columns) + 0.5) / rows) * input.heightPx;
        return boxAround(u, v, w * input.widthPx, h * input.heightPx);
      }),
    ),
  );
}

/** Source: Liu et al., SSD: Single Shot MultiBox Detector, 2016, section 2.2; variances as in its Caffe code. */
export function decodeSsd(output: SsdOutput, minConfidence: number): RawDetection[] {
  const { offsets, scores, classes, anchors, axes, variances } = output;
  const skipped = output.background ? 1 : 0;
  const row = classes + skipped;
  const [across, down] = axes === 'uv' ? [0, 1] : [1, 0];
  return anchors.flatMap((anchor, index) => {
    const best = strongest(scores, index * row + skipped, classes);
    const confidence = activate(output, index * row, row, best.value);
    if (confidence < minConfidence) return [];
    const offset = (column: number, by: number): number => (offsets[index * 4 + column] ?? 0) * by;
    const u = anchor.x + anchor.w / 2 + offset(across, variances[0]) * anchor.w;
    const v = anchor.y + anchor.h / 2 + offset(down, variances[0]) * anchor.h;
    const w = anchor.w * Math.exp(offset(2 + across, variances[1]));
    const h = anchor.h * Math.exp(offset(2 + down, variances[1]));
    return [{ classIndex: best.index, confidence, box: boxAround(u, v, w, h) }];
  });
}

function activate({ scores, activation }: SsdOutput, start: number, count: number, score: number): number {
  if (activation === 'none') return score;
  if (activation === 'sigmoid') return sigmoid(score);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.exp((scores[start + i] ?? 0) - score);
  return 1 / sum;
}
