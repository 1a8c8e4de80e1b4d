import { iouOf } from '../geo/box-overlap.ts';
import type { Box } from '../geo/frames.ts';

export interface BoxMatch<Found, Truth> {
  readonly found: Found;
  readonly truth: Truth;
  readonly iou: number;
}

/** One-to-one matches, the most confident detection choosing first, each with IoU ≥ minIou. Source: the rule of PASCAL VOC. */
export function matchBoxes<Found extends { box: Box; confidence: number }, Truth extends { box: Box }>(
  found: readonly Found[],
  truths: readonly Truth[],
  minIou: number,
): readonly BoxMatch<Found, Truth>[] {
  const free = new Set(truths);
  const matches: BoxMatch<Found, Truth>[] = [];
  for (const detection of found.toSorted((a, b) => b.confidence - a.confidence)) {
    let best: BoxMatch<Found, Truth> | undefined;
    for (const truth of free) {
      const iou = iouOf(detection.box, truth.box);
      if (iou >= minIou && iou > (best?.iou ?? 0)) best = { found: detection, truth, iou };
    }
    if (!best) continue;
    free.delete(best.truth);
    matches.push(best);
  }
  return matches;
}
