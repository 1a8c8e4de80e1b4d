import type { SizePx } from '../geo/frames.ts';
import type { Image } from '../picture/image.ts';
import type { Visibility } from './photo.ts';

/** Size of the thumbnail that visibility is judged on: 12 × 8 blocks of 8 × 8 pixels. */
export const thumbnailSizePx: SizePx = { widthPx: 96, heightPx: 64 };

/**
 * Mean luminance (0–255) below which a frame is dark: four and a half stops under a frame whose mean is 100, where
 * a person hardly stands out of the sensor's noise. 54 daylight photos outdoors measured 84 to 200.
 */
const darkBelow = 25;

/**
 * Contrast (grey levels) below which a frame is fog. Clear photos of lakes, beaches and mountains measured 7 (a bare
 * desert) to 51; fixed mountain cameras 14 to 48; the same cameras behind a veil that leaves a tenth of the contrast,
 * 1.4 to 4.8. A first, absolute rule: a camera's own history will say better what is usual for it.
 */
const fogBelow = 4;

export interface VisibilityJudgement {
  readonly visibility: Visibility;
  /** 0–255. */
  readonly meanLuminance: number;
  /** Upper quartile of the standard deviation of luminance inside blocks, grey levels: calm water and sky, half of many frames, do not count. */
  readonly contrast: number;
}

/** Judges a thumbnail of `thumbnailSizePx`. */
export function judgeVisibility(thumbnail: Image): VisibilityJudgement {
  const luminance = toLuminance(thumbnail.rgb);
  const meanLuminance = luminance.reduce((sum, value) => sum + value, 0) / luminance.length;
  const deviations = blockDeviations(luminance, thumbnail.sizePx).sort((a, b) => a - b);
  const contrast = deviations[Math.floor(0.75 * (deviations.length - 1))] ?? 0;
  const visibility = meanLuminance < darkBelow ? 'dark' : contrast < fogBelow ? 'fog' : 'usable';
  return { visibility, meanLuminance, contrast };
}

/** Luma of each pixel, 0–255. Source: ITU-R BT.601-7, 2.5.1. */
function toLuminance(rgb: Uint8Array): Float64Array {
  const at = (index: number) => rgb[index] ?? 0;
  return Float64Array.from(
    { length: rgb.length / 3 },
    (_, pixel) => 0.299 * at(3 * pixel) + 0.587 * at(3 * pixel + 1) + 0.114 * at(3 * pixel + 2),
  );
}

const blockSidePx = 8;

function blockDeviations(luminance: Float64Array, { widthPx, heightPx }: SizePx): number[] {
  const deviations: number[] = [];
  for (let top = 0; top + blockSidePx <= heightPx; top += blockSidePx) {
    for (let left = 0; left + blockSidePx <= widthPx; left += blockSidePx) {
      let sum = 0;
      let squares = 0;
      for (let index = 0; index < blockSidePx ** 2; index++) {
        const row = top + Math.floor(index / blockSidePx);
        const value = luminance[row * widthPx + left + (index % blockSidePx)] ?? 0;
        sum += value;
        squares += value * value;
      }
      const mean = sum / blockSidePx ** 2;
      deviations.push(Math.sqrt(Math.max(0, squares / blockSidePx ** 2 - mean * mean)));
    }
  }
  return deviations;
}
