import type { Image } from '../../picture/image.ts';
import type { Manifest } from '../manifest.ts';

/**
 * An image in a network's input, as the manifest says: (1, 3, heightPx, widthPx) or (1, heightPx, widthPx, 3).
 * @param at Where its top-left corner lies in the input, whole px.
 */
export function toTensor(image: Image, input: Manifest['input'], at = { x: 0, y: 0 }): Float32Array {
  const { widthPx, heightPx } = input;
  const plane = widthPx * heightPx;
  const tensor = new Float32Array(3 * plane);
  const [planeStep, step] = input.layout === 'NCHW' ? [plane, 1] : [1, 3];
  const rows = Math.min(heightPx - at.y, image.sizePx.heightPx);
  const columns = Math.min(widthPx - at.x, image.sizePx.widthPx);
  for (let channel = 0; channel < 3; channel++) {
    const source = input.channels === 'RGB' ? channel : 2 - channel;
    const mean = input.mean[channel] ?? 0;
    const factor = 1 / (input.std[channel] ?? 1);
    const values = Float32Array.from({ length: 256 }, (_, value) => (value - mean) * factor);
    const start = channel * planeStep;
    if (rows < heightPx || columns < widthPx) {
      const filled = ((input.fill[source] ?? 0) - mean) * factor;
      for (let pixel = 0; pixel < plane; pixel++) tensor[start + pixel * step] = filled;
    }
    for (let row = 0; row < rows; row++) {
      let from = row * image.sizePx.widthPx * 3 + source;
      let to = start + ((row + at.y) * widthPx + at.x) * step;
      for (let column = 0; column < columns; column++, from += 3, to += step) {
        tensor[to] = values[image.rgb[from] ?? 0] ?? 0;
      }
    }
  }
  return tensor;
}
