import type { Box, Pixel } from '../geo/frames.ts';

/** Where a box meets the ground, with one standard deviation along u and along v, px. */
export interface Foot {
  readonly pixel: Pixel;
  readonly sigmaUPx: number;
  readonly sigmaVPx: number;
}

/** What a detector's box edge is off at least, px, and as a share of the box's height. An assumption until it is measured per model. */
const leastPx = 1;
const shareOfHeight = 0.06;

/** The middle of the lower edge of a box. Tall boxes are near things, whose edges are vaguer in px. */
export function footOf({ x, y, w, h }: Box): Foot {
  const sigma = Math.hypot(leastPx, shareOfHeight * h);
  return { pixel: { u: x + w / 2, v: y + h }, sigmaUPx: sigma, sigmaVPx: sigma };
}
