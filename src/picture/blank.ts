import type { Box } from '../geo/frames.ts';
import { pixelsInside } from './crop.ts';
import type { Image } from './image.ts';

/** The grey that networks are shown where a picture ends. */
const grey = 114;

/** The same image with boxes made grey: nothing of what was there is left. */
export function blankBoxes(image: Image, boxes: readonly Box[]): Image {
  if (boxes.length === 0) return image;
  const rgb = image.rgb.slice();
  for (const box of boxes) {
    const area = pixelsInside(box, image.sizePx);
    if (!area) continue;
    for (let row = area.y; row < area.y + area.h; row++) {
      const start = (row * image.sizePx.widthPx + area.x) * 3;
      rgb.fill(grey, start, start + area.w * 3);
    }
  }
  return { sizePx: image.sizePx, rgb };
}
