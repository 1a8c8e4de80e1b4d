import { type Estimate, type FigureOf, type Sampled, sampleFigure, toEstimate } from './bootstrap.ts';
import { type BreakdownRow, breakDown } from './breakdown.ts';
import { type CocoFigures, cocoFigures, figuresByHeight, type HeightFigures } from './coco-figures.ts';
import { type CountError, countError, countPhotos, countThresholdsWithoutEach } from './counts.ts';
import type { JudgedLabel } from './judge-label.ts';
import type { Matched } from './judged.ts';
import type { LabelledPhoto } from './labelled-photo.ts';
import {
  bestThreshold,
  type OperatingPoint,
  operatingPoints,
  type Rates,
  sumTallies,
  tallyPhotos,
  thresholdsWithoutEach,
  toRates,
} from './operating-point.ts';
import { type Reliability, reliabilityOf } from './reliability.ts';

/** Rates and counts at thresholds that were given or chosen. */
export interface ThresholdFigures extends Rates {
  /** The least, the middle and the greatest where each photo has its own; Infinity is left out. */
  readonly thresholds: readonly number[];
  readonly f1Interval: Estimate | undefined;
  readonly counts: CountError;
  readonly meanAbsoluteInterval: Estimate | undefined;
  readonly shareOffInterval: Estimate | undefined;
}

/** All figures of one label of one model. */
export interface LabelFigures {
  readonly label: string;
  /** Of points: average precision by the point rule. */
  readonly ap50: Estimate | undefined;
  readonly ap: Estimate | undefined;
  readonly coco: CocoFigures | undefined;
  readonly byHeight: readonly HeightFigures[] | undefined;
  /** At the threshold that comes with the model; absent: it has none. */
  readonly atThreshold: ThresholdFigures | undefined;
  /** The best F1 of all thresholds on these very photos: optimistic. */
  readonly best: OperatingPoint | undefined;
  /** Each photo judged at the threshold of the best F1 on all the others. */
  readonly leaveOneOut: ThresholdFigures | undefined;
  /** Each photo counted at the threshold of the least count error on all the others. */
  readonly countLeaveOneOut: ThresholdFigures | undefined;
  /** Of all detections that were looked at: whether their confidence is the probability of being right. */
  readonly reliability: Reliability;
  readonly breakdown: readonly BreakdownRow[];
  /** Recall, precision and threshold from the highest threshold down, thinned. */
  readonly curve: readonly (readonly [recall: number, precision: number, threshold: number])[];
}

/** Figures of which pairs of models are compared, by name. */
export type SampledFigures = Readonly<Record<string, Sampled>>;

export interface LabelResult {
  readonly figures: LabelFigures;
  readonly sampled: SampledFigures;
  readonly points: readonly OperatingPoint[];
}

const curvePoints = 200;

/** Makes the figures of a judged label. `threshold`: the model's own. */
export function figuresOf(
  label: string,
  judged: JudgedLabel,
  of: {
    readonly photos: readonly LabelledPhoto[];
    readonly threshold: number | undefined;
    readonly maxDetections: number;
    readonly resamples: readonly Int32Array[];
  },
): LabelResult {
  const { matched, coco } = judged;
  const { resamples, threshold, photos } = of;
  const points = operatingPoints(matched);
  const sampleAt = (thresholds: Float64Array) => sampleThresholds(matched, thresholds, resamples);
  const own = threshold === undefined ? undefined : sampleAt(new Float64Array(photos.length).fill(threshold));
  const honest = photos.length > 1 ? sampleAt(thresholdsWithoutEach(matched)) : undefined;
  const counting = photos.length > 1 ? sampleAt(countThresholdsWithoutEach(matched)) : undefined;
  const ap50 = sampleFigure(judged.ap50, resamples);
  const ap = judged.ap && sampleFigure(judged.ap, resamples);
  const reliability = reliabilityOf(matched, resamples);
  const best = bestThreshold(matched);
  const figures: LabelFigures = {
    label,
    ap50: toEstimate(ap50),
    ap: ap && toEstimate(ap),
    coco: coco && cocoFigures([coco], of.maxDetections),
    byHeight: coco && figuresByHeight([coco]),
    atThreshold: own?.figures,
    best: points.find((point) => point.threshold === best),
    leaveOneOut: honest?.figures,
    countLeaveOneOut: counting?.figures,
    reliability: reliability.figures,
    breakdown: breakDown(matched, photos, threshold ?? best ?? Number.POSITIVE_INFINITY),
    curve: thin(points),
  };
  const sampled = present({
    ap50,
    ap,
    f1: own?.f1,
    f1LeaveOneOut: honest?.f1,
    ece: reliability.ece,
    logLoss: reliability.logLoss,
    countMae: own?.meanAbsolute,
    countShareOffLeaveOneOut: counting?.shareOff,
  });
  return { figures, sampled, points };
}

/** Rates and counts where each photo has a threshold of its own. */
export function sampleThresholds(matched: Matched, thresholds: Float64Array, resamples: readonly Int32Array[]) {
  const thresholdOf = (photo: number) => thresholds[photo] ?? Number.POSITIVE_INFINITY;
  const tallies = tallyPhotos(matched, thresholdOf);
  const counts = countPhotos(matched, thresholdOf);
  // of many labels, most photos have nothing: they weigh on no share
  const telling = tallies.flatMap((tally, photo) =>
    tally.right + tally.wrong + tally.missed > 0 ? [{ ...tally, photo }] : [],
  );
  const tellingCounts = counts.filter(({ there, said }) => there + said > 0);
  const f1Of: FigureOf = (weights) => {
    let [right, all] = [0, 0];
    for (const tally of telling) {
      const weight = weights ? (weights[tally.photo] as number) : 1;
      right += weight * 2 * tally.right;
      all += weight * (2 * tally.right + tally.wrong + tally.missed);
    }
    return all > 0 ? right / all : undefined;
  };
  const f1 = sampleFigure(f1Of, resamples);
  const meanAbsolute = sampleFigure((weights) => countError(counts, weights).meanAbsolute, resamples);
  const shareOff = sampleFigure((weights) => countError(tellingCounts, weights).shareOff, resamples);
  const figures: ThresholdFigures = {
    thresholds: spreadOf(thresholds),
    ...toRates(sumTallies(tallies)),
    f1Interval: toEstimate(f1),
    counts: countError(counts),
    meanAbsoluteInterval: toEstimate(meanAbsolute),
    shareOffInterval: toEstimate(shareOff),
  };
  return { figures, f1, meanAbsolute, shareOff };
}

function spreadOf(thresholds: Float64Array): readonly number[] {
  const sorted = thresholds.filter(Number.isFinite).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  if (sorted.length === 0) return [];
  return at(0) === at(1) ? [at(0)] : [at(0), at(0.5), at(1)];
}

/** Points spread evenly over the curve, its ends included. */
function thin(points: readonly OperatingPoint[]): LabelFigures['curve'] {
  const step = Math.max(1, (points.length - 1) / (curvePoints - 1));
  const count = points.length === 0 ? 0 : Math.floor((points.length - 1) / step) + 1;
  return Array.from({ length: count }, (_, at) => points[Math.round(at * step)]).flatMap((point) =>
    point?.recall === undefined || point.precision === undefined
      ? []
      : [[point.recall, point.precision, point.threshold] as const],
  );
}

function present(figures: Readonly<Record<string, Sampled | undefined>>): SampledFigures {
  return Object.fromEntries(
    Object.entries(figures).filter((entry): entry is [string, Sampled] => entry[1]?.value !== undefined),
  );
}
