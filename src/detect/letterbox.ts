import type { Box, SizePx } from '../geo/frames.ts';

/** How a slice lies in the input of a network: at its top-left corner, scaled. */
export interface Placement {
  /** Size of the scaled slice, px of the input. */
  readonly sizePx: SizePx;
  /** Input px per slice px. */
  readonly scaleX: number;
  readonly scaleY: number;
}

/** Where a slice comes to lie: 'letterbox' keeps its proportions, 'stretch' fills the input. */
export function placeSlice(slice: SizePx, input: SizePx, fit: 'letterbox' | 'stretch'): Placement {
  const fitX = input.widthPx / slice.widthPx;
  const fitY = input.heightPx / slice.heightPx;
  const both = Math.min(fitX, fitY);
  const widthPx = fit === 'stretch' ? input.widthPx : Math.max(1, Math.round(slice.widthPx * both));
  const heightPx = fit === 'stretch' ? input.heightPx : Math.max(1, Math.round(slice.heightPx * both));
  return { sizePx: { widthPx, heightPx }, scaleX: widthPx / slice.widthPx, scaleY: heightPx / slice.heightPx };
}

/** From a box in the network's input to one in the photo, for a slice that lies at `slice` in the photo. */
export function toPhotoBox(box: Box, placement: Placement, slice: Box): Box {
  return {
    x: slice.x + box.x / placement.scaleX,
    y: slice.y + box.y / placement.scaleY,
    w: box.w / placement.scaleX,
    h: box.h / placement.scaleY,
  };
}
