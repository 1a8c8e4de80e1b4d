import { type Adjustment, adjust, type Mark, type Normal, normalOf, stepView } from './adjust.ts';
import { factorise, solve } from './cholesky.ts';
import { residualSizes, rootMeanSquare } from './fit-figures.ts';
import type { View } from './jacobian.ts';
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

/** What a second step may still gain of what the first one gained, and of the cost, when two are enough. */
const settled = { ofFirst: 1e-3, ofCost: 1e-9 };

/** The fit without one mark by two steps of Gauss–Newton from the fit with it; undefined when that is too far to go so. */
function nearbyWithout(problem: Adjustment, all: Normal, mark: Mark, start: View): View | undefined {
  const own = normalOf({ ...problem, marks: [mark], priors: [] }, start);
  const first = stepOf(problem, start, {
    cost: all.cost - own.cost,
    matrix: all.matrix.map((value, at) => value - (own.matrix[at] ?? 0)),
    gradient: all.gradient.map((value, at) => value - (own.gradient[at] ?? 0)),
  });
  if (!first) return undefined;
  const others = { ...problem, marks: problem.marks.filter((other) => other !== mark) };
  const normal = normalOf(others, first.view);
  const second = stepOf(problem, first.view, normal);
  if (!second || second.gain > settled.ofFirst * first.gain + settled.ofCost * normal.cost) return undefined;
  return second.view;
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
