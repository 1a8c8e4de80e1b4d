import type { Tensor } from './tfjs-graph.ts';

/** A convolution's weights as ONNX wants them: (out, in per group, height, width). */
export interface OnnxKernel extends Tensor {
  readonly shape: readonly [number, number, number, number];
}

/** From TensorFlow's (height, width, in, out), times `scale`. */
export function kernelToOnnx(filter: Tensor, scale: number): OnnxKernel {
  const [h = 0, w = 0, inputs = 0, outputs = 0] = filter.shape;
  const values = new Float32Array(filter.values.length);
  let at = 0;
  for (let out = 0; out < outputs; out++) {
    for (let input = 0; input < inputs; input++) {
      for (let yx = 0; yx < h * w; yx++)
        values[at++] = scale * (filter.values[(yx * inputs + input) * outputs + out] ?? 0);
    }
  }
  return { shape: [outputs, inputs, h, w], values };
}

/** From TensorFlow's (height, width, in, multiplier), times `scale`; each input channel is a group. */
export function depthwiseToOnnx(filter: Tensor, scale: number): OnnxKernel {
  const [h = 0, w = 0, inputs = 0, multiplier = 0] = filter.shape;
  const channels = inputs * multiplier;
  const values = new Float32Array(filter.values.length);
  let at = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let yx = 0; yx < h * w; yx++) values[at++] = scale * (filter.values[yx * channels + channel] ?? 0);
  }
  return { shape: [channels, 1, h, w], values };
}

/** Rows or columns to add on both sides, and the length that comes out. Source: TensorFlow, tf.nn.convolution, SAME and VALID. */
export function padsOf(by: {
  readonly lengthPx: number;
  readonly kernel: number;
  readonly stride: number;
  readonly same: boolean;
}): { readonly before: number; readonly after: number; readonly outPx: number } {
  if (!by.same) return { before: 0, after: 0, outPx: Math.ceil((by.lengthPx - by.kernel + 1) / by.stride) };
  const outPx = Math.ceil(by.lengthPx / by.stride);
  const total = Math.max(0, (outPx - 1) * by.stride + by.kernel - by.lengthPx);
  const before = Math.floor(total / 2);
  return { before, after: total - before, outPx };
}
