import type { SizePx } from '../../geo/frames.ts';
import type { Detection } from '../detection.ts';
import { overlapOf } from '../merge/overlap.ts';
import { joinSlices, type SeenSlice } from '../slices/detect-on-slices.ts';
import type { CheckRule } from './manifest-check.ts';

/** All boxes of one photo are one kind here, so that one thing is looked at once, whatever the network calls it. */
const anything = '';

/**
 * What a check looks at in one photo: boxes of any class that are sure, large and small enough, each thing once, most
 * confident first; not what `found` shows and the rule leaves alone.
 * @param seen Every box of the network, slice by slice.
 * @param found What the network found by its labels.
 */
export function chooseProposals(
  { proposals, leaves = {} }: CheckRule,
  photo: SizePx,
  seen: readonly SeenSlice[],
  found: readonly Detection[],
): readonly Detection[] {
  const { from, iou, minSidePx, maxSliceShare, most } = proposals;
  const boxes = seen.map(({ slice, inSlice }) => {
    const mostPx = maxSliceShare * Math.min(slice.w, slice.h);
    const fits = inSlice.filter(({ confidence, box }) => confidence >= from && Math.max(box.w, box.h) <= mostPx);
    return { slice, inSlice: fits.map((one) => ({ ...one, label: anything })) };
  });
  const left = found.filter(({ label, confidence }) => confidence >= (leaves[label] ?? Number.POSITIVE_INFINITY));
  const isLeft = ({ box }: Detection): boolean => left.some((one) => overlapOf(one.box, box, 'iou') > iou);
  return joinSlices({ photo, merge: { iou }, minConfidence: from }, boxes)
    .filter((one) => Math.max(one.box.w, one.box.h) >= minSidePx && !isLeft(one))
    .slice(0, most);
}
