import { ServiceError } from '../errors.ts';
import type { Enu, PlaneOrigin, SizePx } from '../geo/frames.ts';
import { fromEnu, toEnu, turnEnu } from '../geo/plane.ts';
import { bendOf, meanRefraction } from '../geo/refraction.ts';
import { adjust, type Prior } from './adjust.ts';
import type { Calibration } from './calibration.ts';
import type { Camera, Lens } from './camera.ts';
import { covarianceOf } from './covariance.ts';
import { aicOf, residualSizes, rmseOf, rootMeanSquare, toCalibratedGcp } from './fit-figures.ts';
import { checkCount, checkLens, chooseFree, columnsOf, type FreeGroup } from './free.ts';
import type { Gcp } from './gcp.ts';
import { parameterNames, type View } from './jacobian.ts';
import { distortionPriors, type KnownLens, startLens } from './lens-parameters.ts';
import type { Matrix3 } from './matrix.ts';
import {
  adjustKept,
  type Fit,
  type FitProblem,
  fitWithoutOutliers,
  robustScale,
  type Sight,
  weigh,
} from './outliers.ts';
import { type Aim, aimOf, rotationOf } from './pose.ts';
import { findSeeds } from './seeds.ts';

/** What a camera is solved from. */
export interface CalibrationRequest {
  readonly gcps: readonly Gcp[];
  readonly sizePx: SizePx;
  /** Where the camera is thought to be, with one standard deviation of each coordinate, m; Infinity: only to start from. */
  readonly position?: PlaneOrigin & { readonly sigmaM: number };
  /** Where it is thought to look: only to start from. */
  readonly aim?: Aim;
  /** Focal length that it is thought to have, px; taken as good to 10 % where it is solved. */
  readonly focalPx?: number;
  /** What is known of the lens besides its focal length: its kind stays, the rest too unless freed. */
  readonly lens?: KnownLens;
  /** What to solve; absent: what so many GCPs can carry. */
  readonly free?: readonly FreeGroup[];
  /** True: no GCP is left out as an outlier. */
  readonly keepAll?: boolean;
  /** Coefficient of refraction; absent: 0.13. */
  readonly refraction?: number;
}

/** A request in a tangent plane, ready to be solved. */
interface Problem {
  readonly request: CalibrationRequest;
  readonly origin: PlaneOrigin;
  readonly sights: readonly Sight[];
  readonly lens: Lens;
  readonly groups: readonly FreeGroup[];
}

/**
 * Solves a camera from its GCPs: seeds from small samples, a robust fit that narrows, then least squares without the
 * outliers, which are named.
 * @throws ServiceError lens-without-parameter, gcps-too-few, gcps-no-solution, gcp-outside-picture, gcp-far
 */
export function calibrateFromGcps(request: CalibrationRequest): Calibration {
  checkGcps(request);
  const lens = request.lens?.kind ?? 'brown-conrady';
  const known = { lens, position: request.position !== undefined, focal: request.focalPx !== undefined };
  const groups = request.free ?? chooseFree(request.gcps.length, known);
  checkLens(groups, lens);
  checkCount(request.gcps.length, groups, known);
  const origin = request.position ?? middleOf(request.gcps);
  const start = placeProblem(request, origin, groups);
  const first = firstView(start);
  if (!first) throw new ServiceError('gcps-no-solution', { count: request.gcps.length, free: groups.join(', ') });
  // Without a firm position the plane was laid anywhere: lay it at the camera, where north and up are its own.
  const moved = hasFirmPosition(request) ? { problem: start, view: first } : moveTo(start, first);
  return solveFrom(moved.problem, moved.view);
}

function checkGcps({ gcps, sizePx, position }: CalibrationRequest): void {
  for (const { name, pixel, position: place } of gcps) {
    const { u, v } = pixel;
    if (!(u >= -1 && v >= -1 && u <= sizePx.widthPx + 1 && v <= sizePx.heightPx + 1)) {
      const size = `${sizePx.widthPx}x${sizePx.heightPx}`;
      throw new ServiceError('gcp-outside-picture', { name, pixel: `${u}, ${v}`, size });
    }
    const { eastM, northM, upM } = toEnu(position ?? middleOf(gcps), place);
    const km = Math.round(Math.hypot(eastM, northM, upM) / 1000);
    if (km > 300) throw new ServiceError('gcp-far', { name, km, lng: place.lng.toFixed(4), lat: place.lat.toFixed(4) });
  }
}

function hasFirmPosition({ position }: CalibrationRequest): boolean {
  return position !== undefined && Number.isFinite(position.sigmaM);
}

function placeProblem(request: CalibrationRequest, origin: PlaneOrigin, groups: readonly FreeGroup[]): Problem {
  const sights = request.gcps.map(({ pixel, position, sigmaM }) => ({ point: toEnu(origin, position), pixel, sigmaM }));
  return { request, origin, sights, lens: startLens(request.sizePx, request.focalPx, request.lens), groups };
}

/** The best of the seeds after a robust fit of what is unknown at least: angles, and focal length and position where nothing is known of them. */
function firstView(problem: Problem): View | undefined {
  const { request, sights, lens, groups } = problem;
  const loose = groups.filter(
    (group) => group === 'angles' || group === 'focal' || (group === 'position' && !hasFirmPosition(request)),
  );
  const widthPx = Math.max(request.sizePx.widthPx, request.sizePx.heightPx);
  const best = startsOf(problem)
    .map((view) => {
      const marks = weigh(sights, view, 1);
      const base = { marks, active: columnsOf(loose), priors: priorsOf(problem, lens) };
      const robust = adjust({ ...base, robustSigmas: 0.02 * widthPx }, view);
      return request.keepAll && robust ? adjust({ ...base, robustSigmas: Infinity }, robust.view) : robust;
    })
    .filter((adjusted) => adjusted !== undefined)
    .sort((a, b) => a.cost - b.cost)[0];
  return best?.view;
}

