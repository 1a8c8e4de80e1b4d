import type { Box, SizePx } from '../../geo/frames.ts';
import type { Placement } from '../network/letterbox.ts';

/** How much of a photo around a box a classifier was taught to look at. */
export interface CropRule {
  /** Room on each side of the box, as a share of its longer side. */
  readonly contextShare: number;
  /** A crop is no smaller, px of the photo: below that, there is nothing to see but the enlargement. */
  readonly minSidePx: number;
}

/**
 * The square of a photo that shows a box with its surroundings, whole px of the photo; it may reach over the photo's
 * edges. Its side is max(minSidePx, (1 + 2 · contextShare) · longer side), rounded; its middle is the box's, as near
 * as whole pixels let it. Training cuts crops by this rule too (models/training/): change both or neither.
 */
export function cropWindow(box: Box, { contextShare, minSidePx }: CropRule): Box {
  const side = Math.max(minSidePx, Math.round((1 + 2 * contextShare) * Math.max(box.w, box.h)));
  const x = Math.round(box.x + box.w / 2 - side / 2);
  const y = Math.round(box.y + box.h / 2 - side / 2);
  return { x, y, w: side, h: side };
}

/** The part of a window that the photo shows, and where it lies in the input of a network. */
export interface PlacedCrop extends Pick<Placement, 'sizePx' | 'x' | 'y'> {
  /** Whole px of the photo, inside it. */
  readonly part: Box;
}

/**
 * Where a window comes to lie in an input that it fills. What lies outside the photo is left to the input's `fill`
 * (114 grey where left out). The part inside is scaled as slices are (`resize`): linear interpolation, widened to a
 * triangle over all pixels concerned where it shrinks, as Pillow's BILINEAR does.
 * @param window Shares at least one pixel with the photo.
 */
export function placeCrop(window: Box, photo: SizePx, input: SizePx): PlacedCrop {
  const across = placeSide([window.x, window.w], photo.widthPx, input.widthPx);
  const down = placeSide([window.y, window.h], photo.heightPx, input.heightPx);
  return {
    part: { x: across.from, y: down.from, w: across.length, h: down.length },
    sizePx: { widthPx: across.scaledPx, heightPx: down.scaledPx },
    x: across.at,
    y: down.at,
  };
}

function placeSide([start, length]: readonly [number, number], photoPx: number, inputPx: number) {
  const from = Math.max(0, start);
  const to = Math.min(photoPx, start + length);
  const scale = inputPx / length;
  const at = Math.min(inputPx - 1, Math.round((from - start) * scale));
  const end = Math.max(at + 1, Math.round((to - start) * scale));
  return { from, length: to - from, at, scaledPx: end - at };
}
