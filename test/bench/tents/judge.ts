import { iouOf, sharedArea } from '../../../src/geo/box-overlap.ts';
import type { Box } from '../../../src/geo/frames.ts';

/** A box counts as a tent's from this intersection over union on: tents are small here, and boxes loose. */
export const minIou = 0.3;

/** What a box lies on: a tent, by its number; a part of one, or too much of one; what counts neither way; nothing. */
export type Verdict =
  | { readonly kind: 'tent'; readonly tent: number }
  | { readonly kind: 'part' }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'not' };

export function judgeBox(box: Box, tents: readonly Box[], ignored: readonly Box[]): Verdict {
  const ious = tents.map((tent) => iouOf(tent, box));
  const best = Math.max(0, ...ious);
  if (best >= minIou) return { kind: 'tent', tent: ious.indexOf(best) };
  if (ignored.some((other) => isOn(box, other))) return { kind: 'ignored' };
  return tents.some((tent) => isOn(box, tent) || sharedArea(tent, box) >= 0.5 * tent.w * tent.h)
    ? { kind: 'part' }
    : { kind: 'not' };
}

/** Whether a box lies mostly inside another one, or is it. */
function isOn(box: Box, other: Box): boolean {
  return sharedArea(box, other) >= 0.5 * box.w * box.h || iouOf(box, other) >= minIou;
}