function startsOf({ request, sights, lens }: Problem): readonly View[] {
  const bendPerM = bendOf(request.refraction ?? meanRefraction.k);
  const position: Enu | undefined = request.position && { eastM: 0, northM: 0, upM: 0 };
  const { sizePx, focalPx, aim } = request;
  const marks = weigh(
    sights,
    { position: position ?? { eastM: 0, northM: 0, upM: 0 }, rotation: level, lens, bendPerM },
    1,
  );
  const seeds = findSeeds({ marks, sizePx, lens, focalPx, position, bendPerM });
  return aim && position ? [{ position, rotation: rotationOf(aim), lens, bendPerM }, ...seeds] : seeds;
}

const level: Matrix3 = rotationOf({ headingDeg: 0, pitchDeg: 0, rollDeg: 0 });

/** What is known before the GCPs speak. A lens is centred within 2 % of the width, and its terms are small. */
function priorsOf({ request, groups }: Problem, lens: Lens): readonly Prior[] {
  const active = columnsOf(groups);
  const { position, focalPx, sizePx } = request;
  const centreSigma = 0.02 * Math.max(sizePx.widthPx, sizePx.heightPx);
  const firm =
    position && Number.isFinite(position.sigmaM)
      ? [0, 1, 2].map((column) => ({ column, mean: 0, sigma: position.sigmaM }))
      : [];
  const all: readonly Prior[] = [
    ...firm,
    ...(focalPx === undefined ? [] : [{ column: 6, mean: focalPx, sigma: 0.1 * focalPx }]),
    { column: 7, mean: lens.centre.u, sigma: centreSigma },
    { column: 8, mean: lens.centre.v, sigma: centreSigma },
    ...distortionPriors(lens),
  ];
  return all.filter(({ column }) => active.includes(column));
}

/** The same problem and view in the tangent plane at the camera. */
function moveTo(problem: Problem, view: View): { problem: Problem; view: View } {
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

function solveFrom(problem: Problem, first: View): Calibration {
  const { request, sights, groups, lens } = problem;
  const fitProblem: FitProblem = {
    sights,
    active: columnsOf(groups),
    priors: priorsOf(problem, lens),
    fewest: Math.max(4, Math.ceil(0.6 * sights.length), Math.ceil(columnsOf(groups).length / 2) + 1),
    keepAll: request.keepAll ?? false,
  };
  const fit = fitWithoutOutliers(fitProblem, request.keepAll ? first : narrow(fitProblem, first));
  const camera = fit && cameraOf(problem, fit.view);
  const covariance =
    fit &&
    camera &&
    covarianceOf({
      camera,
      marks: weigh(sights, fit.view, fit.sigmaPx).filter((_, at) => fit.kept[at]),
      active: fitProblem.active,
      priors: fitProblem.priors,
      fixedPositionSigmaM: hasFirmPosition(request) ? (request.position?.sigmaM ?? 0) : 0,
    });
  if (!fit || !camera || !covariance) {
    throw new ServiceError('gcps-no-solution', { count: sights.length, free: groups.join(', ') });
  }
  return {
    camera,
    free: covariance.columns.flatMap((column) => parameterNames[column] ?? []),
    covariance: covariance.matrix,
    rmsePx: rmseOf(fit, sights),
    looRmsePx: leaveOneOut(fitProblem, fit),
    aic: aicOf(fit, sights, fitProblem.active.length),
    gcps: request.gcps.map((gcp, at) => toCalibratedGcp(camera, gcp, !fit.kept[at])),
  };
}

/** Robust fits of everything, each with a reach set by the residuals of the one before. */
function narrow({ sights, active, priors }: FitProblem, first: View): View {
  let view = first;
  for (let round = 0; round < 3; round++) {
    const reach = Math.max(4 * robustScale(view, sights), 4);
    view = adjust({ marks: weigh(sights, view, 1), active, priors, robustSigmas: reach }, view)?.view ?? view;
  }
  return view;
}

function cameraOf({ origin, request }: Problem, { position, rotation, lens }: View): Camera {
  const { lng, lat, heightM } = origin;
  const refraction = request.refraction === undefined ? {} : { refraction: request.refraction };
  return {
    origin: { lng, lat, heightM },
    pose: { position, ...aimOf(rotation) },
    lens,
    sizePx: request.sizePx,
    ...refraction,
  };
}

/** Each kept GCP predicted by a fit without it, px; undefined when one of them cannot be spared. */
function leaveOneOut(problem: FitProblem, fit: Fit): number | undefined {
  const marks = weigh(problem.sights, fit.view, fit.sigmaPx);
  const count = fit.kept.filter(Boolean).length;
  if (2 * (count - 1) < problem.active.length - problem.priors.length || count < 4) return undefined;
  const sizes: number[] = [];
  for (const [at, sight] of problem.sights.entries()) {
    if (!fit.kept[at]) continue;
    const kept = fit.kept.map((keeps, index) => keeps && index !== at);
    const adjusted = adjustKept(problem, { view: fit.view, kept }, marks);
    if (!adjusted) return undefined;
    sizes.push(...residualSizes(adjusted.view, [sight]));
  }
  return rootMeanSquare(sizes);
}

function middleOf(gcps: readonly Gcp[]): PlaneOrigin {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    lng: mean(gcps.map(({ position }) => position.lng)),
    lat: mean(gcps.map(({ position }) => position.lat)),
    heightM: mean(gcps.map(({ position }) => position.heightM)),
  };
}
