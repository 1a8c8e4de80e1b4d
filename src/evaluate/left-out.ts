import type { JudgedDetection } from '../detect/confidence/fit-confidence.ts';
import type { Detection } from '../detect/detection.ts';
import type { SizePx } from '../geo/frames.ts';
import { type JudgingRule, type LabelFindings, matchFound } from './judge-label.ts';
import { type Matched, rankByConfidence } from './judged.ts';
import { bestThreshold } from './operating-point.ts';

/** One label that a model found on labelled photos. */
export type LabelledFindings = LabelFindings & Pick<JudgingRule, 'truth'>;

/** Detections of one photo, each judged. */
export interface JudgedPhoto {
  readonly sizePx: SizePx;
  readonly judged: readonly JudgedDetection[];
}

/** A new confidence for a detection of a photo. */
export type Reckon = (detection: Detection, photo: SizePx) => number;

/** Learns from judged photos how to reckon; undefined: they do not teach it. */
export type Teach = (photos: readonly JudgedPhoto[]) => Reckon | undefined;

/** What a way of reckoning gives on photos that had no part in it. */
export interface LeftOut {
  /** Judged anew, as the order of confidence decides which of two boxes takes an object. */
  readonly matched: Matched;
  /** By photo, the threshold of the best F1 on the photos that taught it; Infinity where they have none. */
  readonly thresholds: Float64Array;
}

const mostFolds = 20;

/**
 * Reckons each photo by what the other ones taught: up to 20 photos one by one, more of them in 20 runs of neighbours,
 * as neighbours resemble one another. undefined: there is one photo only, or some of the rest do not teach it.
 */
export function leaveOut(findings: LabelledFindings, teach: Teach): LeftOut | undefined {
  const { photos, found } = findings;
  if (photos.length < 2) return undefined;
  const judged = judgePhotos(findings);
  const folds = Math.min(mostFolds, photos.length);
  const foldOf = (photo: number) => Math.floor((photo * folds) / photos.length);
  const thresholds = new Float64Array(photos.length).fill(Number.POSITIVE_INFINITY);
  const reckoned: (readonly Detection[])[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const isOther = (_: unknown, photo: number) => foldOf(photo) !== fold;
    const reckon = teach(judged.filter(isOther));
    if (!reckon) return undefined;
    const all = reckonAll(findings, reckon);
    const others = { ...findings, photos: photos.filter(isOther), found: all.filter(isOther) };
    const threshold = bestThreshold(matchFound(others));
    all.forEach((list, photo) => {
      if (foldOf(photo) !== fold) return;
      reckoned[photo] = list;
      if (threshold !== undefined) thresholds[photo] = threshold;
    });
  }
  return { matched: matchFound({ ...findings, found: found.map((_, photo) => reckoned[photo] ?? []) }), thresholds };
}

/** All detections with a new confidence. */
export function reckonAll({ photos, found }: LabelledFindings, reckon: Reckon): readonly (readonly Detection[])[] {
  return photos.map(({ sizePx }, photo) =>
    (found[photo] ?? []).map((detection) => ({ ...detection, confidence: reckon(detection, sizePx) })),
  );
}

/** Says of each detection whether it is right; those that are neither right nor wrong are left out. */
export function judgePhotos(findings: LabelledFindings): readonly JudgedPhoto[] {
  const { photos, found } = findings;
  const { verdict, photo, rank } = matchFound(findings);
  const verdicts = photos.map(() => new Map<number, number>());
  verdict.forEach((one, at) => {
    verdicts[photo[at] as number]?.set(rank[at] as number, one);
  });
  return photos.map(({ sizePx }, at) => {
    const order = rankByConfidence((found[at] ?? []).map(({ confidence }) => confidence));
    const judged = [...order].flatMap((from, place) => {
      const detection = found[at]?.[from];
      const said = verdicts[at]?.get(place);
      return detection && (said === 1 || said === 0) ? [{ ...detection, right: said === 1 }] : [];
    });
    return { sizePx, judged };
  });
}
