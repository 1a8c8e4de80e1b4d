import { z } from '../schema.ts';
import { confidenceSchema } from './confidence/manifest-confidence.ts';
import { contextSchema } from './confidence/manifest-context.ts';
import { decoderSchema } from './decoders/manifest-decoder.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex is needed');
const weightFile = z.strictObject({
  /** Where the bytes come from: a file of an installed npm package, a file beside the manifest, or a download. */
  from: z.union([
    z.strictObject({ package: z.string(), file: z.string() }),
    z.strictObject({ file: z.string() }),
    z.strictObject({
      url: z.url({ protocol: /^https$/, error: 'an address that begins with https:// is needed' }),
      /** Size of the file, bytes. */
      bytes: z.int().positive(),
    }),
  ]),
  sha256,
});

const byte = z.number().min(0).max(255);

/** What models/<id>/model.json says: everything the service needs to run a network and to read its answer. */
const manifest = z.strictObject({
  $schema: z.string().optional(),
  manifestVersion: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  version: z.string(),
  /** True for the model that is used when nobody names one; exactly one folder says so. */
  default: z.boolean(),
  name: z.string(),
  licence: z.string(),
  source: z.string(),
  /** 'onnx': one file. 'tfjs-graph': the graph's JSON first, then the weight files that it names. */
  format: z.enum(['onnx', 'tfjs-graph']),
  weights: z.array(weightFile).min(1),
  input: z.strictObject({
    /** Name of the input of the network. */
    name: z.string(),
    widthPx: z.int().positive(),
    heightPx: z.int().positive(),
    channels: z.enum(['RGB', 'BGR']),
    /** Each value 0–255 becomes (value − mean) / std; in the order of `channels`. */
    mean: z.tuple([z.number(), z.number(), z.number()]),
    std: z.tuple([z.number(), z.number(), z.number()]),
    /** 'letterbox': scaled to fit, the rest filled; 'stretch': both sides scaled to the input. */
    fit: z.enum(['letterbox', 'stretch']),
    /** Where the scaled slice lies in a letterbox. */
    place: z.enum(['top-left', 'centre']).default('top-left'),
    /** Colour of the rest of a letterbox: red, green, blue, 0–255. */
    fill: z.tuple([byte, byte, byte]).default([114, 114, 114]),
    /** Order of the input's axes: (1, 3, height, width) or (1, height, width, 3). */
    layout: z.enum(['NCHW', 'NHWC']).default('NCHW'),
    /** Name of a second input (1, 2) that wants a width and a height, commonly "orig_target_sizes"; left out: none. */
    sizes: z.string().optional(),
  }),
  decoder: decoderSchema,
  /** Side of a slice in the photo's pixels at which the network is best, and the share two neighbours have in common. */
  slice: z.strictObject({
    sidePx: z.int().positive(),
    overlapRatio: z.number().min(0).max(0.8),
    /** 'plain' (where left out): slices of that side, and the whole photo. 'thorough': three scales, for crowds. */
    look: z.enum(['plain', 'thorough']).exactOptional(),
  }),
  /** Every class of the network, in its own order. */
  classes: z.array(z.string()).min(1),
  /** Class name → Rivage label. A class that is not named here is dropped. */
  labels: z.record(z.string(), z.string()),
  merge: z.strictObject({
    /** Boxes of one label that overlap by more than this (intersection over union) are one object. */
    iou: z.number().min(0).max(1),
    /** 'nms' (where left out): an object's most confident box stays. 'vote': looks at several scales vote on it. */
    method: z.enum(['nms', 'vote']).optional(),
    /** Labels with a limit of their own, on the union (iou) or on the smaller of both boxes (ios). */
    labels: z
      .record(z.string(), z.strictObject({ measure: z.enum(['iou', 'ios']), limit: z.number().min(0).max(1) }))
      .optional(),
  }),
  /** Confidence from which a label is shown by default, per label. */
  thresholds: z.record(z.string(), z.number().min(0).max(1)),
  /** How much a weak box is believed among others of its label and size; before `confidence`. */
  context: contextSchema.optional(),
  /** How probable a box of some confidence is, as labelled photos taught it: `rivage models calibrate` writes it. */
  confidence: confidenceSchema.optional(),
});

/** A manifest whose parts agree: kept classes exist, and every label has a threshold. */
export const manifestSchema = manifest.check(
  ({ value: { classes, labels, thresholds, context, confidence }, issues }) => {
    for (const name of Object.keys(labels).filter((key) => !classes.includes(key))) {
      issues.push({ code: 'custom', input: labels, path: ['labels', name], message: `"${name}" ∈ "classes"` });
    }
    for (const label of Object.values(labels).filter((key) => !(key in thresholds))) {
      issues.push({ code: 'custom', input: thresholds, path: ['thresholds'], message: `{ "${label}": 0–1 }` });
    }
    const known = Object.values(labels);
    for (const label of Object.keys(context?.labels ?? {}).filter((key) => !known.includes(key))) {
      issues.push({ code: 'custom', input: context, path: ['context', 'labels', label], message: known.join(', ') });
    }
    for (const label of Object.keys(confidence?.labels ?? {}).filter((key) => !known.includes(key))) {
      issues.push({
        code: 'custom',
        input: confidence,
        path: ['confidence', 'labels', label],
        message: known.join(', '),
      });
    }
  },
);

export type Manifest = z.output<typeof manifestSchema>;

/** A network as the database and the API name it: "<id>@<version>", so that a new version is a new model. */
export function toModelId({ id, version }: Pick<Manifest, 'id' | 'version'>): string {
  return `${id}@${version}`;
}

/** The id of the manifest that a model's name was made of. */
export function toManifestId(modelId: string): string {
  return modelId.replace(/@.*$/, '');
}

/** The JSON Schema of a manifest, for editors: what models/manifest.schema.json holds. */
export function manifestJsonSchema(): object {
  return z.toJSONSchema(manifestSchema, { io: 'input' });
}
