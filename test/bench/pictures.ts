import type { SizePx } from '../../src/geo/frames.ts';
import { encodeJpeg } from '../../src/picture/codec.ts';
import type { Image } from '../../src/picture/image.ts';

export const sizePx = { widthPx: 1920, heightPx: 1080 };

/** A picture of squares under noise; each seed gives another one. */
export function makeImage(seed: number, size: SizePx = sizePx): Image {
  const { widthPx, heightPx } = size;
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let at = 0; at < rgb.length; at++) {
    const pixel = Math.floor(at / 3);
    const square = ((pixel % widthPx) >> 6) + (Math.floor(pixel / widthPx) >> 6);
    rgb[at] = 60 + (square % 2) * 80 + ((at * 7919 + seed) % 31);
  }
  return { sizePx: size, rgb };
}

/** The same as a JPEG that was taken `minutes` after noon, at most a day. */
export function makePhoto(minutes: number, size: SizePx = sizePx): Promise<Uint8Array> {
  const [date = '', time = ''] = new Date(Date.UTC(2025, 6, 14, 12, minutes)).toISOString().split(/[T.]/);
  return encodeJpeg(makeImage(minutes, size), 85, { takenAtLocal: `${date.replaceAll('-', ':')} ${time}` });
}
