import { type Bilingual, ServiceError } from '../errors.ts';
import { fromEnu, toEnu } from '../geo/plane.ts';
import type { Calibration } from './calibration.ts';
import type { CalibrationRequest } from './calibration-request.ts';
import { rootMeanSquare } from './fit-figures.ts';
import type { Gcp } from './gcp.ts';
import { isFixed } from './ill-placed.ts';
import { hasFirmPosition, longerSide } from './problem.ts';

type Solve = (request: CalibrationRequest) => Calibration | undefined;

/** Residuals above this share of the longer side, or so many outliers, make one look for a misreading. */
const poor = { rmse: 0.01, outliers: 0.3 };
/** What is mended must leave no more outliers than this, and fit so many times better. */
const good = { rmse: 0.005, outliers: 0.1 };
const muchBetter = 5;
/** And with so many equations more than unknowns. */
const spareEquations = 4;

/**
 * Where the GCPs do not fit a camera as they are written, but do with one mistake that people make undone, says which.
 * @throws ServiceError gcps-misread
 */
export function checkReading(request: CalibrationRequest, calibration: Calibration | undefined, solve: Solve): void {
  if (calibration && fits(calibration, poor)) return;
  const sidePx = longerSide(request.sizePx);
  const asGivenPx = calibration
    ? rootMeanSquare(calibration.gcps.map(({ residualPx = sidePx }) => Math.min(residualPx, sidePx)))
    : sidePx;
  for (const mistake of mistakes) {
    const undone = mistake.undo(request);
    const other = undone && solve(undone);
    if (!other || !fits(other, good) || 2 * other.gcps.length < other.free.length + spareEquations) continue;
    if (muchBetter * Math.max(other.rmsePx, 1) > asGivenPx || !isFixed(other)) continue;
    throw new ServiceError('gcps-misread', {
      count: request.gcps.length,
      asGiven: asGivenPx.toFixed(0),
      mended: other.rmsePx.toFixed(1),
      how: mistake.how(request, other),
      mend: mistake.mend,
    });
  }
}

function fits(
  { camera, gcps, rmsePx }: Calibration,
  limit: { readonly rmse: number; readonly outliers: number },
): boolean {
  const outliers = gcps.filter(({ outlier }) => outlier).length;
  return rmsePx <= limit.rmse * longerSide(camera.sizePx) && outliers <= limit.outliers * gcps.length;
}

interface Mistake {
  /** The request without the mistake; undefined where it cannot have been made. */
  readonly undo: (request: CalibrationRequest) => CalibrationRequest | undefined;
  readonly how: (request: CalibrationRequest, mended: Calibration) => Bilingual;
  readonly mend: Bilingual;
}

const feetPerMetre = 1 / 0.3048;

const mistakes: readonly Mistake[] = [
  {
    undo: (request) => {
      const { widthPx, heightPx } = request.sizePx;
      const fits = request.gcps.every(({ pixel: { u, v } }) => v <= widthPx + 1 && u <= heightPx + 1);
      return fits ? changed(request, ({ pixel: { u, v } }) => ({ pixel: { u: v, v: u } })) : undefined;
    },
    how: () => ({ en: 'u and v exchanged', fr: 'u et v échangés' }),
    mend: {
      en: 'u counts from the left, v from the top: exchange the two columns.',
      fr: 'u compte depuis la gauche, v depuis le haut : échangez les deux colonnes.',
    },
  },
  {
    undo: (request) => changed(request, ({ pixel: { u, v } }) => ({ pixel: { u, v: request.sizePx.heightPx - v } })),
    how: () => ({ en: 'v counted from the bottom', fr: 'v compté depuis le bas' }),
    mend: {
      en: 'v counts from the top: write the height of the picture minus v.',
      fr: 'v compte depuis le haut : écrivez la hauteur de la photo moins v.',
    },
  },
  {
    undo: (request) =>
      changed(request, ({ position }) => ({ position: { ...position, heightM: position.heightM / feetPerMetre } })),
    how: () => ({
      en: 'the heights of the points taken as feet',
      fr: 'les altitudes des points prises pour des pieds',
    }),
    mend: {
      en: 'Heights are in metres: multiply them by 0.3048.',
      fr: 'Les altitudes sont en mètres : multipliez-les par 0,3048.',
    },
  },
  {
    undo: (request) => {
      const { position } = request;
      return position && { ...request, position: { ...position, heightM: position.heightM / feetPerMetre } };
    },
    how: () => ({ en: 'the height of the camera taken as feet', fr: "l'altitude de l'appareil prise pour des pieds" }),
    mend: {
      en: 'Heights are in metres: multiply it by 0.3048.',
      fr: 'Les altitudes sont en mètres : multipliez-la par 0,3048.',
    },
  },
  {
    // Not even to start from: it may be kilometres off.
    undo: ({ position, ...request }) => (position && hasFirmPosition({ ...request, position }) ? request : undefined),
    how: sayElsewhere,
    mend: {
      en: 'Check the position of the camera and how well it is known, that its height and those of the points count from the same level, and that all are in the coordinate system said.',
      fr: "Vérifiez la position de l'appareil et sa précision, que son altitude et celles des points partent du même niveau, et que tout est dans le système de coordonnées annoncé.",
    },
  },
];

function changed(request: CalibrationRequest, change: (gcp: Gcp) => Partial<Gcp>): CalibrationRequest {
  return { ...request, gcps: request.gcps.map((gcp) => ({ ...gcp, ...change(gcp) })) };
}

function sayElsewhere({ position }: CalibrationRequest, { camera }: Calibration): Bilingual {
  const { eastM, northM, upM } = toEnu(position ?? camera.origin, fromEnu(camera.origin, camera.pose.position));
  const flat = Math.hypot(eastM, northM).toFixed(0);
  const high = Math.abs(upM).toFixed(0);
  return {
    en: `the camera ${flat} m away from where it is said to be and ${high} m ${upM > 0 ? 'higher' : 'lower'}`,
    fr: `l'appareil à ${flat} m de la position annoncée et ${high} m plus ${upM > 0 ? 'haut' : 'bas'}`,
  };
}
