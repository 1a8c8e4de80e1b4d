import { logit } from '../decoders/raw-detection.ts';
import type { Detection } from '../detection.ts';
import { chanceOf } from './logistic.ts';
import type { PlaceRule } from './manifest-confidence.ts';

/** How tall a standing person is at each row of a photo, where the ground is about level. */
export type SizeLine = Pick<PlaceRule, 'horizonV' | 'heightPerRow'>;

const leastConfidence = 0.01;
const leastHeightPx = 8;

/** The probability, 0–1, of a detection of a fixed camera: by its confidence, its shape, its size for its row, and the row. */
export function toPlaceProbability(rule: PlaceRule, detection: Detection): number {
  return chanceOf(placeTraits(detection, rule, rule.photo.heightPx), rule.weights);
}

/**
 * What a rule of a place weighs, in the order of its weights: logit of the confidence; logarithms of the shape (width
 * over height) and of the height over the one expected, each with its square; the row of the foot, −2 to 2, with its
 * square; 1.
 */
export function placeTraits({ box, confidence }: Detection, line: SizeLine, photoHeightPx: number): readonly number[] {
  const sure = Math.min(1 - leastConfidence, Math.max(leastConfidence, confidence));
  const shape = Math.log(box.w / box.h);
  const footV = box.y + box.h;
  const tall = Math.log(box.h / Math.max(leastHeightPx, expectedHeightPx(line, footV)));
  const row = 4 * (footV / photoHeightPx - 0.5);
  return [logit(sure), shape, shape * shape, tall, tall * tall, row, row * row, 1];
}

/** Height of a standing person whose feet are at a row, px; 0 at the horizon and above. */
export function expectedHeightPx({ horizonV, heightPerRow }: SizeLine, footV: number): number {
  return Math.max(0, (footV - horizonV) * heightPerRow);
}
