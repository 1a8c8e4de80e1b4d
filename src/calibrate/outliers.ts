import { factorise, invert } from '../camera/cholesky.ts';
import { linearise, parameterNames, type View } from '../camera/jacobian.ts';
import type { Enu, Pixel } from '../geo/frames.ts';
import { type Adjusted, adjust, type Mark, type Prior, residualOf } from './adjust.ts';

/** A GCP in the tangent plane. */
export interface Sight {
  readonly point: Enu;
  readonly pixel: Pixel;
  /** One standard deviation of each coordinate of the point, m. */
  readonly sigmaM: number;
}

export interface FitProblem {
  readonly sights: readonly Sight[];
  readonly active: readonly number[];
  readonly priors: readonly Prior[];
  /** Never fewer sights than this are kept. */
  readonly fewest: number;
  readonly keepAll: boolean;
}

/** A least-squares fit to the sights that agree with each other. */
export interface Fit {
  readonly view: View;
  /** One for each sight. */
  readonly kept: readonly boolean[];
  /** One standard deviation of a click along u and along v, px, as the residuals show it. */
  readonly sigmaPx: number;
}

/** Before any residual is seen a click is thought good to 1 px; that opinion weighs as much as one GCP. */
const clickSigmaPx = 1;
const clickFreedom = 2;
/** Chance that one sight of a faultless file is called an outlier. */
const falseAlarm = 0.01;

/** Sights weighted by their click and, seen from this view, by their ground error: σ² = σ_px² + (f·σ/R)². */
export function weigh(sights: readonly Sight[], view: View, sigmaPx: number): readonly Mark[] {
  const { position, lens } = view;
  return sights.map(({ point, pixel, sigmaM }) => {
    const rangeM = Math.hypot(point.eastM - position.eastM, point.northM - position.northM, point.upM - position.upM);
    return { point, pixel, sigmaPx: Math.hypot(sigmaPx, (lens.focalPx * sigmaM) / Math.max(rangeM, 1)) };
  });
}

/** One standard deviation of the residuals along an axis, px, that a few gross errors do not spoil: median / 1.1774 (Rayleigh). */
export function robustScale(view: View, sights: readonly Sight[]): number {
  const sizes = sights.map((sight) => sizeOf(view, sight)).sort((a, b) => a - b);
  return (sizes[Math.floor(sizes.length / 2)] ?? 0) / 1.1774;
}

function sizeOf(view: View, sight: Sight): number {
  const residual = residualOf(view, sight);
  return residual ? Math.hypot(residual.u, residual.v) : Infinity;
}

/**
 * Fits by least squares, leaving out what disagrees: from a robust start one sight at a time goes or comes back, by
 * its externally studentised residual. Source: Cook & Weisberg (1982), "Residuals and Influence in Regression", 2.2.
 */
export function fitWithoutOutliers(problem: FitProblem, start: View): Fit | undefined {
  const { sights, keepAll, fewest } = problem;
  const scale = Math.max(robustScale(start, sights), clickSigmaPx);
  let kept = sights.map((sight) => keepAll || sizeOf(start, sight) < 5 * scale);
  if (kept.filter(Boolean).length < fewest) kept = sights.map(() => true);
  let fit: Fit = { view: start, kept, sigmaPx: scale };
  for (let round = 0; round < 2 * sights.length + 6; round++) {
    const marks = weigh(sights, fit.view, fit.sigmaPx);
    const adjusted = adjustKept(problem, fit, marks);
    if (!adjusted) return undefined;
    const tests = studentise(problem, adjusted, { marks, kept: fit.kept, sigmaPx: fit.sigmaPx });
    const change = keepAll ? undefined : findChange(tests.chances, fit.kept, fewest);
    const settled = change === undefined && Math.abs(tests.sigmaPx / fit.sigmaPx - 1) < 1e-3;
    const flipped = fit.kept.map((keeps, at) => (at === change ? !keeps : keeps));
    fit = { view: adjusted.view, kept: flipped, sigmaPx: tests.sigmaPx };
    if (settled) return fit;
  }
  // Two sights that take turns: the last fit is as good as the one before.
  const adjusted = adjustKept(problem, fit, weigh(sights, fit.view, fit.sigmaPx));
  return adjusted && { ...fit, view: adjusted.view };
}

