import type { Image } from '../picture/image.ts';
import type { Manifest } from './manifest.ts';

/** Grey of the part of the input that no photo covers. */
const fill = 114;

/** An image at the top-left corner of a network's input: (1, 3, heightPx, widthPx), as the manifest says. */
export function toTensor(image: Image, input: Manifest['input']): Float32Array {
  const { widthPx, heightPx } = input;
  const plane = widthPx * heightPx;
  const tensor = new Float32Array(3 * plane);
  const rows = Math.min(heightPx, image.sizePx.heightPx);
  const columns = Math.min(widthPx, image.sizePx.widthPx);
  for (let channel = 0; channel < 3; channel++) {
    const source = input.channels === 'RGB' ? channel : 2 - channel;
    const mean = input.mean[channel] ?? 0;
    const factor = 1 / (input.std[channel] ?? 1);
    const start = channel * plane;
    if (rows < heightPx || columns < widthPx) tensor.fill((fill - mean) * factor, start, start + plane);
    for (let row = 0; row < rows; row++) {
      let from = row * image.sizePx.widthPx * 3 + source;
      const to = start + row * widthPx;
      for (let column = 0; column < columns; column++, from += 3) {
        tensor[to + column] = ((image.rgb[from] ?? 0) - mean) * factor;
      }
    }
  }
  return tensor;
}
