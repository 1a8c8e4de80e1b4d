import type { Box, SizePx } from '../geo/frames.ts';
import type { Detection } from './detection.ts';
import { mergeDetections, type SliceDetection } from './nms.ts';
import { planSlices } from './slicing.ts';

/** A box this close to the edge of its slice may go on behind it, px of the photo. */
const edgePx = 2;
const fillingShare = 0.85;

/**
 * Gives each slice of a photo to `detectSlice` (boxes in the photo's pixels), and at last the whole photo, for what is
 * larger than the strip two slices share and may be cut in both; makes one list of the answers.
 */
export async function detectOnSlices(
  photo: SizePx,
  slicing: { readonly sidePx: number; readonly overlapRatio: number },
  detectSlice: (slice: Box) => Promise<readonly Detection[]>,
  mergeIou: number,
): Promise<readonly Detection[]> {
  const { sidePx, overlapRatio } = slicing;
  const slices = planSlices(photo, { widthPx: sidePx, heightPx: sidePx }, overlapRatio);
  const found: SliceDetection[] = [];
  for (const slice of slices) {
    const inSlice = (await detectSlice(slice)).filter(({ box }) => !fills(box, slice, photo));
    found.push(...inSlice.map((detection) => ({ ...detection, cut: isCut(detection.box, slice, photo) })));
  }
  if (slices.length > 1) {
    const whole = await detectSlice({ x: 0, y: 0, w: photo.widthPx, h: photo.heightPx });
    const large = whole.filter(({ box }) => Math.max(box.w, box.h) >= sidePx * overlapRatio);
    found.push(...large.map((detection) => ({ ...detection, cut: false })));
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
