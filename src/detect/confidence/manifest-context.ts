import { z } from '../../schema.ts';

/** How much each trait of a weak box says for it: added up, they are the logit of its new confidence. */
const contextWeights = z.strictObject({
  /** Of the logit of the network's confidence. */
  confidence: z.number(),
  /** Of the logarithm of 1 + the confidences of what is of like size nearby. */
  neighbours: z.number(),
  /** Of the logarithm of the width over the height. */
  shape: z.number(),
  /** Of the share of the box that lies in a larger and more confident one of its label. */
  part: z.number(),
  /** Of the logarithm of the height in pixels of the photo. */
  height: z.number(),
  offset: z.number(),
});

/** The field `context` of a manifest: labels whose weak boxes are believed more among others of their kind. */
export const contextSchema = z.strictObject({
  /** Boxes below this confidence of the network have no say and keep what they have, 0–1. */
  from: z.number().gt(0).lt(1),
  labels: z.record(z.string(), contextWeights),
});

export type Context = z.output<typeof contextSchema>;
export type ContextWeights = z.output<typeof contextWeights>;
