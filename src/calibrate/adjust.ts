import { factorise, solve } from '../camera/cholesky.ts';
import { linearise, parameterNames, see, type View } from '../camera/jacobian.ts';
import { turnedBy } from '../camera/rotation-vector.ts';
import type { Enu, Pixel } from '../geo/frames.ts';
import { lensValues, moveLens } from './lens-parameters.ts';

/** A GCP in the tangent plane, with the weight that it has in an adjustment. */
export interface Mark {
  readonly point: Enu;
  readonly pixel: Pixel;
  /** One standard deviation of its residual along u and along v, px. */
  readonly sigmaPx: number;
}

/** What is known of a parameter before any GCP: a Gaussian. `column` as in parameterNames. */
export interface Prior {
  readonly column: number;
  readonly mean: number;
  readonly sigma: number;
}

export interface Adjustment {
  readonly marks: readonly Mark[];
  /** Columns of parameterNames that may move; 3, 4, 5 stand for a turn of the camera around its own axes. */
  readonly active: readonly number[];
  readonly priors: readonly Prior[];
  /** Residuals beyond about this many σ lose their weight (Geman–McClure); Infinity: least squares. */
  readonly robustSigmas: number;
}

export interface Adjusted {
  readonly view: View;
  readonly cost: number;
  /** (n, n) over the active columns: JᵀWJ + P, row-major, lower triangle. */
  readonly normal: Float64Array;
}

/** Normal equations of an adjustment at a view. */
export interface Normal {
  cost: number;
  readonly matrix: Float64Array;
  readonly gradient: Float64Array;
}

/** When an adjustment is done: after so many steps, or when one gains less than this share of the cost. */
export interface Patience {
  readonly steps: number;
  readonly gain: number;
}

/** To rounding. */
const patient: Patience = { steps: 60, gain: 1e-10 };

/** Minimises the weighted residuals by Levenberg–Marquardt; undefined when the start itself sees no mark. */
export function adjust(problem: Adjustment, start: View, patience: Patience = patient): Adjusted | undefined {
  const n = problem.active.length;
  // Arrays of this size cost more to make than to fill: one set serves all steps.
  const normal = normalOf(problem, start);
  const damped = new Float64Array(n * n);
  const lower = new Float64Array(n * n);
  if (!Number.isFinite(normal.cost)) return undefined;
  let view = start;
  let damping = 1e-4;
  for (let step = 0; step < patience.steps && damping < 1e12; step++) {
    const factor = factorise(damp(normal.matrix, n, damping, damped), n, lower);
    const next = factor && stepView(view, problem.active, solve(factor, normal.gradient));
    const gain = next ? normal.cost - costOf(problem, next) : 0;
    if (!next || !(gain > 0)) {
      damping *= 8;
      continue;
    }
    view = next;
    normalOf(problem, view, normal);
    damping = Math.max(damping / 6, 1e-12);
    if (gain < patience.gain * (1 + normal.cost)) break;
  }
  return { view, cost: normal.cost, normal: normal.matrix };
}

function damp(matrix: Float64Array, n: number, damping: number, into: Float64Array): Float64Array {
  into.set(matrix);
  for (let at = 0; at < n * n; at += n + 1) into[at] = (into[at] ?? 0) * (1 + damping) + 1e-300;
  return into;
}

/** Residual u and v of a mark, px; undefined behind the camera. */
export function residualOf(view: View, { point, pixel }: Pick<Mark, 'point' | 'pixel'>): Pixel | undefined {
  const seen = see(view, point);
  return seen && { u: pixel.u - seen.u, v: pixel.v - seen.v };
}

function costOf(problem: Adjustment, view: View): number {
  let cost = 0;
  for (const mark of problem.marks) {
    const residual = residualOf(view, mark);
    cost += robustCost(residual && (residual.u ** 2 + residual.v ** 2) / mark.sigmaPx ** 2, problem.robustSigmas).cost;
  }
  for (const { column, mean, sigma } of problem.priors) cost += ((parameterAt(view, column) - mean) / sigma) ** 2;
  return cost;
}

