import { factorise, solve } from '../camera/cholesky.ts';
import type { View } from '../camera/jacobian.ts';
import { type Adjustment, adjust, type Mark, type Normal, normalOf, stepView } from './adjust.ts';
import { residualSizes, rootMeanSquare } from './fit-figures.ts';
import { type Fit, type FitProblem, weigh } from './outliers.ts';

/** Each kept sight predicted by a fit without it: root mean square, px; undefined when one of them cannot be spared. */
export function leaveOneOut({ sights, active, priors }: FitProblem, fit: Fit): number | undefined {
  const marks = weigh(sights, fit.view, fit.sigmaPx).filter((_, at) => fit.kept[at]);
  if (2 * (marks.length - 1) < active.length - priors.length || marks.length < 4) return undefined;
  const problem: Adjustment = { marks, active, priors, robustSigmas: Infinity };
  const normal = normalOf(problem, fit.view);
  const sizes: number[] = [];
  for (const mark of marks) {
    const others = { ...problem, marks: marks.filter((other) => other !== mark) };
    const view = nearbyWithout(problem, normal, mark, fit.view) ?? adjust(others, fit.view)?.view;
    if (!view) return undefined;
    sizes.push(...residualSizes(view, [mark]));
  }
  return rootMeanSquare(sizes);
}

/** A step is the last when it gains less than this: in χ², so that it moves nothing by more than a hundredth of its σ, and the next one would move far less. */
const smallGain = 1e-4;
const mostSteps = 5;

/** The fit without one mark by Gauss–Newton from the fit with it, a step or two; undefined when that is too far to go so. */
function nearbyWithout(problem: Adjustment, all: Normal, mark: Mark, start: View): View | undefined {
  const others = { ...problem, marks: problem.marks.filter((other) => other !== mark) };
  const own = normalOf({ ...problem, marks: [mark], priors: [] }, start);
  // The first step needs no derivative: the equations of all marks less those of one.
  let normal: Normal = {
    cost: all.cost - own.cost,
    matrix: less(all.matrix, own.matrix),
    gradient: less(all.gradient, own.gradient),
  };
  let view = start;
  for (let step = 0; step < mostSteps; step++) {
    const next = stepOf(problem, view, normal);
    if (!next) return undefined;
    view = next.view;
    if (next.gain < smallGain) return view;
    normal = normalOf(others, view, normal);
  }
  return undefined;
}

function less(one: Float64Array, two: Float64Array): Float64Array {
  const rest = one.slice();
  for (let at = 0; at < rest.length; at++) rest[at] = (rest[at] ?? 0) - (two[at] ?? 0);
  return rest;
}

/** A step of Gauss–Newton, and what it gains if all is linear. */
function stepOf({ active }: Adjustment, view: View, { matrix, gradient }: Normal) {
  const factor = factorise(matrix, active.length);
  if (!factor) return undefined;
  const step = solve(factor, gradient);
  return {
    view: stepView(view, active, step),
    gain: step.reduce((sum, part, at) => sum + part * (gradient[at] ?? 0), 0),
  };
}
