import type { Detection } from '../detection.ts';
import { joinCutParts } from './join-cut.ts';
import { type SliceDetection, suppress } from './nms.ts';
import { byConfidence, type MergeRule } from './overlap.ts';
import { type View, vote } from './vote.ts';

/**
 * One detection an object, from what each view of a photo found on its slices. Most confident first; no two of one
 * label overlap by more than the rule allows. Takes time in proportion to the number of boxes, in crowds too.
 */
export function mergeDetections(views: readonly View[], rule: MergeRule): readonly Detection[] {
  const once = views.map((view) => ({ ...view, found: mergeView(view.found, rule) }));
  const [only, second] = once;
  const all = rule.method === 'vote' && second ? vote(once, rule) : once.flatMap(({ found }) => found);
  const merged = only && !second ? only.found : suppress(all, rule);
  return merged.map(({ label, confidence, box }) => ({ label, confidence, box })).sort(byConfidence);
}

function mergeView(found: readonly SliceDetection[], rule: MergeRule): readonly SliceDetection[] {
  const kept = suppress(found, rule);
  const joined = joinCutParts(kept);
  return joined.length < kept.length ? suppress(joined, rule) : kept;
}