/** Geman–McClure: s/(1 + s/c²) of a squared residual, and its derivative. Behind the camera: the most it can cost. */
function robustCost(s: number | undefined, c: number): { cost: number; weight: number } {
  if (s === undefined) return { cost: c * c, weight: 0 };
  const shrink = 1 / (1 + s / (c * c));
  return { cost: s * shrink, weight: shrink * shrink };
}

/**
 * The normal equations at a view: the cost, JᵀWJ + P (its lower triangle), and JᵀWr, downhill.
 * @param into where to write them, in place of what is there.
 */
export function normalOf(problem: Adjustment, view: View, into = emptyNormal(problem.active.length)): Normal {
  const { active, marks, priors, robustSigmas } = problem;
  const { matrix, gradient } = into;
  const n = active.length;
  matrix.fill(0);
  gradient.fill(0);
  const rows = new Float64Array(2 * parameterNames.length);
  const slopes = new Float64Array(2 * n);
  let total = 0;
  for (const { point, pixel, sigmaPx } of marks) {
    const seen = linearise(view, point, rows);
    const ru = seen ? (pixel.u - seen.pixel.u) / sigmaPx : 0;
    const rv = seen ? (pixel.v - seen.pixel.v) / sigmaPx : 0;
    const { cost, weight } = robustCost(seen && ru * ru + rv * rv, robustSigmas);
    total += cost;
    if (!seen || !(weight > 0)) continue;
    pickSlopes(slopes, rows, active, 1 / sigmaPx);
    addSlopes(matrix, gradient, slopes, { ru, rv, weight });
  }
  for (const { column, mean, sigma } of priors) {
    const at = active.indexOf(column);
    const off = (mean - parameterAt(view, column)) / sigma;
    total += off * off;
    if (at < 0) continue;
    matrix[at * n + at] = (matrix[at * n + at] ?? 0) + 1 / sigma ** 2;
    gradient[at] = (gradient[at] ?? 0) + off / sigma;
  }
  into.cost = total;
  return into;
}

function emptyNormal(n: number): Normal {
  return { cost: 0, matrix: new Float64Array(n * n), gradient: new Float64Array(n) };
}

/** Writes (2, n): the active columns of both rows of a Jacobian, times a scale. */
function pickSlopes(slopes: Float64Array, rows: Float64Array, active: readonly number[], scale: number): void {
  const n = active.length;
  for (let i = 0; i < n; i++) {
    const column = active[i] ?? 0;
    slopes[i] = (rows[column] ?? 0) * scale;
    slopes[n + i] = (rows[parameterNames.length + column] ?? 0) * scale;
  }
}

interface WeightedResidual {
  readonly ru: number;
  readonly rv: number;
  readonly weight: number;
}

function addSlopes(
  matrix: Float64Array,
  gradient: Float64Array,
  slopes: Float64Array,
  { ru, rv, weight }: WeightedResidual,
): void {
  const n = gradient.length;
  for (let i = 0; i < n; i++) {
    const ju = weight * (slopes[i] ?? 0);
    const jv = weight * (slopes[n + i] ?? 0);
    gradient[i] = (gradient[i] ?? 0) + ju * ru + jv * rv;
    // The lower triangle: all that a Cholesky factor reads.
    for (let k = 0; k <= i; k++) {
      matrix[i * n + k] = (matrix[i * n + k] ?? 0) + ju * (slopes[k] ?? 0) + jv * (slopes[n + k] ?? 0);
    }
  }
}

/** The value of a parameter that is no angle. */
function parameterAt({ position, lens }: View, column: number): number {
  return [position.eastM, position.northM, position.upM, 0, 0, 0, ...lensValues(lens)][column] ?? 0;
}

/** A view moved by `step` in its active columns. */
export function stepView(view: View, active: readonly number[], step: Float64Array): View {
  const d = new Float64Array(parameterNames.length);
  active.forEach((column, at) => {
    d[column] = step[at] ?? 0;
  });
  const [e = 0, n = 0, u = 0, a = 0, b = 0, c = 0] = d;
  const { position, lens } = view;
  return {
    ...view,
    position: { eastM: position.eastM + e, northM: position.northM + n, upM: position.upM + u },
    rotation: turnedBy(view.rotation, [a, b, c]),
    lens: moveLens(lens, d.subarray(6)),
  };
}