/** Least squares over the kept sights alone. */
function adjustKept(
  { active, priors }: Pick<FitProblem, 'active' | 'priors'>,
  { view, kept }: Pick<Fit, 'view' | 'kept'>,
  marks: readonly Mark[],
): Adjusted | undefined {
  return adjust({ marks: marks.filter((_, at) => kept[at]), active, priors, robustSigmas: Infinity }, view);
}

/** The sight to flip: the least likely kept one if it is too unlikely, else the likeliest left-out one if it is likely enough. */
function findChange(chances: readonly number[], kept: readonly boolean[], fewest: number): number | undefined {
  const limit = falseAlarm / chances.length;
  const order = chances.map((_, at) => at).sort((a, b) => (chances[a] ?? 0) - (chances[b] ?? 0));
  const worst = order.find((at) => kept[at]);
  if (worst !== undefined && (chances[worst] ?? 1) < limit && kept.filter(Boolean).length > fewest) return worst;
  const best = order.findLast((at) => !kept[at]);
  return best !== undefined && (chances[best] ?? 0) >= limit ? best : undefined;
}

/** For each sight the chance of a residual as large as its own, were it faultless; and the σ of a click. */
function studentise(
  { active }: FitProblem,
  { view, normal }: Adjusted,
  { marks, kept, sigmaPx }: { marks: readonly Mark[]; kept: readonly boolean[]; sigmaPx: number },
) {
  const factor = factorise(normal, active.length);
  const covariance = factor ? invert(factor) : new Float64Array(active.length ** 2);
  const squares = marks.map((mark, at) => squaresOf(view, mark, { active, covariance, kept: kept[at] ?? false }));
  const count = kept.filter(Boolean).length;
  const freedom = Math.max(1, 2 * count - active.length) + clickFreedom;
  const sum = squares.reduce((total, { plain }, at) => total + (kept[at] ? plain : 0), 0);
  const total = sum + clickFreedom * (clickSigmaPx / sigmaPx) ** 2;
  const chances = squares.map(({ scaled }, at) => {
    const left = kept[at] ? freedom - 2 : freedom;
    const variance = Math.max((kept[at] ? total - scaled : total) / left, 1e-6);
    return (1 + scaled / variance / left) ** (-left / 2);
  });
  return { chances, sigmaPx: sigmaPx * Math.sqrt(total / freedom) };
}

/** Squared residual of a mark in its own σ: plain, and scaled by what the fit itself takes up of it. */
function squaresOf(
  view: View,
  { point, pixel, sigmaPx }: Mark,
  { active, covariance, kept }: { active: readonly number[]; covariance: Float64Array; kept: boolean },
): { readonly plain: number; readonly scaled: number } {
  const seen = linearise(view, point);
  if (!seen) return { plain: Infinity, scaled: Infinity };
  const [u, v] = [(pixel.u - seen.pixel.u) / sigmaPx, (pixel.v - seen.pixel.v) / sigmaPx];
  const product = (one: number, two: number) => taken(seen.rows, one, two, { active, covariance }) / sigmaPx ** 2;
  const m = parameterNames.length;
  const sign = kept ? -1 : 1;
  const uu = Math.max(1 + sign * product(0, 0), 1e-9);
  const vv = Math.max(1 + sign * product(m, m), 1e-9);
  const uv = sign * product(0, m);
  const determinant = Math.max(uu * vv - uv * uv, 1e-12);
  return { plain: u * u + v * v, scaled: (u * u * vv - 2 * u * v * uv + v * v * uu) / determinant };
}

/** Row `one` of a Jacobian times the covariance times row `two`. */
function taken(
  rows: Float64Array,
  one: number,
  two: number,
  { active, covariance }: { active: readonly number[]; covariance: Float64Array },
): number {
  const n = active.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const a = rows[one + (active[i] ?? 0)] ?? 0;
    if (a === 0) continue;
    for (let k = 0; k < n; k++) sum += a * (covariance[i * n + k] ?? 0) * (rows[two + (active[k] ?? 0)] ?? 0);
  }
  return sum;
}
