import { encodeJpeg } from '../../src/picture/codec.ts';
import type { Image } from '../../src/picture/image.ts';

export const sizePx = { widthPx: 1920, heightPx: 1080 };

/** A 1080p picture of squares under noise; each seed gives another one. */
export function makeImage(seed: number): Image {
  const { widthPx, heightPx } = sizePx;
  const rgb = Uint8Array.from({ length: widthPx * heightPx * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const square = ((pixel % widthPx) >> 6) + (Math.floor(pixel / widthPx) >> 6);
    return 60 + (square % 2) * 80 + ((at * 7919 + seed) % 31);
  });
  return { sizePx, rgb };
}

/** The same as a JPEG that was taken `minutes` after noon, at most a day. */
export function makePhoto(minutes: number): Promise<Uint8Array> {
  const [date = '', time = ''] = new Date(Date.UTC(2025, 6, 14, 12, minutes)).toISOString().split(/[T.]/);
  return encodeJpeg(makeImage(minutes), 85, { takenAtLocal: `${date.replaceAll('-', ':')} ${time}` });
}
