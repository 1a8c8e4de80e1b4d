import type { Box, SizePx } from '../geo/frames.ts';
import type { Detection } from './detection.ts';
import { mergeDetections, type SliceDetection } from './nms.ts';
import { planSlices, type Slice } from './slicing.ts';

/** A box this close to the edge of its slice may go on behind it, px of the photo. */
const edgePx = 2;
const fillingShare = 0.85;

/** Slices of one size, and at last the whole photo, for what is larger than the strip two slices share. */
export function planLooks(
  photo: SizePx,
  { sidePx, overlapRatio }: { readonly sidePx: number; readonly overlapRatio: number },
): readonly Slice[] {
  const slices = planSlices(photo, { widthPx: sidePx, heightPx: sidePx }, overlapRatio);
  const whole = { x: 0, y: 0, w: photo.widthPx, h: photo.heightPx, minBoxPx: sidePx * overlapRatio };
  return slices.length > 1 ? [...slices, whole] : slices;
}

/** Gives each slice of a photo to `detectSlice` (boxes in the photo's pixels); makes one list of the answers. */
export async function detectOnSlices(
  photo: SizePx,
  slices: readonly Slice[],
  detectSlice: (slice: Box) => Promise<readonly Detection[]>,
  mergeIou: number,
): Promise<readonly Detection[]> {
  const found: SliceDetection[] = [];
  for (const slice of slices) {
    const { minBoxPx = 0 } = slice;
    const inSlice = (await detectSlice(slice)).filter(
      ({ box }) => !fills(box, slice, photo) && Math.max(box.w, box.h) >= minBoxPx,
    );
    found.push(...inSlice.map((detection) => ({ ...detection, cut: isCut(detection.box, slice, photo) })));
  }
  const inside = found.flatMap((detection) => {
    const box = clip(detection.box, photo);
    return box ? [{ ...detection, box }] : [];
  });
  return mergeDetections(inside, mergeIou);
}

/**
 * True where a box is about as wide or as high as a slice that shows a part of the photo: a network shown nothing but
 * texture often calls all of it one object, and a true object of that size is seen on the whole photo.
 */
function fills(box: Box, slice: Box, photo: SizePx): boolean {
  const wide = slice.w < photo.widthPx && box.w >= fillingShare * slice.w;
  const high = slice.h < photo.heightPx && box.h >= fillingShare * slice.h;
  return wide || high;
}

/** True where a box reaches a slice's edge that is not the photo's own. */
function isCut(box: Box, slice: Box, photo: SizePx): boolean {
  const left = slice.x > 0 && box.x <= slice.x + edgePx;
  const top = slice.y > 0 && box.y <= slice.y + edgePx;
  const right = slice.x + slice.w < photo.widthPx && box.x + box.w >= slice.x + slice.w - edgePx;
  const bottom = slice.y + slice.h < photo.heightPx && box.y + box.h >= slice.y + slice.h - edgePx;
  return left || top || right || bottom;
}

function clip(box: Box, photo: SizePx): Box | undefined {
  const x = Math.max(0, box.x);
  const y = Math.max(0, box.y);
  const w = Math.min(photo.widthPx, box.x + box.w) - x;
  const h = Math.min(photo.heightPx, box.y + box.h) - y;
  return w > 0 && h > 0 ? { x, y, w, h } : undefined;
}
