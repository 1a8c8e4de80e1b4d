import type { Camera } from '../camera/camera.ts';
import { parameterNames, type View } from '../camera/jacobian.ts';
import { aimOf, rotationOf } from '../camera/pose.ts';
import { ServiceError } from '../errors.ts';
import type { Enu, PlaneOrigin } from '../geo/frames.ts';
import { bendOf, meanRefraction } from '../geo/refraction.ts';
import { type Adjusted, adjust, type Patience } from './adjust.ts';
import type { Calibration, CalibrationPrior } from './calibration.ts';
import type { CalibrationRequest } from './calibration-request.ts';
import { checkGcps } from './check-gcps.ts';
import { covarianceOf } from './covariance.ts';
import { aicOf, rmseOf, toCalibratedGcp } from './fit-figures.ts';
import { checkCount, checkLens, chooseFree, columnsOf, type FreeGroup, type Known, unknownsOf } from './free.ts';
import type { Gcp } from './gcp.ts';
import { checkPlacing } from './ill-placed.ts';
import { leaveOneOut } from './leave-one-out.ts';
import { checkReading } from './misreading.ts';
import { type FitProblem, fitWithoutOutliers, robustScale, weigh } from './outliers.ts';
import {
  focalPriorOf,
  hasFirmPosition,
  heldPriors,
  longerSide,
  moveToCamera,
  type Problem,
  placeProblem,
} from './problem.ts';
import { findSeeds } from './seeds.ts';

/**
 * Solves a camera from its GCPs: seeds from small samples, a robust fit that narrows, then least squares without the
 * outliers, which are named.
 * @throws ServiceError lens-without-parameter, gcps-too-few, gcps-misread, gcps-ill-placed, gcps-no-solution, and those
 * of checkGcps
 */
export function calibrateFromGcps(request: CalibrationRequest): Calibration {
  checkGcps(request);
  const groups = groupsFor(request);
  const calibration = solve(request, groups);
  checkReading(request, calibration, (other) => solve(other, groups));
  checkPlacing(request, calibration, groups);
  if (calibration) return calibration;
  throw new ServiceError('gcps-no-solution', { count: request.gcps.length, free: groups.join(', ') });
}

function groupsFor(request: CalibrationRequest): readonly FreeGroup[] {
  const { gcps, free } = request;
  const known = knownOf(request);
  const groups = free ?? chooseFree(gcps.length, known);
  checkLens(groups, known.lens);
  checkCount(gcps.length, groups, known);
  return groups;
}

function knownOf(request: CalibrationRequest): Known {
  const { lens, focalPx } = request;
  return { lens: lens?.kind ?? 'brown-conrady', position: hasFirmPosition(request), focal: focalPx !== undefined };
}

/** The camera of a request; undefined when its GCPs do not fix one. */
function solve(request: CalibrationRequest, groups: readonly FreeGroup[]): Calibration | undefined {
  const start = placeProblem(request, request.position ?? middleOf(request.gcps), groups);
  const first = firstView(start);
  if (!first) return undefined;
  // Without a firm position the plane was laid anywhere: lay it at the camera, where north and up are its own.
  const moved = hasFirmPosition(request) ? { problem: start, view: first } : moveToCamera(start, first);
  return solveFrom(moved.problem, moved.view);
}

/** The best of the seeds after a robust fit of what is unknown at least: angles, and focal length and position where nothing is known of them. */
function firstView(problem: Problem): View | undefined {
  const { request, sights, groups, priors } = problem;
  const loose = groups.filter(
    (group) => group === 'angles' || group === 'focal' || (group === 'position' && !hasFirmPosition(request)),
  );
  const active = columnsOf(loose);
  const settle = (view: View, patience: Patience) => {
    const base = { marks: weigh(sights, view, 1), active, priors };
    const robust = adjust({ ...base, robustSigmas: 0.02 * longerSide(request.sizePx) }, view, patience);
    return request.keepAll && robust ? adjust({ ...base, robustSigmas: Infinity }, robust.view, patience) : robust;
  };
  // A few steps tell which of them lead somewhere.
  const hopeful = best(startsOf(problem).map((view) => settle(view, brief))).slice(0, hopes);
  return best(hopeful.map(({ view }) => settle(view, rough)))[0]?.view;
}

const hopes = 2;
const brief: Patience = { steps: 5, gain: 1e-2 };
/** What comes next starts from it and goes further. */
const rough: Patience = { steps: 60, gain: 1e-6 };

function best(adjusted: readonly (Adjusted | undefined)[]): readonly Adjusted[] {
  return adjusted.filter((one) => one !== undefined).sort((a, b) => a.cost - b.cost);
}

function startsOf({ request, sights, lens }: Problem): readonly View[] {
  const bendPerM = bendOf(request.refraction ?? meanRefraction.k);
  const here: Enu = { eastM: 0, northM: 0, upM: 0 };
  const { sizePx, focalPx, aim } = request;
  const position = request.position && here;
  const marks = sights.map(({ point, pixel }) => ({ point, pixel, sigmaPx: 1 }));
  const seeds = findSeeds({ marks, sizePx, lens, focalPx, position, bendPerM });
  return aim && position ? [{ position, rotation: rotationOf(aim), lens, bendPerM }, ...seeds] : seeds;
}

function solveFrom(problem: Problem, first: View): Calibration | undefined {
  const { request, sights, groups, priors } = problem;
  const active = columnsOf(groups);
  const carrying = Math.ceil(unknownsOf(groups, knownOf(request)) / 2) + 1;
  const fewest = Math.max(4, Math.ceil(0.6 * sights.length), carrying);
  const fitProblem: FitProblem = { sights, active, priors, fewest, keepAll: request.keepAll ?? false };
  const fit = fitWithoutOutliers(fitProblem, request.keepAll ? first : narrow(fitProblem, first));
  if (!fit) return undefined;
  const camera = cameraOf(problem, fit.view);
  const marks = weigh(sights, fit.view, fit.sigmaPx).filter((_, at) => fit.kept[at]);
  const covariance = covarianceOf({ camera, marks, active, priors, held: heldPriors(problem) });
  if (!covariance) return undefined;
  return {
    camera,
    free: covariance.columns.flatMap((column) => parameterNames[column] ?? []),
    covariance: covariance.matrix,
    rmsePx: rmseOf(fit, sights),
    looRmsePx: leaveOneOut(fitProblem, fit),
    aic: aicOf(fit, sights, active.length),
    gcps: request.gcps.map((gcp, at) => toCalibratedGcp(camera, gcp, !fit.kept[at])),
    prior: priorOf(request),
  };
}

function priorOf(request: CalibrationRequest): CalibrationPrior {
  const focal = focalPriorOf(request);
  const firm = hasFirmPosition(request) ? request.position : undefined;
  return { ...(focal ? { focal } : {}), ...(firm ? { positionSigmaM: firm.sigmaM } : {}) };
}

/** Robust fits of everything, each with a reach set by the residuals of the one before. */
function narrow({ sights, active, priors }: FitProblem, first: View): View {
  let view = first;
  for (let round = 0; round < 3; round++) {
    const reach = Math.max(4 * robustScale(view, sights), 4);
    view = adjust({ marks: weigh(sights, view, 1), active, priors, robustSigmas: reach }, view, rough)?.view ?? view;
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

function middleOf(gcps: readonly Gcp[]): PlaneOrigin {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    lng: mean(gcps.map(({ position }) => position.lng)),
    lat: mean(gcps.map(({ position }) => position.lat)),
    heightM: mean(gcps.map(({ position }) => position.heightM)),
  };
}
