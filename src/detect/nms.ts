import type { Box } from '../geo/frames.ts';
import type { Detection } from './detection.ts';

/** A detection that still knows whether the edge of its slice cut it. */
export interface SliceDetection extends Detection {
  readonly cut: boolean;
}

/** A cut box of which this share lies in another box is a part of that one's object. */
const partOf = 0.6;
const gridCellPx = 64;

/**
 * One detection an object, from those of all slices: of two boxes of one label that overlap by more than `iou`,
 * the more confident stays; a box that its slice cut gives way to its whole twin, which takes the higher
 * confidence of both. Most confident first.
 */
export function mergeDetections(found: readonly SliceDetection[], iou: number): readonly Detection[] {
  const order = [...found].sort((a, b) => Number(a.cut) - Number(b.cut) || b.confidence - a.confidence);
  const kept = new Map<string, Kept[]>();
  const all: Kept[] = [];
  for (const candidate of order) {
    const twin = neighboursOf(kept, candidate).find((other) => isTwin(candidate, other, iou));
    if (twin) {
      twin.confidence = Math.max(twin.confidence, candidate.confidence);
      continue;
    }
    const entry = { ...candidate };
    all.push(entry);
    for (const key of gridKeys(entry)) {
      const cell = kept.get(key);
      if (cell) cell.push(entry);
      else kept.set(key, [entry]);
    }
  }
  return all
    .sort((a, b) => b.confidence - a.confidence)
    .map(({ label, confidence, box }) => ({ label, confidence, box }));
}

interface Kept extends SliceDetection {
  confidence: number;
}

function isTwin(candidate: SliceDetection, kept: SliceDetection, iou: number): boolean {
  const shared = sharedArea(candidate.box, kept.box);
  if (shared === 0) return false;
  const [a, b] = [candidate.box.w * candidate.box.h, kept.box.w * kept.box.h];
  if (shared > iou * (a + b - shared)) return true;
  return candidate.cut && shared > partOf * Math.min(a, b);
}

function sharedArea(a: Box, b: Box): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

/** Kept boxes of the same label in the grid cells that a box touches, each maybe several times. */
function neighboursOf(kept: ReadonlyMap<string, Kept[]>, candidate: SliceDetection): Kept[] {
  return gridKeys(candidate).flatMap((key) => kept.get(key) ?? []);
}

function gridKeys({ label, box }: Detection): string[] {
  const keys: string[] = [];
  for (let j = Math.floor(box.y / gridCellPx); j <= Math.floor((box.y + box.h) / gridCellPx); j++) {
    for (let i = Math.floor(box.x / gridCellPx); i <= Math.floor((box.x + box.w) / gridCellPx); i++) {
      keys.push(`${label} ${i} ${j}`);
    }
  }
  return keys;
}
