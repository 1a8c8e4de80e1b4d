import type { GreyImage } from '../picture/grey.ts';

/** How brightness rises over a picture: its direction counts in full wherever it rises at all clearly. */
export interface GradientField {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels of the photo along one of these. */
  readonly factor: number;
  /** (heightPx, widthPx, 2): right, down; length 0–1. */
  readonly slopes: Float32Array;
}

/** Width, px, under which a picture is not halved any more. */
const coarsestPx = 160;

/** A picture, its half, its quarter and so on. */
export type Pyramid = readonly [GreyImage, ...GreyImage[]];

export function pyramidOf(grey: GreyImage): Pyramid {
  const levels: [GreyImage, ...GreyImage[]] = [grey];
  for (let level = grey; level.sizePx.widthPx > coarsestPx; ) {
    level = halve(level);
    levels.push(level);
  }
  return levels;
}

function halve({ sizePx, grey, factor }: GreyImage): GreyImage {
  const widthPx = sizePx.widthPx >> 1;
  const heightPx = sizePx.heightPx >> 1;
  const smaller = new Uint8Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row++) {
    let above = 2 * row * sizePx.widthPx;
    let below = above + sizePx.widthPx;
    for (let col = 0; col < widthPx; col++, above += 2, below += 2) {
      const upper = (grey[above] as number) + (grey[above + 1] as number);
      smaller[row * widthPx + col] = (upper + (grey[below] as number) + (grey[below + 1] as number) + 2) >> 2;
    }
  }
  return { sizePx: { widthPx, heightPx }, grey: smaller, factor: factor * 2 };
}

/** Grey levels a pixel over which a slope counts by half: sensor noise that is left after shrinking lies below. */
export const halfSlope = 4;

/** Slopes by central differences, pressed to lengths under 1 so that light and haze change little. */
export function gradientField({ sizePx, grey, factor }: GreyImage): GradientField {
  const { widthPx, heightPx } = sizePx;
  const slopes = new Float32Array(widthPx * heightPx * 2);
  for (let row = 1; row < heightPx - 1; row++) {
    for (let col = 1; col < widthPx - 1; col++) {
      const at = row * widthPx + col;
      const right = ((grey[at + 1] as number) - (grey[at - 1] as number)) / 2;
      const down = ((grey[at + widthPx] as number) - (grey[at - widthPx] as number)) / 2;
      const share = 1 / (Math.sqrt(right * right + down * down) + halfSlope);
      slopes[2 * at] = right * share;
      slopes[2 * at + 1] = down * share;
    }
  }
  return { widthPx, heightPx, factor, slopes };
}
