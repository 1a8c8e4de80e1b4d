import type { SizePx } from '../geo/frames.ts';

/** A focal length as far as it is known: its mean and one standard deviation, px. */
export interface FocalPrior {
  readonly focalPx: number;
  readonly sigmaPx: number;
}

/** A lens of 6 mm is one of 5.8 to 6.2, more when it looks at near things; sensor widths are rounded too. */
const nominalSigma = 0.04;

/** The focal length in px of a lens of `focalMm` (its own, not the 35 mm equivalent) on a sensor of that width; the longer side of the picture lies along it. */
export function focalFromMm(focalMm: number, sensorWidthMm: number, { widthPx, heightPx }: SizePx): FocalPrior {
  const focalPx = (focalMm / sensorWidthMm) * Math.max(widthPx, heightPx);
  return { focalPx, sigmaPx: nominalSigma * focalPx };
}
