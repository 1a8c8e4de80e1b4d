import { logit } from '../decoders/raw-detection.ts';
import type { Detection } from '../detection.ts';
import { fitLogistic } from './logistic.ts';
import type { ConfidenceRule } from './manifest-confidence.ts';

/** A detection that was held against what a person marked. */
export interface JudgedDetection extends Detection {
  readonly right: boolean;
}

/** Boxes a step at least: a share of fewer tells too little. */
const leastInStep = 20;
const mostSteps = 40;
/** As few as leave two numbers free. */
const ridge = 0.01;

/**
 * Two numbers; for few boxes. Undefined where the less sure ones were right more often.
 * Source: Platt 1999, on the logit of the confidence.
 */
export function fitSigmoid(judged: readonly JudgedDetection[]): ConfidenceRule | undefined {
  const rows = judged.map(({ confidence, right }) => ({ traits: [logit(confidence), 1], right }));
  const [slope = 0, offset = 0] = fitLogistic(rows, ridge);
  return slope > 0 ? { method: 'sigmoid', slope: round(slope), offset: round(offset) } : undefined;
}

/**
 * Any rising curve; for many boxes. Each step of confidence counts one box more, of the mean share, so that no
 * probability is 0 or 1.
 * Source: centred isotonic regression, Oron and Flournoy 2017: steps that would fall are pooled to one point.
 */
export function fitIsotonic(judged: readonly JudgedDetection[]): ConfidenceRule | undefined {
  const sorted = judged.toSorted((a, b) => a.confidence - b.confidence);
  if (sorted.length === 0) return undefined;
  const mean = sorted.filter(({ right }) => right).length / sorted.length;
  const blocks: Block[] = [];
  for (const step of toSteps(sorted)) {
    const right = step.filter((one) => one.right).length;
    const confidence = step.reduce((sum, one) => sum + one.confidence, 0) / step.length;
    blocks.push({ count: step.length + 1, confidence, share: (right + mean) / (step.length + 1) });
    pool(blocks);
  }
  return { method: 'isotonic', knots: blocks.map(({ confidence, share }) => [round(confidence), round(share)]) };
}

/** Neighbours in confidence: how many, their mean confidence, and the share that was right. */
interface Block {
  readonly count: number;
  readonly confidence: number;
  readonly share: number;
}

/** Joins the last blocks until both confidence and share rise. */
function pool(blocks: Block[]): void {
  for (;;) {
    const [a, b] = [blocks.at(-2), blocks.at(-1)];
    if (!a || !b || (b.share > a.share && round(b.confidence) > round(a.confidence))) return;
    const count = a.count + b.count;
    const meanOf = (key: 'confidence' | 'share') => (a.count * a[key] + b.count * b[key]) / count;
    blocks.splice(-2, 2, { count, confidence: meanOf('confidence'), share: meanOf('share') });
  }
}

function toSteps<Item>(sorted: readonly Item[]): readonly (readonly Item[])[] {
  const steps = Math.min(mostSteps, Math.max(1, Math.floor(sorted.length / leastInStep)));
  const ends = Array.from({ length: steps + 1 }, (_, at) => Math.round((at * sorted.length) / steps));
  return ends.slice(1).map((end, at) => sorted.slice(ends[at], end));
}

function round(value: number): number {
  return Number(value.toFixed(5));
}
