import type { Detection } from '../detect/detection.ts';
import type { Pixel } from '../geo/frames.ts';

/** Where a box meets the ground, with one standard deviation along u and along v, px. */
export interface Foot {
  readonly pixel: Pixel;
  readonly sigmaUPx: number;
  readonly sigmaVPx: number;
  /** How far the middle of the thing may be from there, one standard deviation in each direction, m; 0: the pixel is the thing. */
  readonly extentSigmaM: number;
}

/** What a detector's box edge is off at least, px, and as a share of the box's height. An assumption until it is measured per model. */
const leastPx = 1;
const shareOfHeight = 0.06;

/**
 * A box's lower edge is the near edge of a thing whose middle is meant, and how deep the thing lies is not seen: of a
 * person 0.1 m standing, 0.3 m sitting, up to 0.9 m lying; of a tent or a boat half its length or half its width.
 */
const extentSigmaM: Readonly<Record<string, number>> = { person: 0.35, animal: 0.35, tent: 0.8, boat: 1 };
const unknownExtentM = 0.5;

/** The middle of the lower edge of a box. Tall boxes are near things, whose edges are vaguer in px. */
export function footOf({ label, box: { x, y, w, h } }: Detection): Foot {
  const sigma = Math.hypot(leastPx, shareOfHeight * h);
  const pixel = { u: x + w / 2, v: y + h };
  return { pixel, sigmaUPx: sigma, sigmaVPx: sigma, extentSigmaM: extentSigmaM[label] ?? unknownExtentM };
}
