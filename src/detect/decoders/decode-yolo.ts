import type { SizePx } from '../../geo/frames.ts';
import { boxAround, type RawDetection, strongest } from './raw-detection.ts';

/** The one output of a YOLO without anchors and without a score of its own for "an object", flat. */
export interface YoloOutput {
  /** (1, 4 + classes, boxes): the middles' u, all v, all w, all h, then for each class how sure, 0–1. */
  readonly planes: Float32Array;
  readonly classes: number;
  readonly boxes: number;
  /** Px of the input per unit of u, v, w, h: 1 and 1, or the input's sides where they are shares of it. */
  readonly unitPx: SizePx;
}

/** The strongest class of every box. Source: the exports that YOLOv8 and its followers share, before suppression. */
export function decodeYolo(output: YoloOutput, minConfidence: number): RawDetection[] {
  const { planes, classes, boxes, unitPx } = output;
  const found: RawDetection[] = [];
  for (let index = 0; index < boxes; index++) {
    const best = strongest(planes, 4 * boxes + index, classes, boxes);
    if (best.value < minConfidence) continue;
    const plane = (number: number): number => planes[number * boxes + index] ?? 0;
    const { widthPx, heightPx } = unitPx;
    const box = boxAround(plane(0) * widthPx, plane(1) * heightPx, plane(2) * widthPx, plane(3) * heightPx);
    found.push({ classIndex: best.index, confidence: best.value, box });
  }
  return found;
}
