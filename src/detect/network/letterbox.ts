import type { Box, SizePx } from '../../geo/frames.ts';

/** How a scaled slice lies in the input of a network. */
export interface Placement {
  /** Size of the scaled slice, px of the input. */
  readonly sizePx: SizePx;
  /** Input px per slice px. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** Top-left corner of the scaled slice, whole px of the input. */
  readonly x: number;
  readonly y: number;
}

/** What a manifest's `input` says of fitting. */
export interface Fitting extends SizePx {
  readonly fit: 'letterbox' | 'stretch';
  readonly place: 'top-left' | 'centre';
}

/** Where a slice comes to lie: 'letterbox' keeps its proportions, 'stretch' fills the input. */
export function placeSlice(slice: SizePx, input: Fitting): Placement {
  const { fit, place } = input;
  const fitX = input.widthPx / slice.widthPx;
  const fitY = input.heightPx / slice.heightPx;
  const both = Math.min(fitX, fitY);
  const widthPx = fit === 'stretch' ? input.widthPx : Math.max(1, Math.round(slice.widthPx * both));
  const heightPx = fit === 'stretch' ? input.heightPx : Math.max(1, Math.round(slice.heightPx * both));
  const before = (roomPx: number): number => (place === 'centre' ? Math.floor(roomPx / 2) : 0);
  return {
    sizePx: { widthPx, heightPx },
    scaleX: widthPx / slice.widthPx,
    scaleY: heightPx / slice.heightPx,
    x: before(input.widthPx - widthPx),
    y: before(input.heightPx - heightPx),
  };
}

/** From a box in the network's input to one in the photo, for a slice that lies at `slice` in the photo. */
export function toPhotoBox(box: Box, placement: Placement, slice: Box): Box {
  return {
    x: slice.x + (box.x - placement.x) / placement.scaleX,
    y: slice.y + (box.y - placement.y) / placement.scaleY,
    w: box.w / placement.scaleX,
    h: box.h / placement.scaleY,
  };
}
