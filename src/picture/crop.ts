import type { Box, SizePx } from '../geo/frames.ts';
import type { Image } from './image.ts';

/** The part of an image inside a box (widened to whole pixels, cut at the image's border). */
export function cropImage(image: Image, box: Box): Image | undefined {
  const inside = pixelsInside(box, image.sizePx);
  if (!inside) return undefined;
  const rgb = new Uint8Array(inside.w * inside.h * 3);
  for (let row = 0; row < inside.h; row++) {
    const start = ((inside.y + row) * image.sizePx.widthPx + inside.x) * 3;
    rgb.set(image.rgb.subarray(start, start + inside.w * 3), row * inside.w * 3);
  }
  return { sizePx: { widthPx: inside.w, heightPx: inside.h }, rgb };
}

/** A box grown on each side by a share of its longer side. */
export function growBox(box: Box, ratio: number): Box {
  const by = Math.max(box.w, box.h) * ratio;
  return { x: box.x - by, y: box.y - by, w: box.w + 2 * by, h: box.h + 2 * by };
}

/** Every pixel that a box touches, as a box of whole numbers inside the picture; undefined: none. */
export function pixelsInside(box: Box, sizePx: SizePx): Box | undefined {
  const x = Math.max(0, Math.floor(box.x));
  const y = Math.max(0, Math.floor(box.y));
  const w = Math.min(sizePx.widthPx, Math.ceil(box.x + box.w)) - x;
  const h = Math.min(sizePx.heightPx, Math.ceil(box.y + box.h)) - y;
  return w > 0 && h > 0 ? { x, y, w, h } : undefined;
}
