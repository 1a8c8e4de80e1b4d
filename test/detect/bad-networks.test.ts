import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Detection } from '../../src/detect/detection.ts';
import { checkValues } from '../../src/detect/network/network-shape.ts';
import { createOnnxDetector } from '../../src/detect/onnx.ts';
import { constantNetwork, writeModel } from '../support/constant-network.ts';
import { realModel, realNetworks } from '../support/real-networks.ts';
import { describeWithReferenceData } from '../support/reference-data.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rivage-networks-'));
});
afterAll(() => rm(folder, { recursive: true }));

const detr = { kind: 'detr', logits: 'logits', boxes: 'boxes' } as const;
const picture = [1, 3, 16, 32];
/** Two queries: a person in the middle, and a kite. */
const logits = { shape: [1, 2, 2], values: [2, -2, -2, 2] };
const boxes = { shape: [1, 2, 4], values: [0.5, 0.5, 0.25, 0.5, 0.1, 0.1, 0.1, 0.1] };
const good = constantNetwork({ x: picture }, { logits, boxes });
const image = { sizePx: { widthPx: 64, heightPx: 64 }, rgb: new Uint8Array(64 * 64 * 3) };

async function detectWith(
  ...[bytes, changes, decoder = detr]: Parameters<typeof given>
): Promise<readonly Detection[]> {
  const detector = await createOnnxDetector(await given(bytes, changes, decoder), 1);
  try {
    return await detector.detect(image, { minConfidence: 0.3 });
  } finally {
    await detector.close();
  }
}

function given(bytes: Uint8Array, changes = {}, decoder: Parameters<typeof writeModel>[2] = detr) {
  return writeModel(folder, bytes, decoder, changes);
}

/** A field of the file's outermost message, appended: the last one counts, as protocol buffers say. */
function withField(...field: readonly number[]): Uint8Array {
  return Buffer.concat([good, Uint8Array.from(field)]);
}

it('a network that is what its manifest says is read to the photo, and classes without a label are dropped', async () => {
  const found = await detectWith(good);
  expect(found).toEqual([
    { label: 'person', confidence: expect.closeTo(0.8808, 4), box: { x: 24, y: 16, w: 16, h: 32 } },
  ]);
});

describe('a file is refused by name', () => {
  it.each([
    { what: 'text', bytes: Buffer.from('<!DOCTYPE html><title>404</title>'), code: 'model-not-onnx' },
    { what: 'nothing', bytes: new Uint8Array(), code: 'model-not-onnx' },
    { what: 'half of a network', bytes: good.subarray(0, good.length / 2), code: 'model-not-onnx' },
    { what: 'a network of opset 99', bytes: withField(0x42, 2, 0x10, 99), code: 'model-opset', version: '99' },
    { what: 'a network of IR version 99', bytes: withField(0x08, 99), code: 'model-opset', version: '99' },
  ])('when it is $what', async ({ bytes, code, version }) => {
    const params = version === undefined ? { model: 'constant' } : { model: 'constant', version };
    await expect(detectWith(bytes)).rejects.toMatchObject({ code, params });
  });
});

