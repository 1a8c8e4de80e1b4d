import type { SizePx } from '../../geo/frames.ts';
import type { JudgedDetection } from './fit-confidence.ts';
import { fitLogistic } from './logistic.ts';
import type { PlaceRule } from './manifest-confidence.ts';
import { expectedHeightPx, placeTraits, type SizeLine } from './place-rule.ts';

/** Who is narrower than this share of their height stands. */
const standingShare = 0.65;
/** Spread of the heights of standing people and of their boxes, as a logarithm. */
const spread = 0.15;
const leastPeople = 20;
const horizonStepPx = 5;
const heightsPerRow = Array.from({ length: 68 }, (_, step) => 0.02 * 1.05 ** step);
const ridge = 0.5;

/** Learns from judged photos of one fixed camera, all of one size. Undefined: too few people stand upright on them. */
export function fitPlace(judged: readonly JudgedDetection[], photo: SizePx): PlaceRule | undefined {
  const line = fitSizeLine(judged, photo);
  if (!line) return undefined;
  const rows = judged.map((one) => ({ traits: placeTraits(one, line, photo.heightPx), right: one.right }));
  const weights = fitLogistic(rows, ridge).map((weight) => Number(weight.toFixed(5)));
  return (weights[0] ?? 0) > 0 ? { photo, ...line, weights } : undefined;
}

/** The line of heights that most of those who stand agree with. */
function fitSizeLine(judged: readonly JudgedDetection[], photo: SizePx): SizeLine | undefined {
  const people = judged.filter((one) => stands(one, photo)).map(({ box }) => ({ v: box.y + box.h, h: box.h }));
  if (people.length < leastPeople) return undefined;
  let best: { readonly line: SizeLine; readonly agreement: number } | undefined;
  for (let horizonV = -photo.heightPx / 4; horizonV < 0.65 * photo.heightPx; horizonV += horizonStepPx) {
    for (const heightPerRow of heightsPerRow) {
      const line = { horizonV, heightPerRow: Number(heightPerRow.toFixed(5)) };
      const agreement = people.reduce((sum, { v, h }) => sum + agreementOf(h, expectedHeightPx(line, v)), 0);
      if (!best || agreement > best.agreement) best = { line, agreement };
    }
  }
  return best?.line;
}

function agreementOf(heightPx: number, expectedPx: number): number {
  const off = Math.log(heightPx / Math.max(1, expectedPx)) / spread;
  return Math.exp((-off * off) / 2);
}

/** Right, upright, and not cut by the edge of the photo. */
function stands({ box, right }: JudgedDetection, { widthPx, heightPx }: SizePx): boolean {
  const inside = box.x > 1 && box.x + box.w < widthPx - 1 && box.y + box.h < heightPx - 1;
  return right && inside && box.w < standingShare * box.h;
}
