import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encodeOnnx } from '../../src/detect/network/onnx-file.ts';

/** Classes of `colourNetwork`, by what a crop's mean colour is. */
const colourClasses = ['tent', 'boat', 'nothing'] as const;

/**
 * A classifier of 8 × 8 px that tells the mean colour: red is a tent, blue a boat, grey nothing.
 * @param classes Of its output. @param chances Whether it gives probabilities, and not logits. @param corner Whether it sees the last quarter of its input alone, at the bottom right.
 */
export function colourNetwork({ classes = 3, chances = true, corner = false } = {}): Uint8Array {
  const columns = [
    [12, -6, -6],
    [-6, -6, 12],
    [1, 1, 1],
  ].slice(0, classes);
  const weights = [0, 1, 2].flatMap((channel) => columns.map((column) => column[channel] ?? 0));
  const mask = Float32Array.from({ length: 192 }, (_, at) => {
    const inCorner = at % 8 >= 4 && Math.floor(at / 8) % 8 >= 4;
    return corner ? 4 * Number(inCorner) : 1;
  });
  return encodeOnnx({
    name: 'colour',
    inputs: [{ name: 'input', shape: [1, 3, 8, 8] }],
    outputs: [{ name: 'chances', shape: [1, classes] }],
    nodes: [
      { op: 'Mul', inputs: ['input', 'mask'], output: 'seen' },
      { op: 'GlobalAveragePool', inputs: ['seen'], output: 'mean' },
      { op: 'Flatten', inputs: ['mean'], output: 'colour', ints: { axis: 1 } },
      { op: 'MatMul', inputs: ['colour', 'weights'], output: 'logits' },
      {
        op: chances ? 'Softmax' : 'Identity',
        inputs: ['logits'],
        output: 'chances',
        ...(chances && { ints: { axis: 1 } }),
      },
    ],
    weights: [
      { name: 'mask', shape: [1, 3, 8, 8], values: mask },
      { name: 'weights', shape: [3, classes], values: Float32Array.from(weights) },
    ],
  });
}

/** Writes the folder of a model, under its id in `models`. @param from Where its manifest says that its weights are. */
export async function writeFolder(
  models: string,
  bytes: Uint8Array,
  manifest: { readonly id: string },
  from: object = { file: 'net.onnx' },
): Promise<{ readonly sha256: string }> {
  const folder = path.join(models, manifest.id);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'net.onnx'), bytes);
  await writeFile(path.join(folder, 'model.json'), JSON.stringify({ ...manifest, weights: [{ from, sha256 }] }));
  return { sha256 };
}

const said = { manifestVersion: 1, version: '1', default: false, licence: 'none', source: 'test', format: 'onnx' };

/** The manifest of `colourNetwork`. */
export const colourManifest = {
  ...said,
  id: 'colour',
  name: 'Colour',
  input: {
    ...{ name: 'input', widthPx: 8, heightPx: 8, channels: 'RGB', fit: 'stretch' },
    ...{ mean: [0, 0, 0], std: [255, 255, 255] },
  },
  decoder: { kind: 'classifier', output: 'chances', activation: 'none', crop: { contextShare: 0, minSidePx: 4 } },
  slice: { sidePx: 8, overlapRatio: 0 },
  classes: colourClasses,
  labels: {},
  merge: { iou: 0.5 },
  thresholds: {},
};

/** The manifest of a detector of persons and kites, checked by `colourNetwork`, of a network of `constantNetwork`. */
export const checkedManifest = {
  ...said,
  id: 'checked',
  name: 'Checked',
  input: {
    ...{ name: 'x', widthPx: 16, heightPx: 16, channels: 'RGB', fit: 'stretch' },
    ...{ mean: [0, 0, 0], std: [1, 1, 1] },
  },
  decoder: { kind: 'detr', logits: 'logits', boxes: 'boxes' },
  slice: { sidePx: 100, overlapRatio: 0 },
  classes: ['person', 'kite'],
  labels: { person: 'person' },
  merge: { iou: 0.5 },
  thresholds: { person: 0.3, tent: 0.5 },
  check: {
    model: 'colour@1',
    proposals: { from: 0.06, iou: 0.5, minSidePx: 4, maxSliceShare: 0.8, most: 100 },
    labels: { tent: 'tent' },
  },
};