describe('a manifest is refused before a photo is opened', () => {
  const input = { name: 'x', widthPx: 32, heightPx: 16, channels: 'RGB', mean: [0, 0, 0], std: [1, 1, 1] };
  it.each([
    {
      what: 'another size of the input',
      changes: { input: { ...input, fit: 'stretch', widthPx: 64 } },
      refused: { code: 'model-shape', params: { name: 'x', found: 'float32 (1, 3, 16, 32)' } },
    },
    {
      what: 'another order of axes',
      changes: { input: { ...input, fit: 'stretch', layout: 'NHWC' } },
      refused: { code: 'model-shape', params: { name: 'x' } },
    },
    {
      what: 'another name of the input',
      changes: { input: { ...input, fit: 'stretch', name: 'images' } },
      refused: { code: 'model-value-missing', params: { name: 'images', known: '"x"' } },
    },
    {
      what: 'another name of an output',
      changes: { decoder: { ...detr, boxes: 'pred_boxes' } },
      refused: { code: 'model-value-missing', params: { name: 'pred_boxes', known: '"logits", "boxes"' } },
    },
    {
      what: 'one class too few',
      changes: { classes: ['person'] },
      refused: { code: 'model-shape', params: { name: 'logits', found: 'float32 (1, 2, 2)' } },
    },
    {
      what: 'one class too many',
      changes: { classes: ['person', 'kite', 'tent'] },
      refused: { code: 'model-shape', params: { expected: 'float32 (1, ?, 3) = (1, queries, classes)' } },
    },
    {
      what: 'a decoder of another family',
      changes: { decoder: { kind: 'yolox', output: 'boxes', stridesPx: [8, 16, 32] } },
      refused: { code: 'model-shape', params: { expected: 'float32 (1, 11, 7) = (1, cells, 5 + classes)' } },
    },
    {
      what: 'an output for a list of labels that holds no whole numbers',
      changes: { decoder: { kind: 'detr-list', labels: 'logits', boxes: 'boxes', scores: 'logits' } },
      refused: { code: 'model-shape', params: { name: 'logits', expected: 'integer (1, ?) = (1, objects)' } },
    },
  ])('that says $what', async ({ changes, refused }) => {
    await expect(given(good, changes).then((model) => createOnnxDetector(model, 1))).rejects.toMatchObject(refused);
  });

  it('that leaves out an input', async () => {
    const two = constantNetwork({ x: picture, mask: [1, 16, 32] }, { logits, boxes });
    await expect(detectWith(two)).rejects.toMatchObject({ code: 'model-value-unknown', params: { name: 'mask' } });
  });

  it('that keeps a class which is not in its list', async () => {
    await expect(given(good, { labels: { persn: 'person' } })).rejects.toThrow('persn');
    await expect(given(good, { labels: { person: 'person', kite: 'boat' } })).rejects.toThrow('boat');
  });
});

it('sizes that a network leaves open are compared once it has answered', () => {
  const expected = [{ name: 'y', type: 'float32', dims: [1, undefined, 4], axes: '1, queries, 4' }] as const;
  checkValues('m', expected, [{ name: 'y', type: 'float32', dims: [undefined, undefined, undefined] }]);
  expect(() => checkValues('m', expected, [{ name: 'y', type: 'float32', dims: [1, 300, 5] }])).toThrow('(1, 300, 5)');
  expect(() => checkValues('m', expected, [{ name: 'y', type: 'float32', dims: [1, 300] }])).toThrow('(1, 300)');
});

describe('an answer that holds no numbers fails its photo', () => {
  it.each([
    { what: 'NaN for a score', logits: [Number.NaN, -2, -2, -2], boxes: boxes.values, name: 'logits' },
    {
      what: 'infinity for a score',
      logits: [2, -2, -2, Number.POSITIVE_INFINITY],
      boxes: boxes.values,
      name: 'logits',
    },
    { what: 'NaN for a side', logits: logits.values, boxes: [0.5, 0.5, 0.25, 0.5, 0, 0, 0, Number.NaN], name: 'boxes' },
    { what: 'infinities that balance', logits: logits.values, boxes: [1 / 0, -1 / 0, 1, 1, 0, 0, 1, 1], name: 'boxes' },
  ])('when it gives $what', async ({ name, ...values }) => {
    const network = constantNetwork(
      { x: picture },
      { logits: { ...logits, values: values.logits }, boxes: { ...boxes, values: values.boxes } },
    );
    await expect(detectWith(network)).rejects.toMatchObject({ code: 'model-not-finite', params: { name } });
  });
});

describe('an execution provider', () => {
  it('that ONNX Runtime does not have here is refused, with those it has', async () => {
    const error = await createOnnxDetector(await given(good), 1, 'abacus').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'provider-missing', params: { provider: 'abacus' } });
    expect(String(error)).toMatch(/RIVAGE_EXECUTION_PROVIDER is abacus.*Known here: cpu/);
  });

  it('is not blamed for a network that cannot be read', async () => {
    const bad = await given(Buffer.from('no network'));
    await expect(createOnnxDetector(bad, 1, 'webgpu')).rejects.toMatchObject({ code: 'model-not-onnx' });
  });
});

describeWithReferenceData('a class that a list leaves out', 'data/weights', () => {
  it('is an error and no other class', async () => {
    const { deim } = realNetworks;
    if (!deim) throw new Error('no DEIM');
    const model = await realModel('deim', deim);
    const short = { ...model, manifest: { ...model.manifest, classes: ['person'] } };
    const detector = await createOnnxDetector(short, 1);
    const noise = { ...image, rgb: image.rgb.map((_, index) => (index * 7919) % 251) };
    await expect(detector.detect(noise, { minConfidence: 0 })).rejects.toMatchObject({
      code: 'model-class-unknown',
      params: { count: 1 },
    });
    await detector.close();
  });
});
