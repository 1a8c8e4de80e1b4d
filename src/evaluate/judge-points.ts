import type { Detection } from '../detect/detection.ts';
import type { Box } from '../geo/frames.ts';
import { type Matched, rankByConfidence } from './judged.ts';
import type { TruthPoint } from './labelled-photo.ts';

/** What one label has on one photo. */
export interface PointCase {
  readonly found: readonly Detection[];
  readonly truths: readonly TruthPoint[];
}

/** A person's point sits on the head, often a little above the box. */
const growPx = 3;
const growShare = 0.15;

/**
 * Judges the boxes of one label against points: a detection takes the free point that is nearest to its middle, of
 * those inside its box grown by 3 px or 15 % of its height, whichever is more, on every side; the most confident first.
 */
export function matchPoints(cases: readonly PointCase[]): Matched {
  const rows = cases.flatMap((one, photo) => matchPhoto(one).map((row) => ({ ...row, photo })));
  const firstOf: number[] = [];
  let count = 0;
  for (const { truths } of cases) {
    firstOf.push(count);
    count += truths.length;
  }
  const order = rankByConfidence(rows.map(({ detection }) => detection.confidence));
  const sorted = [...order].flatMap((from) => rows[from] ?? []);
  return {
    confidence: Float64Array.from(sorted, ({ detection }) => detection.confidence),
    photo: Int32Array.from(sorted, ({ photo }) => photo),
    rank: Int32Array.from(sorted, ({ rank }) => rank),
    verdict: Int8Array.from(sorted, ({ take }) => Number(take >= 0)),
    truth: Int32Array.from(sorted, ({ take, photo }) => (take >= 0 ? (firstOf[photo] ?? 0) + take : -1)),
    heightPx: Float64Array.from(sorted, ({ detection }) => detection.box.h),
    asked: Int32Array.from(cases, ({ truths }) => truths.length),
    truthPhoto: Int32Array.from(cases.flatMap(({ truths }, photo) => truths.map(() => photo))),
    truthHeightPx: new Float64Array(count).fill(Number.NaN),
    uncounted: new Uint8Array(cases.length),
  };
}

function matchPhoto({ found, truths }: PointCase) {
  const order = rankByConfidence(found.map(({ confidence }) => confidence));
  const taken = new Uint8Array(truths.length);
  return [...order].flatMap((from, rank) => {
    const detection = found[from];
    if (!detection) return [];
    const take = nearestInside(detection.box, truths, taken);
    if (take >= 0) taken[take] = 1;
    return [{ detection, rank, take }];
  });
}

function nearestInside({ x, y, w, h }: Box, truths: readonly TruthPoint[], taken: Uint8Array): number {
  const grow = Math.max(growPx, growShare * h);
  let [nearest, least] = [-1, Number.POSITIVE_INFINITY];
  truths.forEach(({ point: { u, v } }, index) => {
    if (taken[index] || u < x - grow || u > x + w + grow || v < y - grow || v > y + h + grow) return;
    const distance = Math.hypot(u - (x + w / 2), v - (y + h / 2));
    if (distance < least) [nearest, least] = [index, distance];
  });
  return nearest;
}
