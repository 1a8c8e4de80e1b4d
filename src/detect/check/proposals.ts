import type { Box, SizePx } from '../../geo/frames.ts';
import type { Detection } from '../detection.ts';
import { overlapOf } from '../merge/overlap.ts';
import { joinSlices, type SeenSlice } from '../slices/detect-on-slices.ts';
import type { CheckRule } from './manifest-check.ts';

/** All boxes of one photo are one kind here, so that one thing is looked at once, whatever the network calls it. */
const anything = '';

/** One thing that a check looks at. */
export interface Proposal {
  /** Of the network. */
  readonly confidence: number;
  /** Its box in each of the rule's sizes. */
  readonly boxes: readonly Box[];
}

/**
 * What a check looks at in one photo: boxes of any class that are sure, large and small enough, most confident first;
 * not what `found` shows and the rule leaves alone. Each thing has one entry.
 * @param seen Every box of the network, slice by slice.
 * @param found What the network found by its labels.
 */
export function chooseProposals(
  { proposals, leaves = {} }: CheckRule,
  photo: SizePx,
  seen: readonly SeenSlice[],
  found: readonly Detection[],
): readonly Proposal[] {
  const { from, iou, minSidePx, maxSliceShare, most } = proposals;
  const boxes = seen.map(({ slice, inSlice }) => {
    const fits = inSlice.filter(({ confidence, box }) => confidence >= from && shareOf(slice, box) <= maxSliceShare);
    return { slice, inSlice: fits.map((one) => ({ ...one, label: anything })) };
  });
  const left = found.filter(({ label, confidence }) => confidence >= (leaves[label] ?? Number.POSITIVE_INFINITY));
  const isLeft = ({ box }: Detection): boolean => left.some((one) => overlapOf(one.box, box, 'iou') > iou);
  return joinSlices({ photo, merge: { iou }, minConfidence: from }, boxes)
    .filter((one) => isLarge(one.box, minSidePx) && !isLeft(one))
    .slice(0, most)
    .map(({ confidence, box }) => {
      const boxes = inSizes(box, seen, proposals).filter((one) => isLarge(one, minSidePx));
      return { confidence, boxes };
    });
}

/** A box in the sizes in which it is looked at: a small one, in the slice that shows it largest, in all of the rule's. */
function inSizes(
  box: Box,
  seen: readonly SeenSlice[],
  { scales, scalesMaxSliceShare }: CheckRule['proposals'],
): readonly Box[] {
  const shares = seen.flatMap(({ slice }) => (containsMiddle(slice, box) ? [shareOf(slice, box)] : []));
  return Math.max(...shares) > scalesMaxSliceShare ? [box] : scales.map((scale) => shrink(box, scale));
}

function shareOf(slice: Box, box: Box): number {
  return Math.max(box.w, box.h) / Math.min(slice.w, slice.h);
}

function containsMiddle(slice: Box, box: Box): boolean {
  const [u, v] = [box.x + box.w / 2, box.y + box.h / 2];
  return u >= slice.x && v >= slice.y && u <= slice.x + slice.w && v <= slice.y + slice.h;
}

function isLarge({ w, h }: Box, leastPx: number): boolean {
  return Math.max(w, h) >= leastPx;
}

/** About its middle. */
function shrink({ x, y, w, h }: Box, scale: number): Box {
  return { x: x + (w * (1 - scale)) / 2, y: y + (h * (1 - scale)) / 2, w: w * scale, h: h * scale };
}
