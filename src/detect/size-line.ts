import type { SizePx } from '../geo/frames.ts';
import type { Detection } from './detection.ts';

/** How tall a standing person is at each row of a photo, where the ground is about level. */
export interface SizeLine {
  /** The row at which people would shrink to nothing, px from the top; above the photo it is negative. */
  readonly horizonV: number;
  /** Height of a person per row below it. */
  readonly heightPerRow: number;
}

/** Standing people: confident, and narrower than this share of their height. */
const standing = { minConfidence: 0.25, widthShare: 0.65 };
/** Spread of the heights of standing people and of their boxes, as a logarithm. */
const spread = 0.15;
const leastPeople = 20;
const horizonStepPx = 5;
const heightsPerRow = Array.from({ length: 68 }, (_, step) => 0.02 * 1.05 ** step);

/**
 * Finds from what a fixed camera detected, on several of its photos, how tall a person is at each row: the line that
 * most of the standing ones agree with. It needs no calibration and no labels. Undefined: too few to tell.
 */
export function fitSizeLine(persons: readonly Detection[], photo: SizePx): SizeLine | undefined {
  const people = persons.filter((person) => stands(person, photo)).map(({ box }) => ({ v: box.y + box.h, h: box.h }));
  if (people.length < leastPeople) return undefined;
  let best: { readonly line: SizeLine; readonly agreement: number } | undefined;
  for (let horizonV = -photo.heightPx / 4; horizonV < 0.65 * photo.heightPx; horizonV += horizonStepPx) {
    for (const heightPerRow of heightsPerRow) {
      const line = { horizonV, heightPerRow };
      const agreement = people.reduce((sum, { v, h }) => sum + agreementOf(h, expectedHeightPx(line, v)), 0);
      if (!best || agreement > best.agreement) best = { line, agreement };
    }
  }
  return best?.line;
}

/** Height of a standing person whose feet are at a row, px; never below 1. */
export function expectedHeightPx({ horizonV, heightPerRow }: SizeLine, footV: number): number {
  return Math.max(1, (footV - horizonV) * heightPerRow);
}

function agreementOf(heightPx: number, expectedPx: number): number {
  const off = Math.log(heightPx / expectedPx) / spread;
  return Math.exp((-off * off) / 2);
}

/** Confident, upright, and not cut by the edge of the photo. */
function stands({ box, confidence }: Detection, { widthPx, heightPx }: SizePx): boolean {
  const inside = box.x > 1 && box.x + box.w < widthPx - 1 && box.y + box.h < heightPx - 1;
  return inside && confidence >= standing.minConfidence && box.w < standing.widthShare * box.h;
}
