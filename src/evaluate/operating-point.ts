import type { Judged } from './judged.ts';

/** How many were right, wrong and missed. */
export interface Tally {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

/** What a threshold gives; undefined: nothing was found, or nothing was there. */
export interface Rates extends Tally {
  readonly precision: number | undefined;
  readonly recall: number | undefined;
  readonly f1: number | undefined;
}

export interface OperatingPoint extends Rates {
  /** Detections of this confidence or more count. */
  readonly threshold: number;
}

/** Rates of a tally. F1 is 2·right / (2·right + wrong + missed): 0 where all is wrong or missed. */
export function toRates({ right, wrong, missed }: Tally): Rates {
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : undefined);
  return {
    right,
    wrong,
    missed,
    precision: share(right, right + wrong),
    recall: share(right, right + missed),
    f1: share(2 * right, 2 * right + wrong + missed),
  };
}

/** Every threshold at which something changes, from the highest; one point for detections of equal confidence. */
export function operatingPoints(judged: Judged): readonly OperatingPoint[] {
  const asked = sumOf(judged.asked);
  const points: OperatingPoint[] = [];
  let [right, wrong] = [0, 0];
  judged.verdict.forEach((verdict, at) => {
    if (verdict === 1) right++;
    else if (verdict === 0) wrong++;
    const threshold = judged.confidence[at] as number;
    if (judged.confidence[at + 1] === threshold) return;
    points.push({ threshold, ...toRates({ right, wrong, missed: asked - right }) });
  });
  return points;
}

/** The tally of each photo at a threshold, which may differ from photo to photo. */
export function tallyPhotos(judged: Judged, thresholdOf: (photo: number) => number): readonly Tally[] {
  const right = new Int32Array(judged.asked.length);
  const wrong = new Int32Array(judged.asked.length);
  judged.verdict.forEach((verdict, at) => {
    const photo = judged.photo[at] as number;
    if ((judged.confidence[at] as number) < thresholdOf(photo)) return;
    if (verdict === 1) right[photo] = (right[photo] as number) + 1;
    else if (verdict === 0) wrong[photo] = (wrong[photo] as number) + 1;
  });
  return Array.from(judged.asked, (asked, photo) => ({
    right: right[photo] as number,
    wrong: wrong[photo] as number,
    missed: asked - (right[photo] as number),
  }));
}

/** All tallies as one. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  const sum = { right: 0, wrong: 0, missed: 0 };
  for (const { right, wrong, missed } of tallies) {
    sum.right += right;
    sum.wrong += wrong;
    sum.missed += missed;
  }
  return sum;
}

/**
 * The threshold of the best F1; of equal ones the highest. undefined: nothing was found, or nothing was there.
 * @param without A photo that has no say in it.
 */
export function bestThreshold(judged: Judged, without = -1): number | undefined {
  const asked = sumOf(judged.asked) - (judged.asked[without] ?? 0);
  if (asked === 0) return undefined;
  let [right, wrong, bestF1] = [0, 0, 0];
  let best: number | undefined;
  for (let at = 0; at < judged.verdict.length; at++) {
    if (judged.photo[at] !== without) {
      if (judged.verdict[at] === 1) right++;
      else if (judged.verdict[at] === 0) wrong++;
    }
    if (judged.confidence[at + 1] === judged.confidence[at]) continue;
    const f1 = (2 * right) / (right + wrong + asked);
    if (f1 > bestF1) [bestF1, best] = [f1, judged.confidence[at]];
  }
  return best;
}

/**
 * For each photo the threshold of the best F1 on all the others, so that no photo is judged by a threshold that it
 * helped to choose. Infinity (nothing is kept) where the others give none.
 */
export function thresholdsWithoutEach(judged: Judged): Float64Array {
  return Float64Array.from(judged.asked, (_, photo) => bestThreshold(judged, photo) ?? Number.POSITIVE_INFINITY);
}

/** The point of the highest recall among those of at least this precision. */
export function recallAtPrecision(points: readonly OperatingPoint[], precision: number): OperatingPoint | undefined {
  return points.filter((point) => (point.precision ?? 0) >= precision).at(-1);
}

/** The point of the best precision among those of at least this recall. */
export function precisionAtRecall(points: readonly OperatingPoint[], recall: number): OperatingPoint | undefined {
  const enough = points.filter((point) => (point.recall ?? 0) >= recall);
  return enough.reduce<OperatingPoint | undefined>(
    (best, point) => ((point.precision ?? 0) > (best?.precision ?? -1) ? point : best),
    undefined,
  );
}

function sumOf(numbers: Int32Array): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
