import type { Box, SizePx } from '../../geo/frames.ts';

/** A window of a photo that a detector is given, px of the photo. */
export interface Slice extends Box {
  /** Boxes whose longer side is below this are left to other slices, which show them larger; undefined: none. */
  readonly minBoxPx?: number;
  /** Slices of one number are one look at the photo, and looks vote on what each found (`vote.ts`); undefined: 0. */
  readonly view?: number;
}

/**
 * Windows of a photo that a detector is given one by one: they cover every pixel, keep inside the photo, and
 * neighbours share at least `overlapRatio` of a side. A photo smaller than a slice is one slice of its own size.
 */
export function planSlices(photo: SizePx, slice: SizePx, overlapRatio: number): readonly Box[] {
  const w = Math.min(slice.widthPx, photo.widthPx);
  const h = Math.min(slice.heightPx, photo.heightPx);
  const columns = starts(photo.widthPx, w, overlapRatio);
  const rows = starts(photo.heightPx, h, overlapRatio);
  return rows.flatMap((y) => columns.map((x) => ({ x, y, w, h })));
}

/** Evenly spread, the first at 0 and the last at the end. */
function starts(lengthPx: number, sidePx: number, overlapRatio: number): readonly number[] {
  const room = lengthPx - sidePx;
  if (room <= 0) return [0];
  const stepPx = Math.max(1, Math.floor(sidePx * (1 - overlapRatio)));
  const steps = Math.ceil(room / stepPx);
  return Array.from({ length: steps + 1 }, (_, index) => Math.floor((room * index) / steps));
}
