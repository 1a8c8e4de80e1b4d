import { z } from '../../schema.ts';

const share = z.number().min(0).max(1);

/** How a classifier's crops are cut: what its training did. */
export const cropSchema = z.strictObject({
  /** Room on each side of the box, as a share of its longer side. */
  contextShare: z.number().min(0).max(4),
  /** A crop is no smaller, px of the photo. */
  minSidePx: z.int().min(2),
});

/** The field `check` of a detector's manifest: a second look at what its network is unsure of, whatever it calls it. */
export const checkSchema = z.strictObject({
  /** The classifier, "<id>@<version>". */
  model: z.string().regex(/^[a-z0-9][a-z0-9.-]*@.+$/, '"<id>@<version>"'),
  /** Boxes of the network that are looked at, of any class, with a label or without. */
  proposals: z.strictObject({
    /** Confidence of the network from which a box is one, 0–1. */
    from: z.number().gt(0).max(1),
    /** Of boxes that overlap by more (intersection over union), whatever their classes, one is looked at. */
    iou: share,
    /** Longer side, px of the photo. */
    minSidePx: z.number().positive(),
    /** Longer side, as a share of the shorter side of the slice that shows the box. */
    maxSliceShare: z.number().gt(0).max(1),
    /** So many of a photo, the most confident first; the others are not looked at. */
    most: z.int().positive(),
    /** Each box is looked at in these sizes, as shares of its sides, about its middle: networks draw small things too large. */
    scales: z.array(z.number().gt(0).max(1)).min(1).default([1]),
    /** Boxes with a longer side above this share of their slice's shorter side are looked at as they are. */
    scalesMaxSliceShare: z.number().gt(0).max(1).default(1),
    /** The probability of a class is multiplied by this power of the network's confidence: 0 trusts the classifier alone. */
    confidencePower: z.number().min(0).max(2).default(0),
  }),
  /** Class of the classifier → Rivage label that it finds; the class's probability is the confidence. */
  labels: z.record(z.string(), z.string()),
  /** Labels of the network that are left alone from a confidence on: such a box is nothing else, whatever it looks like. */
  leaves: z.record(z.string(), share).optional(),
});

export type CheckRule = z.output<typeof checkSchema>;
