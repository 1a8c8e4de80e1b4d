import type { SizePx } from '../../geo/frames.ts';
import { logit, sigmoid } from '../decoders/raw-detection.ts';
import type { Detection } from '../detection.ts';
import type { Detector } from '../detector.ts';
import type { Confidence, ConfidenceRule, LabelConfidence } from './manifest-confidence.ts';
import { toPlaceProbability } from './place-rule.ts';

/**
 * What might be a person is stored and hidden in pictures from this confidence on: a box that the network gives as much
 * keeps as much, however improbable, so that nobody is shown whom the network alone would have hidden.
 */
const hiddenFrom = 0.05;
/**
 * The probability, 0–1, of a detection on a photo of some size: by the rule of the place where photos have that size,
 * else by its confidence alone. Never less for a higher confidence of the same box.
 */
export function toProbability({ rule, place }: LabelRules, detection: Detection, photo: SizePx): number {
  const { confidence } = detection;
  const probability =
    place && place.photo.widthPx === photo.widthPx && place.photo.heightPx === photo.heightPx
      ? toPlaceProbability(place, detection)
      : ofConfidence(rule, confidence);
  return Math.max(probability, Math.min(confidence, hiddenFrom));
}

/** What a label's confidence is reckoned by. */
export type LabelRules = Pick<LabelConfidence, 'rule' | 'place'>;

function ofConfidence(rule: ConfidenceRule, confidence: number): number {
  if (rule.method === 'sigmoid') return sigmoid(rule.slope * logit(confidence) + rule.offset);
  return interpolate(rule.knots, confidence);
}

/**
 * A detector whose confidences are those that its manifest's `confidence` makes of the network's; without that field
 * the detector itself. The network is always read down to what was judged, whatever is asked for.
 */
export function withConfidence(detector: Detector): Detector {
  const { confidence } = detector.manifest;
  if (!confidence) return detector;
  return {
    ...detector,
    detect: async (image, look) => {
      const least = Math.min(look.minConfidence, confidence.from);
      const found = await detector.detect(image, { ...look, minConfidence: least });
      return toProbabilities(found, confidence, image.sizePx).filter((one) => one.confidence >= look.minConfidence);
    },
  };
}

/** Most probable first. */
function toProbabilities(
  found: readonly Detection[],
  { labels, from }: Confidence,
  photo: SizePx,
): readonly Detection[] {
  const probable = found.flatMap((detection) => {
    const rules = labels[detection.label];
    if (!rules) return [detection];
    if (detection.confidence < from) return [];
    return [{ ...detection, confidence: toProbability(rules, detection, photo) }];
  });
  return probable.sort((a, b) => b.confidence - a.confidence);
}

function interpolate(knots: readonly (readonly [number, number])[], confidence: number): number {
  let [x0, y0] = [0, 0];
  for (const [x1, y1] of [...knots, [1, 1] as const]) {
    if (confidence <= x1) return x1 > x0 ? y0 + ((y1 - y0) * (confidence - x0)) / (x1 - x0) : y1;
    [x0, y0] = [x1, y1];
  }
  return 1;
}
