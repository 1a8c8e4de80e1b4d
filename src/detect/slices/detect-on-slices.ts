import type { Box, SizePx } from '../../geo/frames.ts';
import type { Detection } from '../detection.ts';
import { mergeDetections } from '../merge/merge.ts';
import type { CutSides, SliceDetection } from '../merge/nms.ts';
import type { MergeRule } from '../merge/overlap.ts';
import type { View } from '../merge/vote.ts';
import { mapInOrder } from './map-in-order.ts';
import { planSlices, type Slice } from './slicing.ts';

/** A box this close to the edge of its slice may go on behind it, px of the photo. */
const edgePx = 2;
const fillingShare = 0.85;

/** How a manifest wants a photo to be looked at: with slices of one size, or thoroughly. */
export function planLooks(photo: SizePx, slice: Slicing & { readonly look?: 'plain' | 'thorough' }): readonly Slice[] {
  return slice.look === 'thorough' ? planThoroughLooks(photo, slice) : planPlainLooks(photo, slice);
}

interface Slicing {
  readonly sidePx: number;
  readonly overlapRatio: number;
}

/** Slices of one size, and at last the whole photo, for what is larger than the strip two slices share. */
function planPlainLooks(photo: SizePx, { sidePx, overlapRatio }: Slicing): readonly Slice[] {
  const slices = planSlices(photo, { widthPx: sidePx, heightPx: sidePx }, overlapRatio);
  const whole = { x: 0, y: 0, w: photo.widthPx, h: photo.heightPx, minBoxPx: sidePx * overlapRatio };
  return slices.length > 1 ? [...slices, whole] : slices;
}

/** Sides of slices of a thorough look, as shares of the side at which the network is best, and what neighbours share. */
const thorough = { shares: [1.2, 0.8, 0.63], overlapRatio: 0.25 };

/**
 * Looks at three scales that vote, for crowds of small people: six times the work of `planLooks`, and on a crowded
 * beach F1 .66 instead of .62 (docs/guides/detection-quality.md). Merging must be by 'vote'.
 */
export function planThoroughLooks(photo: SizePx, { sidePx }: { readonly sidePx: number }): readonly Slice[] {
  const sides = thorough.shares.map((share) => Math.round(share * sidePx));
  const longestPx = Math.max(photo.widthPx, photo.heightPx);
  const views = sides.filter((side, at) => at === 0 || side < longestPx);
  return views.flatMap((side, view) =>
    planPlainLooks(photo, { sidePx: side, overlapRatio: thorough.overlapRatio })
      .filter(({ minBoxPx }) => view === 0 || minBoxPx === undefined)
      .map((slice) => ({ ...slice, view: slice.minBoxPx === undefined ? view : views.length })),
  );
}

/** What to look at in one photo, and how to make one list of it. */
export interface SlicePlan {
  readonly photo: SizePx;
  readonly slices: readonly Slice[];
  readonly merge: MergeRule;
  /** Detections below it are dropped after the vote, 0–1. */
  readonly minConfidence: number;
}

/** Gives each slice of a photo to `detectSlice` (boxes in the photo's pixels); makes one list of the answers. */
export async function detectOnSlices(
  plan: SlicePlan,
  detectSlice: (slice: Slice) => Promise<readonly Detection[]>,
): Promise<readonly Detection[]> {
  return joinSlices(
    plan,
    await mapInOrder(plan.slices, async (slice) => ({ slice, inSlice: await detectSlice(slice) })),
  );
}

/** What one slice shows; boxes in the photo's pixels. */
export interface SeenSlice {
  readonly slice: Slice;
  readonly inSlice: readonly Detection[];
}

/** One list of what the slices of a photo show: each object once, inside the photo, most confident first. */
export function joinSlices(
  { photo, merge, minConfidence }: Omit<SlicePlan, 'slices'>,
  seen: readonly SeenSlice[],
): readonly Detection[] {
  const numbers = [...new Set(seen.map(({ slice: { view = 0 } }) => view))];
  const views = numbers.map((number): View => {
    const own = seen.filter(({ slice: { view = 0 } }) => view === number);
    return {
      found: own.flatMap(({ slice, inSlice }) => inSlice.flatMap((one) => toSliceDetection(one, slice, photo))),
      shows: (box) => own.some(({ slice }) => shows(slice, box, photo)),
    };
  });
  return mergeDetections(views, merge).filter(({ confidence }) => confidence >= minConfidence);
}

/** None where other slices show the object better. */
function toSliceDetection(detection: Detection, slice: Slice, photo: SizePx): readonly SliceDetection[] {
  if (!suits(slice, detection.box, photo)) return [];
  const box = clip(detection.box, photo);
  return box ? [{ ...detection, box, cut: cutSides(detection.box, slice, photo) }] : [];
}

/** Whether a slice shows all of a box, at a size that is left to it. */
function shows(slice: Slice, box: Box, photo: SizePx): boolean {
  const inside =
    box.x >= slice.x && box.y >= slice.y && box.x + box.w <= slice.x + slice.w && box.y + box.h <= slice.y + slice.h;
  return inside && suits(slice, box, photo);
}

function suits(slice: Slice, box: Box, photo: SizePx): boolean {
  return !fills(box, slice, photo) && Math.max(box.w, box.h) >= (slice.minBoxPx ?? 0);
}

/**
 * True where a box is about as wide or as high as a slice that shows a part of the photo: a network shown nothing but
 * texture often calls all of it one object, and a true object of that size is seen on the whole photo.
 */
function fills(box: Box, slice: Box, photo: SizePx): boolean {
  const wide = slice.w < photo.widthPx && box.w >= fillingShare * slice.w;
  const high = slice.h < photo.heightPx && box.h >= fillingShare * slice.h;
  return wide || high;
}

/** Where a box reaches a slice's edge that is not the photo's own; undefined: nowhere. */
function cutSides(box: Box, slice: Box, photo: SizePx): CutSides | undefined {
  const left = slice.x > 0 && box.x <= slice.x + edgePx;
  const top = slice.y > 0 && box.y <= slice.y + edgePx;
  const right = slice.x + slice.w < photo.widthPx && box.x + box.w >= slice.x + slice.w - edgePx;
  const bottom = slice.y + slice.h < photo.heightPx && box.y + box.h >= slice.y + slice.h - edgePx;
  return left || top || right || bottom ? { left, top, right, bottom } : undefined;
}

function clip(box: Box, photo: SizePx): Box | undefined {
  const x = Math.max(0, box.x);
  const y = Math.max(0, box.y);
  const w = Math.min(photo.widthPx, box.x + box.w) - x;
  const h = Math.min(photo.heightPx, box.y + box.h) - y;
  return w > 0 && h > 0 ? { x, y, w, h } : undefined;
}
