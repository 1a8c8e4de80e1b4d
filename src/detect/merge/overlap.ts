import { iouOf, sharedArea } from '../../geo/box-overlap.ts';
import type { Box } from '../../geo/frames.ts';
import type { Detection } from '../detection.ts';

/** When two boxes of one label are one object. */
export interface MergeRule {
  /** Limit of the intersection over the union, for labels without one of their own, 0–1. */
  readonly iou: number;
  /** 'nms' (the default): the most confident box of an object stays. 'vote': the mean box of all its views. */
  readonly method?: 'nms' | 'vote' | undefined;
  /** Labels that are compared otherwise: by the intersection over the smaller box (ios), or with another limit. */
  readonly labels?: Readonly<Record<string, OverlapLimit>> | undefined;
}

/** Boxes that overlap by more than a limit are one object. */
interface OverlapLimit {
  readonly measure: 'iou' | 'ios';
  readonly limit: number;
}

export function limitOf({ iou, labels }: MergeRule, label: string): OverlapLimit {
  return labels?.[label] ?? { measure: 'iou', limit: iou };
}

/** Shared area over that of both together (iou) or over the smaller one (ios), 0–1. */
export function overlapOf(a: Box, b: Box, measure: OverlapLimit['measure']): number {
  if (measure === 'iou') return iouOf(a, b);
  const shared = sharedArea(a, b);
  return shared === 0 ? 0 : shared / Math.min(a.w * a.h, b.w * b.h);
}

/** Most confident first; among equals an order of their own, so that the order they were found in cannot matter. */
export function byConfidence(a: Detection, b: Detection): number {
  if (a.confidence !== b.confidence) return b.confidence - a.confidence;
  if (a.label !== b.label) return a.label < b.label ? -1 : 1;
  return a.box.x - b.box.x || a.box.y - b.box.y || a.box.w - b.box.w || a.box.h - b.box.h;
}
