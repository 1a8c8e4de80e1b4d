import type { SizePx } from '../geo/frames.ts';
import type { Image } from '../picture/image.ts';

/** Size of the thumbnail that pictures are measured on: 12 × 8 blocks of 32 × 32 pixels. */
export const thumbnailSizePx: SizePx = { widthPx: 384, heightPx: 256 };
export const blockGrid = { columns: 12, rows: 8 } as const;
export const statisticsBlocks = blockGrid.columns * blockGrid.rows;

/** What is kept of a picture, so that it can be held against others of its camera without being read again. */
export interface PictureStatistics {
  /** Mean luminance, 0–255. */
  readonly luminance: number;
  /** Upper quartile of the blocks' coarse detail, grey levels: calm water and sky, half of many frames, do not count. */
  readonly contrast: number;
  /** Upper quartile of the blocks' fine detail, grey levels. */
  readonly sharpness: number;
  /** Mean luminance of each block, 0–255; blocks row by row from the top left corner. */
  readonly light: Uint8Array;
  /** Coarse detail of each block, as codes of `toCode`: standard deviation between its 8 × 8 cells. */
  readonly coarse: Uint8Array;
  /** Fine detail of each block, as codes of `toCode`: mean size of the Laplacian. A blur takes it, and leaves the coarse. */
  readonly fine: Uint8Array;
}

/** Codes of a doubling of (1 + grey levels): about 3 % a code, and nothing is made of what is lost in noise. */
export const codesPerDoubling = 24;

const sidePx = 32;
const cellPx = 4;
const cells = sidePx / cellPx;

/** Measures a thumbnail of `thumbnailSizePx`. */
export function measurePicture({ rgb }: Image): PictureStatistics {
  const luminance = toLuminance(rgb);
  const light = new Float64Array(statisticsBlocks);
  const coarse = new Float64Array(statisticsBlocks);
  const fine = new Float64Array(statisticsBlocks);
  for (let block = 0; block < statisticsBlocks; block++) {
    const column = block % blockGrid.columns;
    const from = sidePx * (((block - column) / blockGrid.columns) * thumbnailSizePx.widthPx + column);
    const { mean, deviation } = cellStatistics(luminance, from);
    light[block] = mean;
    coarse[block] = deviation;
    fine[block] = meanLaplacian(luminance, from);
  }
  return {
    luminance: light.reduce((sum, value) => sum + value, 0) / statisticsBlocks,
    contrast: upperQuartile(coarse),
    sharpness: upperQuartile(fine),
    light: Uint8Array.from(light, Math.round),
    coarse: Uint8Array.from(coarse, toCode),
    fine: Uint8Array.from(fine, toCode),
  };
}

function toCode(greyLevels: number): number {
  return Math.round(codesPerDoubling * Math.log2(1 + greyLevels));
}

function upperQuartile(values: Float64Array): number {
  return values.toSorted()[Math.floor(0.75 * (values.length - 1))] ?? 0;
}

/** Luma of each pixel, 0–255. Source: ITU-R BT.601-7, 2.5.1. */
function toLuminance(rgb: Uint8Array): Float64Array {
  const luminance = new Float64Array(rgb.length / 3);
  for (let pixel = 0, at = 0; pixel < luminance.length; pixel++, at += 3) {
    luminance[pixel] = 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
  }
  return luminance;
}

function cellStatistics(luminance: Float64Array, from: number): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (let cell = 0; cell < cells ** 2; cell++) {
    const top = from + cellPx * (Math.floor(cell / cells) * thumbnailSizePx.widthPx + (cell % cells));
    let value = 0;
    for (let pixel = 0; pixel < cellPx ** 2; pixel++) {
      value += luminance[top + Math.floor(pixel / cellPx) * thumbnailSizePx.widthPx + (pixel % cellPx)] ?? 0;
    }
    value /= cellPx ** 2;
    sum += value;
    squares += value * value;
  }
  const mean = sum / cells ** 2;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / cells ** 2 - mean * mean)) };
}

/** Over the inner pixels of a block, so that an edge between two blocks is in neither. */
function meanLaplacian(luminance: Float64Array, from: number): number {
  const { widthPx } = thumbnailSizePx;
  const at = (index: number) => luminance[index] ?? 0;
  let sum = 0;
  for (let y = 1; y < sidePx - 1; y++) {
    for (let x = 1; x < sidePx - 1; x++) {
      const here = from + y * widthPx + x;
      sum += Math.abs(4 * at(here) - at(here - 1) - at(here + 1) - at(here - widthPx) - at(here + widthPx));
    }
  }
  return sum / (4 * (sidePx - 2) ** 2);
}
