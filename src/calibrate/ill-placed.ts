import { type Bilingual, ServiceError } from '../errors.ts';
import { toEnu } from '../geo/plane.ts';
import type { Calibration } from './calibration.ts';
import type { CalibrationRequest } from './calibration-request.ts';
import type { FreeGroup } from './free.ts';
import { longerSide } from './problem.ts';
import { doubtsOf, elongationOf } from './spread.ts';

/** A calibration that may be this far off somewhere in its picture (1 σ, share of the longer side) is none. */
const largestDoubt = 0.1;

/**
 * Refuses GCPs that leave the camera open because they stand on a line or in a corner.
 * @throws ServiceError gcps-ill-placed
 */
export function checkPlacing(
  request: CalibrationRequest,
  calibration: Calibration | undefined,
  groups: readonly FreeGroup[],
): void {
  const doubtPx = calibration && worstDoubt(calibration);
  if (doubtPx !== undefined && doubtPx <= largestDoubt * longerSide(request.sizePx)) return;
  const why = sayPlacing(request);
  // With points all over the picture a large doubt is only what so few of them can say: the covariance tells it.
  if (!why) return;
  const doubt = doubtPx === undefined ? noCamera : sayDoubt(doubtPx);
  throw new ServiceError('gcps-ill-placed', { count: request.gcps.length, free: groups.join(', '), why, doubt });
}

/** True where the GCPs fix the camera all over its picture. */
export function isFixed(calibration: Calibration): boolean {
  return worstDoubt(calibration) <= largestDoubt * longerSide(calibration.camera.sizePx);
}

function worstDoubt(calibration: Calibration): number {
  return Math.max(...doubtsOf(calibration).map(({ sigmaPx }) => sigmaPx));
}

const noCamera: Bilingual = { en: 'no one camera follows from them', fr: "aucun appareil unique n'en résulte" };

function sayDoubt(doubtPx: number): Bilingual {
  const pixels = doubtPx < 1e5 ? doubtPx.toFixed(0) : '100000';
  return {
    en: `somewhere in the picture the camera would be wrong by ${pixels} px (1 σ)`,
    fr: `quelque part dans la photo l'appareil serait faux de ${pixels} px (1 σ)`,
  };
}

/** What is wrong with where the GCPs stand; undefined: nothing that can be seen. */
function sayPlacing({ gcps, sizePx }: CalibrationRequest): Bilingual | undefined {
  const sidePx = longerSide(sizePx);
  const pixels = elongationOf(gcps.map(({ pixel: { u, v } }) => [u, v]));
  if (pixels.across < 0.005 * sidePx && pixels.along > 0.05 * sidePx) {
    const off = pixels.across.toFixed(1);
    return {
      en: `lie within ${off} px of one line in the picture`,
      fr: `sont à moins de ${off} px d'une même ligne dans la photo`,
    };
  }
  const first = gcps[0]?.position;
  const places = gcps.map(({ position }) => toEnu(first ?? position, position));
  const ground = elongationOf(places.map(({ eastM, northM, upM }) => [eastM, northM, upM]));
  if (ground.across < 0.01 * ground.along) {
    const off = ground.across.toFixed(1);
    return {
      en: `lie within ${off} m of one line on the ground`,
      fr: `sont à moins de ${off} m d'une même ligne sur le terrain`,
    };
  }
  const share = coveredShare(gcps, sizePx);
  if (share > 0.1) return undefined;
  const percent = Math.max(1, Math.ceil(100 * share));
  return { en: `cover less than ${percent} % of the picture`, fr: `couvrent moins de ${percent} % de la photo` };
}

/** Area of the upright rectangle around the GCPs, as a share of the picture. */
function coveredShare(gcps: CalibrationRequest['gcps'], { widthPx, heightPx }: CalibrationRequest['sizePx']): number {
  const span = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  return (span(gcps.map(({ pixel }) => pixel.u)) * span(gcps.map(({ pixel }) => pixel.v))) / (widthPx * heightPx);
}
