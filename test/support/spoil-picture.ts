import type { Image } from '../../src/picture/image.ts';

/** What a veil leaves of a picture: `left` of its contrast, around a light grey. */
export function veil(image: Image, left: number): Image {
  return { ...image, rgb: image.rgb.map((value) => value * left + 205 * (1 - left)) };
}

/** A part of a picture, as shares of its width and height. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Something close before the lens: one colour, a little uneven. */
export function cover(image: Image, part: Part, [red, green, blue]: readonly [number, number, number]): Image {
  const rgb = Uint8Array.from(image.rgb);
  forEachPixel(image, (u, v, at) => {
    if (u < part.x || u >= part.x + part.w || v < part.y || v >= part.y + part.h) return;
    const shade = 1 + 0.05 * Math.sin(7 * u + 5 * v);
    rgb.set([red * shade, green * shade, blue * shade], at);
  });
  return { ...image, rgb };
}

/** Drops on the lens: round parts, each blurred by means over `radiusShare` of the picture's width. */
export function wet(
  image: Image,
  drops: readonly { readonly x: number; readonly y: number; readonly r: number }[],
  radiusShare = 0.015,
): Image {
  const blurred = blur(image, Math.max(1, Math.round(radiusShare * image.sizePx.widthPx)));
  const rgb = Uint8Array.from(image.rgb);
  const tall = image.sizePx.heightPx / image.sizePx.widthPx;
  forEachPixel(image, (u, v, at) => {
    if (!drops.some(({ x, y, r }) => (u - x) ** 2 + (tall * (v - y)) ** 2 < r * r)) return;
    rgb.set(blurred.subarray(at, at + 3), at);
  });
  return { ...image, rgb };
}

function forEachPixel({ sizePx }: Image, visit: (u: number, v: number, at: number) => void): void {
  for (let y = 0; y < sizePx.heightPx; y++) {
    for (let x = 0; x < sizePx.widthPx; x++) {
      visit(x / sizePx.widthPx, y / sizePx.heightPx, 3 * (y * sizePx.widthPx + x));
    }
  }
}

/** Means over squares, twice, which is near enough to a lens out of focus. */
function blur({ sizePx: { widthPx, heightPx }, rgb }: Image, radius: number): Uint8Array {
  let from = Uint8Array.from(rgb);
  for (let pass = 0; pass < 2; pass++) {
    from = meanAlong(from, { count: widthPx, step: 3, lines: heightPx, lineStep: 3 * widthPx }, radius);
    from = meanAlong(from, { count: heightPx, step: 3 * widthPx, lines: widthPx, lineStep: 3 }, radius);
  }
  return from;
}

interface Lines {
  readonly count: number;
  readonly step: number;
  readonly lines: number;
  readonly lineStep: number;
}

function meanAlong(from: Uint8Array<ArrayBuffer>, { count, step, lines, lineStep }: Lines, radius: number) {
  const to = new Uint8Array(from.length);
  for (let line = 0; line < lines; line++) {
    for (let channel = 0; channel < 3; channel++) {
      const start = line * lineStep + channel;
      let sum = 0;
      let n = 0;
      for (let i = 0; i < count + radius; i++) {
        if (i < count) {
          sum += from[start + i * step] ?? 0;
          n++;
        }
        if (i > 2 * radius) {
          sum -= from[start + (i - 2 * radius - 1) * step] ?? 0;
          n--;
        }
        if (i >= radius) to[start + (i - radius) * step] = sum / n;
      }
    }
  }
  return to;
}
