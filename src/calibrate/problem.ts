import type { Lens } from '../camera/camera.ts';
import type { View } from '../camera/jacobian.ts';
import type { Matrix3 } from '../camera/matrix.ts';
import type { PlaneOrigin, SizePx } from '../geo/frames.ts';
import { fromEnu, toEnu, turnEnu } from '../geo/plane.ts';
import type { Prior } from './adjust.ts';
import type { CalibrationRequest } from './calibration-request.ts';
import type { FocalPrior } from './focal.ts';
import { columnsOf, type FreeGroup } from './free.ts';
import { distortionPriors, startLens } from './lens-parameters.ts';
import type { Sight } from './outliers.ts';

/** A request in a tangent plane, ready to be solved. */
export interface Problem {
  readonly request: CalibrationRequest;
  readonly origin: PlaneOrigin;
  readonly sights: readonly Sight[];
  readonly lens: Lens;
  readonly groups: readonly FreeGroup[];
  /** What is known of the solved parameters before the GCPs speak. */
  readonly priors: readonly Prior[];
}

/** A request in the tangent plane at `origin`. */
export function placeProblem(request: CalibrationRequest, origin: PlaneOrigin, groups: readonly FreeGroup[]): Problem {
  const sights = request.gcps.map(({ pixel, position, sigmaM }) => ({ point: toEnu(origin, position), pixel, sigmaM }));
  const lens = startLens(request.sizePx, request.focalPx, request.lens);
  const active = columnsOf(groups);
  const priors = priorsOf(request, lens).filter(({ column }) => active.includes(column));
  return { request, origin, sights, lens, groups, priors };
}

/** The same problem and view in the tangent plane at the camera. */
export function moveToCamera(problem: Problem, view: View): { readonly problem: Problem; readonly view: View } {
  const origin = fromEnu(problem.origin, view.position);
  const [a, b, c, d, e, f, g, h, i] = view.rotation;
  const axes = [
    { eastM: a, northM: b, upM: c },
    { eastM: d, northM: e, upM: f },
    { eastM: g, northM: h, upM: i },
  ].map((axis) => turnEnu(axis, problem.origin, origin));
  const rotation = axes.flatMap(({ eastM, northM, upM }) => [eastM, northM, upM]) as unknown as Matrix3;
  const moved = placeProblem(problem.request, origin, problem.groups);
  return { problem: moved, view: { ...view, position: { eastM: 0, northM: 0, upM: 0 }, rotation } };
}

/** True when the position is known, and not only somewhere to start from. */
export function hasFirmPosition({ position }: CalibrationRequest): boolean {
  return position !== undefined && Number.isFinite(position.sigmaM);
}

/** What is known of parameters that are not solved, and so stay in doubt. Columns ascend; mean: where they are held. */
export function heldPriors({ request, groups, lens }: Problem): readonly Prior[] {
  const active = columnsOf(groups);
  const isExact = request.free !== undefined && request.focalSigmaPx === undefined;
  const known = priorsOf(request, lens).filter(
    ({ column, sigma }) => column <= 6 && sigma > 0 && !(column === 6 && isExact) && !active.includes(column),
  );
  const isK1Settled = request.free !== undefined || request.lens?.k1 !== undefined || active.includes(k1Column);
  return isK1Settled ? known : [...known, { column: k1Column, mean: lens.k1, sigma: untoldK1Sigma }];
}

const k1Column = 9;
/** Of a lens that nobody calibrated: barrel distortion of 1 to 3 % at the corners of a picture 60° wide. */
const untoldK1Sigma = 0.06;

/** The focal length that a request says, with the doubt that people leave unsaid. */
export function focalPriorOf({ focalPx, focalSigmaPx }: CalibrationRequest): FocalPrior | undefined {
  return focalPx === undefined ? undefined : { focalPx, sigmaPx: focalSigmaPx ?? 0.1 * focalPx };
}

/** A lens is centred within 2 % of the longer side. */
const centreSigma = 0.02;

function priorsOf(request: CalibrationRequest, lens: Lens): readonly Prior[] {
  const { position } = request;
  const sigmaPx = centreSigma * longerSide(request.sizePx);
  const firm = position && hasFirmPosition(request) ? [0, 1, 2] : [];
  const focal = focalPriorOf(request);
  return [
    ...firm.map((column) => ({ column, mean: 0, sigma: position?.sigmaM ?? 0 })),
    ...(focal ? [{ column: 6, mean: focal.focalPx, sigma: focal.sigmaPx }] : []),
    { column: 7, mean: lens.centre.u, sigma: sigmaPx },
    { column: 8, mean: lens.centre.v, sigma: sigmaPx },
    ...distortionPriors(lens),
  ];
}

export function longerSide({ widthPx, heightPx }: SizePx): number {
  return Math.max(widthPx, heightPx);
}
