import { residualSizes, rootMeanSquare } from './fit-figures.ts';
import { adjustKept, type Fit, type FitProblem, weigh } from './outliers.ts';

/** Each kept sight predicted by a fit without it: root mean square, px; undefined when one of them cannot be spared. */
export function leaveOneOut(problem: FitProblem, fit: Fit): number | undefined {
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
