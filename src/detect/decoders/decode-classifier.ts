import type { SizePx } from '../../geo/frames.ts';
import type { RawDetection } from './raw-detection.ts';

/** The output of a classifier, flat. */
export interface ClassifierOutput {
  /** (1, classes). */
  readonly scores: Float32Array;
  /** What makes 0–1 of them. */
  readonly activation: 'none' | 'softmax';
  readonly input: SizePx;
}

/** Each class is an object that fills the input. */
export function decodeClassifier(output: ClassifierOutput, minConfidence: number): RawDetection[] {
  const { scores, activation, input } = output;
  const chances = activation === 'softmax' ? softmax(scores) : scores;
  const box = { x: 0, y: 0, w: input.widthPx, h: input.heightPx };
  return [...chances].flatMap((confidence, classIndex) =>
    confidence >= minConfidence ? [{ classIndex, confidence, box }] : [],
  );
}

function softmax(logits: Float32Array): Float32Array {
  const most = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = logits.map((each) => Math.exp(each - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((each) => each / sum);
}
