import type { SizePx } from '../geo/frames.ts';
import type { CalibrationRequest } from './calibration-request.ts';

/** A focal length as far as it is known: its mean and one standard deviation, px. */
export interface FocalPrior {
  readonly focalPx: number;
  readonly sigmaPx: number;
}

/** A lens of 6 mm is one of 5.8 to 6.2, more when it looks at near things; sensor widths are rounded too. */
const nominalSigma = 0.04;

/** The focal length in px of a lens of `focalMm` (its own, not the 35 mm equivalent) on a sensor of that width; the longer side of the picture lies along it. */
function focalFromMm(focalMm: number, sensorWidthMm: number, { widthPx, heightPx }: SizePx): FocalPrior {
  const focalPx = (focalMm / sensorWidthMm) * Math.max(widthPx, heightPx);
  return { focalPx, sigmaPx: nominalSigma * focalPx };
}

/** What people and photos say of a lens; what is absent was not said. */
export interface ToldFocal {
  readonly focalPx?: number | undefined;
  /** Of the lens itself, not the 35 mm equivalent, mm. */
  readonly focalMm?: number | undefined;
  readonly sensorWidthMm?: number | undefined;
  /** What the photo's EXIF says. */
  readonly exif?: { readonly focalMm: number | undefined; readonly px: FocalPrior | undefined } | undefined;
}

/** The focal length to start from. What a person says wins over what the photo says; neither says any: undefined. */
export function chooseFocal(told: ToldFocal, sizePx: SizePx): Pick<CalibrationRequest, 'focalPx' | 'focalSigmaPx'> {
  const { focalPx, focalMm, sensorWidthMm, exif } = told;
  if (focalPx !== undefined) return { focalPx };
  const lensMm = focalMm ?? exif?.focalMm;
  const found =
    lensMm !== undefined && sensorWidthMm !== undefined ? focalFromMm(lensMm, sensorWidthMm, sizePx) : exif?.px;
  return found ? { focalPx: found.focalPx, focalSigmaPx: found.sigmaPx } : {};
}
