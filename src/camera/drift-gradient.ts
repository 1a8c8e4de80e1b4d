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

/** The same picture at half its size, or a smaller part of it: `times` is whole. */
export function shrink({ sizePx, grey, factor }: GreyImage, times: number): GreyImage {
  const widthPx = Math.floor(sizePx.widthPx / times);
  const heightPx = Math.floor(sizePx.heightPx / times);
  const smaller = new Uint8Array(widthPx * heightPx);
  const share = 1 / (times * times);
  for (let row = 0; row < heightPx; row++) {
    for (let col = 0; col < widthPx; col++) {
      let sum = 0;
      for (let line = 0; line < times; line++) {
        const start = (row * times + line) * sizePx.widthPx + col * times;
        for (let step = 0; step < times; step++) sum += grey[start + step] as number;
      }
      smaller[row * widthPx + col] = sum * share + 0.5;
    }
  }
  return { sizePx: { widthPx, heightPx }, grey: smaller, factor: factor * times };
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
