import { z } from '../../schema.ts';
import { cropSchema } from '../check/manifest-check.ts';

/** How the outputs of a network become boxes: one form for each family of networks. */

const stridePx = z.int().positive();

const centernet = z.strictObject({
  kind: z.literal('centernet'),
  /** Output (1, classes, rows, columns): how sure the network is of the middle of a class there, 0–1. */
  heatmap: z.string(),
  /** Output (1, 4, rows, columns): from that middle to the left, top, right and bottom side, px of the input. */
  extents: z.string(),
});

const yolox = z.strictObject({
  kind: z.literal('yolox'),
  /** Output (1, cells, 5 + classes): boxes by cells of the grids, not yet in pixels. */
  output: z.string(),
  /** Px of the input a cell, grid by grid: commonly 8, 16, 32. */
  stridesPx: z.array(stridePx).min(1),
});

const yolo = z.strictObject({
  kind: z.literal('yolo'),
  /** Output (1, 4 + classes, boxes), without suppression: middle, width, height, then each class, 0–1. */
  output: z.string(),
  /** Of middle, width and height: 'px' of the input, or 'share' of its sides. */
  unit: z.enum(['px', 'share']),
});

const distribution = z.strictObject({
  kind: z.literal('distribution'),
  /** Either two outputs a grid, or one output (1, cells, classes + 4 · bins) with the grids one after the other. */
  levels: z.union([
    z
      .array(
        z.strictObject({
          stridePx,
          /** Output (1, cells, classes), 0–1. */
          scores: z.string(),
          /** Output (1, cells, 4 · bins), logits. */
          distances: z.string(),
        }),
      )
      .min(1),
    z.strictObject({ output: z.string(), stridesPx: z.array(stridePx).min(1) }),
  ]),
  /** Distances that are told apart, 0 among them: 8 where the network's configuration says reg_max 7. */
  bins: z.int().min(2),
  /** Where in its cell the point lies that distances are counted from: 0 its top-left corner, 0.5 its middle. */
  centre: z.number().min(0).max(1),
});

const fastestdet = z.strictObject({
  kind: z.literal('fastestdet'),
  /** Output (1, 5 + classes, rows, columns). */
  output: z.string(),
});

const ssd = z.strictObject({
  kind: z.literal('ssd'),
  /** Output (1, anchors, 4), offsets from the anchors. */
  boxes: z.string(),
  /** Output (1, anchors, classes), or (1, anchors, 1 + classes) with the background first. */
  scores: z.string(),
  background: z.boolean(),
  /** What makes 0–1 of the scores; 'none' where they are that already. */
  activation: z.enum(['none', 'sigmoid', 'softmax']),
  /** Order of the offsets: 'uv' (across, down; Caffe, PyTorch) or 'vu' (TensorFlow). */
  axes: z.enum(['uv', 'vu']),
  variances: z.tuple([z.number().positive(), z.number().positive()]),
  /** Grids of anchors; sizes are width and height as shares of the input. */
  anchors: z
    .array(
      z.strictObject({
        rows: z.int().positive(),
        columns: z.int().positive(),
        sizes: z.array(z.tuple([z.number().positive(), z.number().positive()])).min(1),
      }),
    )
    .min(1),
});

const detr = z.strictObject({
  kind: z.literal('detr'),
  /** Output (1, queries, classes), before the sigmoid. */
  logits: z.string(),
  /** Output (1, queries, 4): middle, width, height, as shares of the input. */
  boxes: z.string(),
});

const detrList = z.strictObject({
  kind: z.literal('detr-list'),
  /** Output (1, objects): the number of each one's class. */
  labels: z.string(),
  /** Output (1, objects, 4): left, top, right, bottom, px of the size that the input `input.sizes` was given. */
  boxes: z.string(),
  /** Output (1, objects), 0–1. */
  scores: z.string(),
});

/** No detector: it says what a crop shows, for detectors whose manifests name it in `check`. */
const classifier = z.strictObject({
  kind: z.literal('classifier'),
  /** Output (1, classes): how probable each class is, or its logit. */
  output: z.string(),
  /** What makes 0–1 of the output; 'none' where it is that already. */
  activation: z.enum(['none', 'softmax']),
  crop: cropSchema,
});

export const decoderSchema = z.discriminatedUnion('kind', [
  centernet,
  yolox,
  yolo,
  distribution,
  fastestdet,
  ssd,
  detr,
  detrList,
  classifier,
]);

export type Decoder = z.output<typeof decoderSchema>;
export type DecoderKind = Decoder['kind'];
export type DecoderOf<Kind extends DecoderKind> = Extract<Decoder, { kind: Kind }>;
