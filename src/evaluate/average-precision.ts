import type { FigureOf } from './bootstrap.ts';
import type { Judged } from './judged.ts';

/** Recalls at which precision is read: 0, 0.01 … 1. Source: numpy.linspace(0, 1, 101), to the last bit. */
const recalls = Float64Array.from({ length: 101 }, (_, at) => (at === 100 ? 1 : at * 0.01));
/** Source: numpy.spacing(1), which pycocotools adds to each denominator. */
const epsilon = 2 ** -52;

/**
 * Average precision, 0–1: the mean of the precision at 101 recalls, each being the best at that recall or a higher one.
 * undefined where nothing was asked for. Source: pycocotools 2.0, COCOeval.accumulate.
 */
export function precisionOf({ verdict, photo, asked }: Judged): FigureOf {
  // photos of the detections that count; those of wrong ones as ~photo, which is below 0
  const marks = Int32Array.from(photo, (of, at) => (verdict[at] === 1 ? of : ~of)).filter(
    (_, at) => verdict[at] !== -1,
  );
  const rightSoFar = new Float64Array(marks.length);
  const precisionThere = new Float64Array(marks.length);
  return (weights) => {
    const total = countAsked(asked, weights);
    if (total === 0) return undefined;
    let [right, wrong, count] = [0, 0, 0];
    for (const mark of marks) {
      const weight = weights ? (weights[mark < 0 ? ~mark : mark] as number) : 1;
      if (mark < 0) wrong += weight;
      else if (weight > 0) {
        right += weight;
        rightSoFar[count] = right;
        precisionThere[count++] = right / (wrong + right + epsilon);
      }
    }
    return interpolate(rightSoFar.subarray(0, count), precisionThere.subarray(0, count), total);
  };
}

/** `rightSoFar`: of each right detection, how many were right so far; `precisionThere`: the precision so far. */
function interpolate(rightSoFar: Float64Array, precisionThere: Float64Array, total: number): number {
  let [sum, best] = [0, 0];
  let next = 100;
  while (next >= 0 && (recalls[next] as number) > (rightSoFar.at(-1) ?? 0) / total) next--;
  for (let at = rightSoFar.length - 1; at >= 0; at--) {
    best = Math.max(best, precisionThere[at] as number);
    const before = (rightSoFar[at - 1] ?? 0) / total;
    while (next >= 0 && (recalls[next] as number) > before) {
      sum += best;
      next--;
    }
  }
  // what is left is recall 0, which the first detection reaches, right or wrong
  return (sum + (next >= 0 ? best * (next + 1) : 0)) / recalls.length;
}

/** Share of what was asked for that is found among the `maxDetections` most confident of each photo, 0–1. */
export function recallWithin({ verdict, rank, asked }: Judged, maxDetections: number): number | undefined {
  const total = countAsked(asked);
  if (total === 0) return undefined;
  let right = 0;
  for (let at = 0; at < verdict.length; at++) {
    if (verdict[at] === 1 && (rank[at] as number) < maxDetections) right++;
  }
  return right / total;
}

/** The mean of the values that exist; undefined: none does. */
export function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : undefined;
}

function countAsked(asked: Int32Array, weights?: Int32Array): number {
  let total = 0;
  for (let photo = 0; photo < asked.length; photo++)
    total += (asked[photo] as number) * (weights ? (weights[photo] as number) : 1);
  return total;
}
