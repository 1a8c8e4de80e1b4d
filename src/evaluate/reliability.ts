import { type Estimate, type FigureOf, type Sampled, sampleFigure, toEstimate } from './bootstrap.ts';
import type { Judged } from './judged.ts';

/** Boxes of about one confidence: what they said, and how often they were right. */
export interface ReliabilityStep {
  /** Of the confidences, 0–1: from (included) to (excluded, but for 1). */
  readonly from: number;
  readonly to: number;
  readonly boxes: number;
  /** Mean confidence. */
  readonly said: number;
  /** Share that was right. */
  readonly right: number;
}

/** Whether a confidence is the probability of being right. */
export interface Reliability {
  readonly boxes: number;
  /** Expected calibration error: mean over the boxes of |mean confidence − share right| of their step. */
  readonly ece: Estimate | undefined;
  /** Mean −ln of the probability that was given to what is so, nats. */
  readonly logLoss: Estimate | undefined;
  /** Mean squared difference between confidence and 1 (right) or 0 (wrong). */
  readonly brier: Estimate | undefined;
  /** Steps that hold a box. */
  readonly steps: readonly ReliabilityStep[];
}

export interface ReliabilityResult {
  readonly figures: Reliability;
  readonly ece: Sampled;
  readonly logLoss: Sampled;
}

/** Ten steps of a tenth. Source: Guo, Pleiss, Sun and Weinberger 2017, "On calibration of modern neural networks". */
const stepCount = 10;
/** A confidence of exactly 0 or 1 that is wrong would count as infinite. */
const leastDoubt = 1e-6;

/** Holds confidences against what was right. Boxes that are neither right nor wrong are left out. */
export function reliabilityOf(
  { confidence, verdict, photo }: Pick<Judged, 'confidence' | 'verdict' | 'photo'>,
  resamples: readonly Int32Array[],
): ReliabilityResult {
  const boxes = Array.from(confidence, (said, at) => ({
    said,
    right: verdict[at] === 1 ? 1 : 0,
    counts: verdict[at] !== -1,
    photo: photo[at] as number,
    step: Math.min(stepCount - 1, Math.floor(said * stepCount)),
  })).filter(({ counts }) => counts);
  const ece = sampleFigure(eceOf(boxes), resamples);
  const logLoss = sampleFigure(
    meanOf(boxes, ({ said, right }) => {
      const given = right === 1 ? said : 1 - said;
      return -Math.log(Math.min(1 - leastDoubt, Math.max(leastDoubt, given)));
    }),
    resamples,
  );
  const brier = sampleFigure(
    meanOf(boxes, ({ said, right }) => (said - right) ** 2),
    resamples,
  );
  const figures = {
    boxes: boxes.length,
    ece: toEstimate(ece),
    logLoss: toEstimate(logLoss),
    brier: toEstimate(brier),
    steps: Array.from({ length: stepCount }, (_, step) => toStep(boxes, step)).filter((step) => step.boxes > 0),
  };
  return { figures, ece, logLoss };
}

interface JudgedBox {
  readonly said: number;
  readonly right: number;
  readonly photo: number;
  readonly step: number;
}

function toStep(boxes: readonly JudgedBox[], step: number): ReliabilityStep {
  const inStep = boxes.filter((box) => box.step === step);
  const mean = (key: 'said' | 'right') => inStep.reduce((sum, box) => sum + box[key], 0) / inStep.length;
  const limits = { from: step / stepCount, to: (step + 1) / stepCount };
  return { ...limits, boxes: inStep.length, said: mean('said'), right: mean('right') };
}

function eceOf(boxes: readonly JudgedBox[]): FigureOf {
  const cells = sumCells(
    boxes,
    ({ photo, step }) => photo * stepCount + step,
    ({ said, right }) => said - right,
  );
  return (weights) => {
    const gaps = new Float64Array(stepCount);
    let count = 0;
    for (const cell of cells) {
      const weight = weights ? (weights[Math.floor(cell.key / stepCount)] as number) : 1;
      gaps[cell.key % stepCount] = (gaps[cell.key % stepCount] as number) + weight * cell.sum;
      count += weight * cell.count;
    }
    return count > 0 ? gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / count : undefined;
  };
}

function meanOf(boxes: readonly JudgedBox[], measure: (box: JudgedBox) => number): FigureOf {
  const cells = sumCells(boxes, ({ photo }) => photo, measure);
  return (weights) => {
    let [sum, count] = [0, 0];
    for (const cell of cells) {
      const weight = weights ? (weights[cell.key] as number) : 1;
      sum += weight * cell.sum;
      count += weight * cell.count;
    }
    return count > 0 ? sum / count : undefined;
  };
}

/** Sums by key, so that a resample need not go through every box. */
function sumCells(
  boxes: readonly JudgedBox[],
  keyOf: (box: JudgedBox) => number,
  measure: (box: JudgedBox) => number,
): readonly { readonly key: number; readonly sum: number; readonly count: number }[] {
  const cells = new Map<number, { readonly key: number; sum: number; count: number }>();
  for (const box of boxes) {
    const key = keyOf(box);
    const cell = cells.get(key) ?? { key, sum: 0, count: 0 };
    cell.sum += measure(box);
    cell.count++;
    cells.set(key, cell);
  }
  return [...cells.values()];
}
