import type { Box } from '../geo/frames.ts';

/** Sizes of objects that are judged apart. */
export interface SizeBand {
  readonly name: string;
  readonly holds: (box: Box, areaPx2: number) => boolean;
}

/** Source: pycocotools, Params.setDetParams: both limits belong to the band, so a box of 1,024 px² is small and medium. */
const byArea = (name: string, from: number, to: number): SizeBand => ({
  name,
  holds: (_box, areaPx2) => !(areaPx2 < from || areaPx2 > to),
});

const byHeight = (name: string, from: number, to: number): SizeBand => ({
  name,
  holds: ({ h }) => h >= from && h < to,
});

export const allSizes = byArea('all', 0, 1e10);

/** The sizes of the COCO benchmark, by area. */
export const cocoBands = [
  allSizes,
  byArea('small', 0, 32 ** 2),
  byArea('medium', 32 ** 2, 96 ** 2),
  byArea('large', 96 ** 2, 1e10),
] as const;

/** Pixel heights, from (included) to (excluded): what a person far off and near measures on a photo of a lake. */
export const heightLimits = [
  [0, 16],
  [16, 32],
  [32, 64],
  [64, Number.POSITIVE_INFINITY],
] as const;

export const heightBands = heightLimits.map(([from, to]) => byHeight(heightName(from, to), from, to));

/** What tables call a band of heights, px. */
function heightName(from: number, to: number): string {
  if (from === 0) return `< ${to}`;
  return Number.isFinite(to) ? `${from}–${to}` : `≥ ${from}`;
}
