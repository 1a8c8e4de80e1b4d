import type { Box } from '../geo/frames.ts';
import { overlaySvg } from './codec.ts';
import type { Image } from './image.ts';
import { letteringWidth, letterPath } from './lettering.ts';

/** A box to draw, with a short text on a plate above it. */
export interface LabelledBox {
  readonly box: Box;
  readonly text: string;
  /** A CSS colour. */
  readonly colour: string;
}

/** Draws boxes and their texts on a copy of an image. */
export async function drawBoxes(image: Image, boxes: readonly LabelledBox[]): Promise<Image> {
  if (boxes.length === 0) return image;
  const { widthPx, heightPx } = image.sizePx;
  const strokePx = Math.max(1.5, Math.max(widthPx, heightPx) / 1200);
  const shapes = boxes.map((entry) => boxSvg(entry, strokePx, widthPx)).join('');
  return overlaySvg(
    image,
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">${shapes}</svg>`,
  );
}

function boxSvg({ box, text, colour }: LabelledBox, strokePx: number, pictureWidthPx: number): string {
  const frame = `<rect x="${box.x}" y="${box.y}" width="${box.w}" height="${box.h}" fill="none" stroke="${colour}" stroke-width="${strokePx}"/>`;
  if (text === '') return frame;
  const letterPx = 5 * strokePx;
  const padPx = 1.5 * strokePx;
  const plate = { w: letteringWidth(text, letterPx) + 2 * padPx, h: letterPx + 2 * padPx };
  const x = Math.max(0, Math.min(box.x, pictureWidthPx - plate.w));
  const y = box.y >= plate.h ? box.y - plate.h : box.y + box.h;
  const path = letterPath(text, x + padPx * 1.3, y + padPx, letterPx);
  return (
    `${frame}<rect x="${x}" y="${y}" width="${plate.w}" height="${plate.h}" fill="#000" fill-opacity="0.6"/>` +
    `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${strokePx * 0.7}" stroke-linecap="round" stroke-linejoin="round"/>`
  );
}
