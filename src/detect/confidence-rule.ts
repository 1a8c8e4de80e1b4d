import type { Detection } from './detection.ts';
import type { Detector } from './detector.ts';
import type { Confidence, ConfidenceRule } from './manifest-confidence.ts';
import { sigmoid } from './raw-detection.ts';

/**
 * What might be a person is stored and hidden in pictures from this confidence on: a box that the network gives as much
 * keeps as much, however improbable, so that nobody is shown whom the network alone would have hidden.
 */
const hiddenFrom = 0.05;
/** Confidences of 0 and 1 have no logit. */
const leastDoubt = 1e-6;

/** The probability, 0–1, that stands for a confidence of the network; never less for a higher confidence. */
export function toProbability(rule: ConfidenceRule, confidence: number): number {
  const probability =
    rule.method === 'sigmoid'
      ? sigmoid(rule.slope * logit(confidence) + rule.offset)
      : interpolate(rule.knots, confidence);
  return Math.max(probability, Math.min(confidence, hiddenFrom));
}

/** From 0–1 to any number. */
export function logit(share: number): number {
  const inside = Math.min(1 - leastDoubt, Math.max(leastDoubt, share));
  return Math.log(inside / (1 - inside));
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
      return toProbabilities(found, confidence).filter((one) => one.confidence >= look.minConfidence);
    },
  };
}

/** Most probable first. */
function toProbabilities(found: readonly Detection[], { labels, from }: Confidence): readonly Detection[] {
  const probable = found.flatMap((detection) => {
    const rule = labels[detection.label]?.rule;
    if (!rule) return [detection];
    if (detection.confidence < from) return [];
    return [{ ...detection, confidence: toProbability(rule, detection.confidence) }];
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
