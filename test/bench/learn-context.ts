import { contextTraits } from '../../src/detect/confidence/context-rule.ts';
import { fitLogistic, type LogisticRow } from '../../src/detect/confidence/logistic.ts';
import type { ContextWeights } from '../../src/detect/confidence/manifest-context.ts';
import { matchPoints, type PointCase } from '../../src/evaluate/judge-points.ts';

/** Boxes of which the network is surer teach nothing: the rule lifts weak ones. */
const weakBelow = 0.3;
const ridge = 0.5;
/** What the weights are learned for: from this confidence on a person is shown by default. */
export const threshold = 0.25;
/** The probability that becomes the threshold: half the F1 that is reached, where F1 is best. */
const shownFrom = 0.33;

/** Weak boxes of one photo and whether each is right; most confident first, as they are judged. */
function rowsOf(one: PointCase): readonly LogisticRow[] {
  const { verdict } = matchPoints([one]);
  const traits = contextTraits(one.found);
  return one.found.flatMap((detection, at) =>
    detection.confidence < weakBelow ? [{ traits: traits.get(detection) ?? [], right: verdict[at] === 1 }] : [],
  );
}

/** Weights of the context, by logistic regression of right or wrong on the traits of weak boxes. */
export function learnContext(cases: readonly PointCase[]): ContextWeights {
  const fitted = fitLogistic(cases.flatMap(rowsOf), ridge);
  const [confidence = 0, neighbours = 0, shape = 0, part = 0, height = 0, offset = 0] = fitted;
  const shift = Math.log(threshold / (1 - threshold)) - Math.log(shownFrom / (1 - shownFrom));
  return { confidence, neighbours, shape, part, height, offset: offset + shift };
}
