import type { SizePx } from '../../geo/frames.ts';
import { boxAround, type RawDetection, sigmoid, strongest } from './raw-detection.ts';

/** The one output of a FastestDet, flat. */
export interface FastestdetOutput {
  /** (1, 5 + classes, rows, columns): how sure of an object, 0–1; shift u, shift v, w and h as logits; each class, 0–1. */
  readonly planes: Float32Array;
  readonly classes: number;
  readonly rows: number;
  readonly columns: number;
  readonly input: SizePx;
}

/** Source: github.com/dog-qiuqiu/FastestDet (BSD-3-Clause), the post-processing of its ONNX example. */
export function decodeFastestdet(output: FastestdetOutput, minConfidence: number): RawDetection[] {
  const { planes, classes, rows, columns, input } = output;
  const size = rows * columns;
  const found: RawDetection[] = [];
  for (let cell = 0; cell < size; cell++) {
    const plane = (number: number): number => planes[number * size + cell] ?? 0;
    const best = strongest(planes, 5 * size + cell, classes, size);
    const confidence = plane(0) ** 0.6 * best.value ** 0.4;
    if (confidence < minConfidence) continue;
    const u = (((cell % columns) + Math.tanh(plane(1))) / columns) * input.widthPx;
    const v = ((Math.floor(cell / columns) + Math.tanh(plane(2))) / rows) * input.heightPx;
    const box = boxAround(u, v, sigmoid(plane(3)) * input.widthPx, sigmoid(plane(4)) * input.heightPx);
    found.push({ classIndex: best.index, confidence, box });
  }
  return found;
}
