import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Manifest, manifestSchema } from '../../src/detect/manifest.ts';
import { encodeOnnx } from '../../src/detect/network/onnx-file.ts';
import type { ModelEntry } from '../../src/detect/registry.ts';

export interface Answer {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** The bytes of a network that looks at nothing and always answers the same. */
export function constantNetwork(
  inputs: Readonly<Record<string, readonly number[]>>,
  answers: Readonly<Record<string, Answer>>,
): Uint8Array {
  const named = Object.entries(answers);
  return encodeOnnx({
    name: 'constant',
    inputs: Object.entries(inputs).map(([name, shape]) => ({ name, shape })),
    outputs: named.map(([name, { shape }]) => ({ name, shape })),
    nodes: named.map(([name]) => ({ op: 'Identity', inputs: [`${name}/value`], output: name })),
    weights: named.map(([name, { shape, values }]) => ({
      name: `${name}/value`,
      shape,
      values: Float32Array.from(values),
    })),
  });
}

/** A model of those bytes: an input "x" of 32 × 16 px, classes "person" and "kite", of which only the first is kept. */
export async function writeModel(
  folder: string,
  bytes: Uint8Array,
  decoder: Manifest['decoder'],
  changes: Readonly<Record<string, unknown>> = {},
): Promise<ModelEntry> {
  await writeFile(path.join(folder, 'net.onnx'), bytes);
  const manifest = manifestSchema.parse({
    ...{ manifestVersion: 1, id: 'constant', version: '1', default: false, name: 'Constant', licence: 'none' },
    ...{ source: 'test', format: 'onnx' },
    weights: [{ from: { file: 'net.onnx' }, sha256: createHash('sha256').update(bytes).digest('hex') }],
    input: { ...input, fit: 'stretch' },
    decoder,
    slice: { sidePx: 64, overlapRatio: 0 },
    classes: ['person', 'kite'],
    labels: { person: 'person' },
    merge: { iou: 0.5 },
    thresholds: { person: 0.3 },
    ...changes,
  });
  return { manifest, folder, weightsFolder: folder };
}

const input = { name: 'x', widthPx: 32, heightPx: 16, channels: 'RGB', mean: [0, 0, 0], std: [1, 1, 1] };
