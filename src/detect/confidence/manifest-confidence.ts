import { z } from '../../schema.ts';

/** What labelled photos taught about a network's confidence: the field `confidence` of a manifest. */

const share = z.number().min(0).max(1);
/** A figure and its 95 % interval; one photo alone has no interval. */
const estimate = z.strictObject({
  value: z.number(),
  low: z.number().exactOptional(),
  high: z.number().exactOptional(),
});
const beforeAfter = z.strictObject({ before: estimate, after: estimate });

const isotonic = z.strictObject({
  method: z.literal('isotonic'),
  /** Confidence of the network → probability; a straight line between neighbours, from (0, 0) and to (1, 1). */
  knots: z.array(z.tuple([share, share])).min(1),
});

const sigmoid = z.strictObject({
  method: z.literal('sigmoid'),
  /** Probability = sigmoid(slope · logit(confidence) + offset): with an offset of 0, slope is one over a temperature. */
  slope: z.number().positive(),
  offset: z.number(),
});

const rule = z.discriminatedUnion('method', [isotonic, sigmoid]).check(({ value, issues }) => {
  if (value.method !== 'isotonic') return;
  value.knots.forEach(([confidence, probability], at) => {
    const [less, lower] = value.knots[at - 1] ?? [-1, 0];
    if (confidence > less && probability >= lower) return;
    issues.push({ code: 'custom', input: value.knots, path: ['knots', at], message: '↗' });
  });
});

/** Of one fixed camera: how tall people are at each row, and what that says of a box. */
const place = z.strictObject({
  /** It holds for photos of this size alone. */
  photo: z.strictObject({ widthPx: z.int().positive(), heightPx: z.int().positive() }),
  /** The row at which people would shrink to nothing, px from the top; above the photo it is negative. */
  horizonV: z.number(),
  /** Height of a person per row below it. */
  heightPerRow: z.number().positive(),
  /** Of a logistic regression; what each one weighs is in place-rule.ts. */
  weights: z
    .array(z.number())
    .length(8)
    .refine(([confidence = 0]) => confidence > 0, '[> 0, …]'),
});

const label = z.strictObject({
  rule,
  /** Stands in for the rule on photos of the camera that it was learned on. */
  place: place.exactOptional(),
  /** Boxes that were judged, and how many of them were right. */
  boxes: z.int().positive(),
  right: z.int().nonnegative(),
  /** Figures on photos that had no part in the rule. ECE: mean |probability − share right|. */
  ece: beforeAfter,
  logLoss: beforeAfter,
  /** At the threshold of the best F1 on the photos that taught. */
  f1: beforeAfter,
  /** Σ|said − there| / Σ there, counts a photo at that threshold; left out where nothing can be counted. */
  countShareOff: beforeAfter.exactOptional(),
  /** Of those photos, by steps of the probability: boxes, the mean probability said, and the share that was right. */
  reliability: z.array(
    z.strictObject({ from: share, to: share, boxes: z.int().positive(), said: share, right: share }),
  ),
});

export const confidenceSchema = z.strictObject({
  confidenceVersion: z.literal(1),
  /** Model whose confidence it is, "<id>@<version>"; its weights are this manifest's. */
  model: z.string(),
  /** Boxes of less confidence (of the network) were not judged: they are dropped. */
  from: share,
  dataset: z.strictObject({ name: z.string(), format: z.string(), photos: z.int().positive() }),
  /** Day on which it was made, UTC. */
  date: z.iso.date(),
  /** By label; a label that is not named keeps the network's confidence. */
  labels: z.record(z.string(), label),
});

export type Confidence = z.output<typeof confidenceSchema>;
export type LabelConfidence = Confidence['labels'][string];
export type PlaceRule = z.output<typeof place>;
export type ConfidenceRule = LabelConfidence['rule'];
