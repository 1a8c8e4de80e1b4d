import type { Box, Pixel, SizePx } from '../geo/frames.ts';
import { textBox } from '../picture/shapes.ts';

/** Colours that stay apart on grass, rock, snow and water, also for most colour-blind eyes. */
export const colours = {
  grid: '#7dffb2',
  ring: '#ffffff',
  horizon: '#4dd2ff',
  skyline: '#ff5ad1',
  shore: '#2f9bff',
  zone: '#ff9a3d',
  gcp: '#ffd400',
  reprojected: '#ffffff',
  outlier: '#ff3b30',
  text: '#ffffff',
} as const;

/** How many times a residual is drawn longer than it is. */
export const residualScale = 10;

/** Lengths of what is drawn on a photo, and what is on it already: labels keep off each other. */
export interface Sheet {
  readonly sizePx: SizePx;
  readonly strokePx: number;
  readonly letterPx: number;
  readonly taken: Box[];
}

/** A sheet over a photo: legible at any size, since lengths follow it. */
export function layOutSheet(sizePx: SizePx): Sheet {
  const unit = Math.max(sizePx.widthPx, sizePx.heightPx) / 1920;
  return { sizePx, strokePx: Math.max(1, 1.4 * unit), letterPx: Math.max(9, 13 * unit), taken: [] };
}

/**
 * The first of some places where a text would lie inside the photo and on nothing else; the place is taken then.
 * `places` are top-left corners.
 */
export function placeText(sheet: Sheet, text: string, places: Iterable<Pixel>): Pixel | undefined {
  const padPx = 2 * sheet.strokePx;
  for (const place of places) {
    const { x, y, w, h } = textBox(text, place, sheet.letterPx);
    const box = { x: x - padPx, y: y - padPx, w: w + 2 * padPx, h: h + 2 * padPx };
    if (box.x < 0 || box.y < 0 || box.x + box.w > sheet.sizePx.widthPx || box.y + box.h > sheet.sizePx.heightPx)
      continue;
    if (sheet.taken.some((other) => overlap(box, other))) continue;
    sheet.taken.push(box);
    return place;
  }
  return undefined;
}

/** True when two boxes share some of the picture. */
export function overlap(one: Box, two: Box): boolean {
  return one.x < two.x + two.w && two.x < one.x + one.w && one.y < two.y + two.h && two.y < one.y + one.h;
}
