import type { SizePx } from '../../geo/frames.ts';
import { boxAround, type RawDetection, strongest } from './raw-detection.ts';

/** The one output of a YOLOX, flat. */
export interface YoloxOutput {
  /** (1, cells, 5 + classes): u, v, log w, log h in cells, then how sure of an object and of each class, 0–1. */
  readonly rows: Float32Array;
  readonly classes: number;
  readonly input: SizePx;
  /** Grids come one after the other, row by row. */
  readonly stridesPx: readonly number[];
}

/**
 * Each cell of each grid gives at most one object: its middle is counted from the cell's top-left corner.
 * Source: Ge et al., YOLOX, 2021; the exports of github.com/Megvii-BaseDetection/YOLOX (without --decode_in_inference).
 */
export function decodeYolox(output: YoloxOutput, minConfidence: number): RawDetection[] {
  const { rows, classes, input, stridesPx } = output;
  const at = (index: number): number => rows[index] ?? 0;
  const found: RawDetection[] = [];
  let start = 0;
  for (const stridePx of stridesPx) {
    const columns = Math.ceil(input.widthPx / stridePx);
    const cells = columns * Math.ceil(input.heightPx / stridePx);
    for (let cell = 0; cell < cells; cell++, start += 5 + classes) {
      const sure = at(start + 4);
      if (sure < minConfidence) continue;
      const best = strongest(rows, start + 5, classes);
      const confidence = sure * best.value;
      if (confidence < minConfidence) continue;
      const u = ((cell % columns) + at(start)) * stridePx;
      const v = (Math.floor(cell / columns) + at(start + 1)) * stridePx;
      const box = boxAround(u, v, Math.exp(at(start + 2)) * stridePx, Math.exp(at(start + 3)) * stridePx);
      found.push({ classIndex: best.index, confidence, box });
    }
  }
  return found;
}
