import { z } from '../schema.ts';
import { checkSchema } from './check/manifest-check.ts';
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
  /** Height in the photo from which on most of a label's objects are found, px, as the model's card has it; a label that is left out was not measured. */
  findsFromPx: z.record(z.string(), z.number().positive()).exactOptional(),
  /** How much a weak box is believed among others of its label and size; before `confidence`. */
  context: contextSchema.optional(),
  /** How probable a box of some confidence is, as labelled photos taught it: `rivage models calibrate` writes it. */
  confidence: confidenceSchema.optional(),
  /** A classifier that looks at what the network is unsure of, and finds labels of its own there; before `context`. */
  check: checkSchema.optional(),
});

/** A manifest whose parts agree: named classes and labels exist, every label has a threshold, a classifier stands alone. */
export const manifestSchema = manifest.check(({ value, issues }) => {
  const refuse = (path: readonly (keyof typeof value | string)[], message: string): void => {
    issues.push({ code: 'custom', input: value, path: [...path], message });
  };
  const { classes, labels, thresholds, findsFromPx, context, confidence, check, decoder } = value;
  for (const name of Object.keys(labels)) {
    if (!classes.includes(name)) refuse(['labels', name], `"${name}" ∈ "classes"`);
  }
  const known = foundLabels(value);
  for (const label of known) {
    if (!(label in thresholds)) refuse(['thresholds'], `{ "${label}": 0–1 }`);
  }
  for (const [field, named] of [
    ['findsFromPx', findsFromPx],
    ['context', context?.labels],
    ['confidence', confidence?.labels],
    ['check', check?.leaves],
  ] as const) {
    for (const label of Object.keys(named ?? {})) {
      if (!known.includes(label)) refuse([field, field === 'check' ? 'leaves' : 'labels', label], known.join(', '));
    }
  }
  if (decoder.kind !== 'classifier') return;
  if (value.default) refuse(['default'], 'classifier: false');
  if (check) refuse(['check'], 'classifier: –');
});

export type Manifest = z.output<typeof manifest>;

/** Labels of Rivage that a model can find, its check among it. */
export function foundLabels({ labels, check }: Pick<Manifest, 'labels' | 'check'>): readonly string[] {
  return [...new Set([...Object.values(labels), ...Object.values(check?.labels ?? {})])];
}

/** The manifest of a detector that does not use its check: labels that only the check finds are unknown to it. */
export function uncheckedManifest({ check: _, ...manifest }: Manifest): Manifest {
  const known = foundLabels(manifest);
  const keep = <T>(of: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(of).filter(([label]) => known.includes(label)));
  const { thresholds, findsFromPx, context, confidence } = manifest;
  return {
    ...manifest,
    thresholds: keep(thresholds),
    ...(findsFromPx && { findsFromPx: keep(findsFromPx) }),
    ...(context && { context: { ...context, labels: keep(context.labels) } }),
    ...(confidence && { confidence: { ...confidence, labels: keep(confidence.labels) } }),
  };
}

/**
 * The manifest of the boxes from which a check chooses: every box of the network, whatever its class, is a "proposal", with
 * the network's own confidence. Of two that overlap by more than the check's `iou` one stays.
 */
export function proposalsManifest({ check, context: _, confidence: __, ...manifest }: Manifest): Manifest {
  const labels = Object.fromEntries(manifest.classes.map((name) => [name, 'proposal']));
  const merge = { iou: check?.proposals.iou ?? manifest.merge.iou };
  return { ...manifest, labels, merge, thresholds: { proposal: check?.proposals.from ?? 0 } };
}

/** Whether a model finds objects by itself; a classifier only says what a crop shows. */
export function isDetector({ decoder }: Pick<Manifest, 'decoder'>): boolean {
  return decoder.kind !== 'classifier';
}

/**
 * A network as the database and the API name it: "<id>@<version>", so that a new version is a new model. A `check` is
 * part of the version: the manifest names it with its own, and another one is refused.
 */
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
