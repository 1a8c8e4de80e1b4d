import type { SizePx } from '../geo/frames.ts';
import { rasterizeSvg } from '../picture/codec.ts';
import type { Image } from '../picture/image.ts';
import { letteringWidth, letterPath } from '../picture/lettering.ts';

/** Height of the strip of text at the bottom of a picture, px. */
export function stripHeightPx({ heightPx }: SizePx): number {
  return Math.round(heightPx * 0.03);
}

/** Writes camera, time and temperature over the bottom of a picture, as such cameras do. */
export async function stampStrip(image: Image, left: string, right: string): Promise<void> {
  const { widthPx, heightPx } = image.sizePx;
  const barPx = stripHeightPx(image.sizePx);
  const letterPx = barPx * 0.48;
  const top = (barPx - letterPx) / 2;
  const path =
    letterPath(left, barPx * 0.5, top, letterPx) +
    letterPath(right, widthPx - letteringWidth(right, letterPx) - barPx * 0.4, top, letterPx);
  const { rgba } = await rasterizeSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${barPx}"><rect width="100%" height="100%" fill="#0b0c0e" fill-opacity="0.82"/><path d="${path}" fill="none" stroke="#f2f2ee" stroke-width="${letterPx * 0.13}" stroke-linecap="round" stroke-linejoin="round"/></svg>`,
  );
  const start = (heightPx - barPx) * widthPx;
  for (let pixel = 0; pixel < widthPx * barPx; pixel++) {
    const share = (rgba[pixel * 4 + 3] as number) / 255;
    for (let c = 0; c < 3; c++) {
      const at = (start + pixel) * 3 + c;
      image.rgb[at] = Math.round((image.rgb[at] as number) * (1 - share) + (rgba[pixel * 4 + c] as number) * share);
    }
  }
}
