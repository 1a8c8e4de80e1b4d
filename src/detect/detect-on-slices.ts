import type { Box, SizePx } from '../geo/frames.ts';
import type { Detection } from './detection.ts';
import { mergeDetections, type SliceDetection } from './nms.ts';

/** A box this close to the edge of its slice may go on behind it, px of the photo. */
const edgePx = 2;

/** Gives each slice of a photo to `detectSlice` (boxes in the photo's pixels) and makes one list of the answers. */
export async function detectOnSlices(
  photo: SizePx,
  slices: readonly Box[],
  detectSlice: (slice: Box) => Promise<readonly Detection[]>,
  mergeIou: number,
): Promise<readonly Detection[]> {
  const found: SliceDetection[] = [];
  for (const slice of slices) {
    for (const detection of await detectSlice(slice)) {
      const box = clip(detection.box, photo);
      if (box) found.push({ ...detection, box, cut: isCut(detection.box, slice, photo) });
    }
  }
  return mergeDetections(found, mergeIou);
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
