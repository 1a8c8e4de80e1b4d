import type { Detection } from '../detection.ts';
import { suppress } from '../merge/nms.ts';
import { byConfidence, limitOf, type MergeRule, overlapOf } from '../merge/overlap.ts';

/**
 * What a network found, and what its check found: of two boxes of the check that are one object the more probable stays;
 * one that the network found too, under the same label, stays as the network has it, with the higher confidence of both.
 * Most confident first.
 */
export function addChecked(
  found: readonly Detection[],
  checked: readonly Detection[],
  merge: MergeRule,
): readonly Detection[] {
  const higher = new Map<Detection, number>();
  const own = suppress(checked, merge).filter((one) => {
    const twin = found.find((other) => isSame(one, other, merge));
    if (twin) higher.set(twin, Math.max(higher.get(twin) ?? twin.confidence, one.confidence));
    return !twin;
  });
  const all = found.map((one) => ({ ...one, confidence: higher.get(one) ?? one.confidence }));
  return [...all, ...own].sort(byConfidence);
}

function isSame(a: Detection, b: Detection, merge: MergeRule): boolean {
  const { measure, limit } = limitOf(merge, a.label);
  return a.label === b.label && overlapOf(a.box, b.box, measure) > limit;
}
