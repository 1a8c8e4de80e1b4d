import type { Box, Pixel } from '../geo/frames.ts';
import { overlaySvg } from './codec.ts';
import type { Image } from './image.ts';
import { letteringWidth, letterPath } from './lettering.ts';

/** Something to draw on a picture. Colours are CSS colours, lengths px. */
export type Shape =
  | {
      readonly kind: 'line';
      readonly pixels: readonly Pixel[];
      readonly colour: string;
      readonly widthPx: number;
      /** 0–1; absent: 1. */
      readonly opacity?: number;
      /** Drawn and left out, in turn; absent: one stroke. */
      readonly dashPx?: readonly number[];
      /** A dark edge, so that the line shows on bright ground. */
      readonly edged?: boolean;
    }
  | {
      readonly kind: 'circle';
      readonly centre: Pixel;
      readonly radiusPx: number;
      readonly colour: string;
      readonly widthPx: number;
    }
  | { readonly kind: 'plate'; readonly box: Box; readonly opacity: number }
  /** One line of text, its top-left corner at `at`, with a dark edge. */
  | {
      readonly kind: 'text';
      readonly at: Pixel;
      readonly text: string;
      readonly heightPx: number;
      readonly colour: string;
    };

/** Draws shapes on a copy of an image, the first ones lowest. */
export async function drawShapes(image: Image, shapes: readonly Shape[]): Promise<Image> {
  const { widthPx, heightPx } = image.sizePx;
  const body = shapes.map(shapeSvg).join('');
  return overlaySvg(
    image,
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" fill="none" stroke-linecap="round" stroke-linejoin="round">${body}</svg>`,
  );
}

function shapeSvg(shape: Shape): string {
  switch (shape.kind) {
    case 'line': {
      const dash = shape.dashPx ? ` stroke-dasharray="${shape.dashPx.join(' ')}"` : '';
      return stroke(
        linePath(shape.pixels),
        shape,
        `${dash} stroke-opacity="${shape.opacity ?? 1}"`,
        shape.edged ?? false,
      );
    }
    case 'circle': {
      const { centre, radiusPx: r, widthPx } = shape;
      const ring = (colour: string, width: number) =>
        `<circle cx="${round(centre.u)}" cy="${round(centre.v)}" r="${r}" stroke="${colour}" stroke-width="${width}"/>`;
      return ring(edgeColour, widthPx * 2.2) + ring(shape.colour, widthPx);
    }
    case 'plate': {
      const { x, y, w, h } = shape.box;
      return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="#000" fill-opacity="${shape.opacity}"/>`;
    }
    case 'text': {
      const { at, text, heightPx, colour } = shape;
      return stroke(letterPath(text, at.u, at.v, heightPx), { colour, widthPx: heightPx / 7 }, '', true);
    }
  }
}

const edgeColour = 'rgba(0,0,0,0.65)';

function stroke(
  path: string,
  { colour, widthPx }: { colour: string; widthPx: number },
  more: string,
  edged: boolean,
): string {
  const line = (lineColour: string, width: number) =>
    `<path d="${path}" stroke="${lineColour}" stroke-width="${round(width)}"${more}/>`;
  return (edged ? line(edgeColour, widthPx * 2.4) : '') + line(colour, widthPx);
}

/** Points nearer than half a pixel to the last one are left out. */
function linePath(pixels: readonly Pixel[]): string {
  let last: Pixel | undefined;
  const steps: string[] = [];
  for (const [at, pixel] of pixels.entries()) {
    const isNear = last !== undefined && Math.hypot(pixel.u - last.u, pixel.v - last.v) < 0.5;
    if (isNear && at < pixels.length - 1) continue;
    steps.push(`${last ? 'L' : 'M'}${round(pixel.u)} ${round(pixel.v)}`);
    last = pixel;
  }
  return steps.join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The box that a line of text fills with its top-left corner at `at`, px. */
export function textBox(text: string, at: Pixel, heightPx: number): Box {
  return { x: at.u, y: at.v, w: letteringWidth(text, heightPx), h: heightPx };
}
