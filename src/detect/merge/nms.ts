import type { Detection } from '../detection.ts';
import { type BoxGrid, gridOf } from './box-grid.ts';
import { byConfidence, limitOf, type MergeRule, overlapOf } from './overlap.ts';

/** Sides of a box at which its slice ends and its object may go on. */
export interface CutSides {
  readonly left: boolean;
  readonly top: boolean;
  readonly right: boolean;
  readonly bottom: boolean;
}

/** A detection that still knows where the edge of its slice cut it. */
export interface SliceDetection extends Detection {
  /** Undefined: the slice showed all of it. */
  readonly cut?: CutSides | undefined;
}

/** A cut box of which this share lies in another box, or that one in it, is a part of that one's object. */
const partOf = 0.6;

/**
 * Non-maximum suppression: of two boxes that are one object by the rule the more confident stays; a box that its slice
 * cut gives way to its whole twin, which takes the higher confidence of both. Most confident first.
 */
export function suppress<T extends SliceDetection>(found: readonly T[], rule: MergeRule): readonly T[] {
  const order = [...found].sort((a, b) => Number(isCut(a)) - Number(isCut(b)) || byConfidence(a, b));
  const kept = new Map<string, BoxGrid<Kept<T>>>();
  const all: Kept<T>[] = [];
  for (const one of order) {
    const others = gridOf(kept, one.label);
    const twin = findTwin(one, others, rule);
    if (twin) {
      twin.confidence = Math.max(twin.confidence, one.confidence);
      continue;
    }
    const entry = { one, box: one.box, confidence: one.confidence };
    all.push(entry);
    others.add(entry);
  }
  return all.map(({ one, confidence }) => ({ ...one, confidence })).sort(byConfidence);
}

interface Kept<T> {
  readonly one: T;
  readonly box: Detection['box'];
  confidence: number;
}

/** The most confident one kept that shows the same object. */
function findTwin<T extends SliceDetection>(
  one: SliceDetection,
  kept: BoxGrid<Kept<T>>,
  rule: MergeRule,
): Kept<T> | undefined {
  const { measure, limit } = limitOf(rule, one.label);
  let best: Kept<T> | undefined;
  for (const other of kept.near(one.box)) {
    if (best && byConfidence(best.one, other.one) <= 0) continue;
    const isSame = overlapOf(one.box, other.box, measure) > limit;
    if (isSame || (isCut(one) && overlapOf(one.box, other.box, 'ios') > partOf)) best = other;
  }
  return best;
}

function isCut({ cut }: SliceDetection): boolean {
  return cut !== undefined;
}
