import type { SizePx } from '../../geo/frames.ts';
import { boxAround, type RawDetection, sigmoid, strongest } from './raw-detection.ts';

/** The two outputs of an RT-DETR, D-FINE, DEIM or RF-DETR as it was trained, flat. */
export interface DetrOutput {
  /** (1, queries, classes), before the sigmoid. */
  readonly logits: Float32Array;
  /** (1, queries, 4): u and v of the middle, w, h, as shares of the input. */
  readonly boxes: Float32Array;
  readonly classes: number;
  readonly input: SizePx;
}

/** The strongest class of each query. Source: Zhu et al., Deformable DETR, 2021 (classes by sigmoid, boxes by shares). */
export function decodeDetr(output: DetrOutput, minConfidence: number): RawDetection[] {
  const { logits, boxes, classes, input } = output;
  const found: RawDetection[] = [];
  for (let query = 0; query * classes < logits.length; query++) {
    const best = strongest(logits, query * classes, classes);
    const confidence = sigmoid(best.value);
    if (confidence < minConfidence) continue;
    const share = (column: number): number => boxes[query * 4 + column] ?? 0;
    const [u, w] = [share(0) * input.widthPx, share(2) * input.widthPx];
    const [v, h] = [share(1) * input.heightPx, share(3) * input.heightPx];
    found.push({ classIndex: best.index, confidence, box: boxAround(u, v, w, h) });
  }
  return found;
}

/** The three outputs of such a network that was exported with its last steps, for an input of its own size, flat. */
export interface DetrListOutput {
  /** (1, objects): numbers of classes. */
  readonly labels: Float32Array;
  /** (1, objects, 4): left, top, right, bottom, px of the input. */
  readonly boxes: Float32Array;
  /** (1, objects), 0–1. */
  readonly scores: Float32Array;
}

/** Objects as the network lists them. Source: the exports of D-FINE and DEIM (tools/deployment/export_onnx.py). */
export function decodeDetrList({ labels, boxes, scores }: DetrListOutput, minConfidence: number): RawDetection[] {
  const found: RawDetection[] = [];
  scores.forEach((confidence, index) => {
    if (confidence < minConfidence) return;
    const [x = 0, y = 0, right = 0, bottom = 0] = boxes.subarray(index * 4, index * 4 + 4);
    found.push({ classIndex: labels[index] ?? 0, confidence, box: { x, y, w: right - x, h: bottom - y } });
  });
  return found;
}
