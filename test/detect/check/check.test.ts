import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Detection } from '../../../src/detect/detection.ts';
import { createOnnxDetector } from '../../../src/detect/onnx.ts';
import { getModel, type ModelEntry } from '../../../src/detect/registry.ts';
import type { Box } from '../../../src/geo/frames.ts';
import type { Image } from '../../../src/picture/image.ts';
import { constantNetwork } from '../../support/constant-network.ts';
import { checkedManifest, colourManifest, colourNetwork, writeFolder } from '../../support/small-classifier.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rivage-check-'));
});
afterAll(() => rm(folder, { recursive: true }));

const side = 100;
const colours = { red: [220, 20, 20], blue: [20, 20, 220], grey: [128, 128, 128] } as const;

/** A grey photo of 100 × 100 px with squares. */
function photoOf(...squares: readonly (readonly [keyof typeof colours, Box])[]): Image {
  const rgb = new Uint8Array(3 * side * side).fill(128);
  for (const [colour, { x, y, w, h }] of squares) {
    for (let v = y; v < y + h; v++) for (let u = x; u < x + w; u++) rgb.set(colours[colour], 3 * (v * side + u));
  }
  return { sizePx: { widthPx: side, heightPx: side }, rgb };
}

/** What a network always answers. */
interface Given {
  readonly label: 'person' | 'kite';
  readonly confidence: number;
  readonly box: Box;
}

/** A detector that finds what is given, whatever it is shown. */
function answering(given: readonly Given[]): Uint8Array {
  const off = -20;
  const logits = given.flatMap(({ label, confidence }) => {
    const logit = Math.log(confidence / (1 - confidence));
    return label === 'person' ? [logit, off] : [off, logit];
  });
  const boxes = given.flatMap(({ box }) => [box.x + box.w / 2, box.y + box.h / 2, box.w, box.h].map((px) => px / side));
  return constantNetwork(
    { x: [1, 3, 16, 16] },
    {
      logits: { shape: [1, given.length, 2], values: logits },
      boxes: { shape: [1, given.length, 4], values: boxes },
    },
  );
}

interface Changes {
  readonly detector?: object;
  readonly classifier?: object;
  readonly network?: Uint8Array;
}

async function modelOf(given: readonly Given[], changes: Changes = {}): Promise<ModelEntry> {
  const models = await mkdtemp(path.join(folder, 'm-'));
  await writeFolder(models, answering(given), { ...checkedManifest, ...changes.detector });
  await writeFolder(models, changes.network ?? colourNetwork(), { ...colourManifest, ...changes.classifier });
  return getModel('checked', { folders: [models], weightsFolder: models });
}

async function detect(model: ModelEntry, image: Image, minConfidence = 0.3): Promise<readonly Detection[]> {
  const detector = await createOnnxDetector(model, 1);
  try {
    return await detector.detect(image, { minConfidence });
  } finally {
    await detector.close();
  }
}

const withRule = (rule: object) => ({ detector: { check: { ...checkedManifest.check, ...rule } } });
const withProposals = (rule: object) => withRule({ proposals: { ...checkedManifest.check.proposals, ...rule } });

const left = { x: 10, y: 40, w: 20, h: 20 };
const right = { x: 60, y: 40, w: 20, h: 20 };
const weak = (box: Box, confidence = 0.1): Given => ({ label: 'kite', confidence, box });
const photo = photoOf(['red', left], ['blue', right]);

describe('a check', () => {
  it('finds a tent in what the network hardly took for a kite, and none where the crop shows none', async () => {
    const [tent, ...others] = await detect(await modelOf([weak(left), weak(right)]), photo);
    expect(tent).toMatchObject({ label: 'tent', box: near(left) });
    expect(tent?.confidence).toBeGreaterThan(0.99);
    expect(others).toEqual([]);
  });

  it('looks at what lies at the edge of the photo', async () => {
    const corner = { x: 0, y: 0, w: 20, h: 16 };
    // of this crop the photo fills the last quarter and a little more, which is all that the network sees
    const crop = { contextShare: 1.5, minSidePx: 4 };
    const model = await modelOf([weak(corner)], {
      network: colourNetwork({ corner: true }),
      classifier: { decoder: { ...colourManifest.decoder, crop } },
    });
    expect(await detect(model, photoOf(['red', { ...corner, w: 50, h: 50 }]))).toMatchObject([
      { label: 'tent', box: near(corner) },
    ]);
  });

  it('reads logits too, and takes none for probabilities', async () => {
    const network = colourNetwork({ chances: false });
    const decoder = { ...colourManifest.decoder, activation: 'softmax' };
    const [plain] = await detect(await modelOf([weak(left)]), photo);
    const [same] = await detect(await modelOf([weak(left)], { network, classifier: { decoder } }), photo);
    expect(same?.confidence).toBeCloseTo(plain?.confidence ?? 0, 5);
    await expect(detect(await modelOf([weak(left)], { network }), photo)).rejects.toMatchObject({
      code: 'model-not-probability',
      params: { model: 'colour' },
    });
  });

  it('looks at one thing once, whatever the network calls it', async () => {
    const almost = { ...left, x: left.x + 2 };
    const model = await modelOf([weak(left), { label: 'person', confidence: 0.2, box: almost }]);
    expect(await detect(model, photo, 0.3)).toMatchObject([{ label: 'tent', box: near(almost) }]);
  });

  it.each([
    { what: 'is less sure than it says', rule: { from: 0.2 } },
    { what: 'is smaller than it says', rule: { minSidePx: 21 } },
    { what: 'is larger than it says', rule: { maxSliceShare: 0.19 } },
  ])('does not look at what $what', async ({ rule }) => {
    expect(await detect(await modelOf([weak(left)], withProposals(rule)), photo)).toEqual([]);
  });

  it('believes what the network was surer of the more, where it says so', async () => {
    const both = photoOf(['red', left], ['red', right]);
    const given = [weak(left, 0.16), weak(right, 0.36)];
    const [surer, other] = await detect(await modelOf(given, withProposals({ confidencePower: 0.5 })), both);
    expect(surer).toMatchObject({ label: 'tent', box: near(right) });
    expect(surer?.confidence).toBeCloseTo(0.6, 2);
    expect(other?.confidence).toBeCloseTo(0.4, 2);
  });

  it('looks at no more than it says, the most confident first', async () => {
    const both = photoOf(['red', left], ['red', right]);
    const model = await modelOf([weak(left, 0.1), weak(right, 0.2)], withProposals({ most: 1 }));
    expect(await detect(model, both)).toMatchObject([{ label: 'tent', box: near(right) }]);
  });

  it('looks at each thing in all sizes that it says, and joins what they say', async () => {
    const loose = { x: 5, y: 35, w: 30, h: 30 };
    const find = async (...scales: readonly number[]) => {
      const found = await detect(await modelOf([weak(loose)], withProposals({ scales })), photo);
      expect(found.length).toBeLessThan(2);
      return found[0];
    };
    const [large, small, both] = [await find(1), await find(2 / 3), await find(1, 2 / 3)];
    expect(large?.box).toEqual(near(loose));
    expect(small?.box).toEqual(near(left));
    const [p, q] = [large?.confidence ?? 0, small?.confidence ?? 0];
    expect(q).toBeGreaterThan(p + 0.02);
    expect(both?.confidence).toBeCloseTo((p + q) / 2, 6);
    expect(both?.box.w).toBeCloseTo((30 * p + 20 * q) / (p + q), 4);
    // too small to be looked at
    expect(await find(0.1)).toBeUndefined();
  });

  it('leaves alone what the network surely calls a person, where the manifest says so', async () => {
    const surely = { label: 'person', confidence: 0.5, box: left } as const;
    const labels = async (changes: Changes) =>
      (await detect(await modelOf([surely], changes), photo)).map(({ label }) => label);
    expect(await labels({})).toEqual(['tent', 'person']);
    expect(await labels(withRule({ leaves: { person: 0.4 } }))).toEqual(['person']);
    expect(await labels(withRule({ leaves: { person: 0.6 } }))).toEqual(['tent', 'person']);
  });

  it('makes one detection of what the network found under the same label', async () => {
    const named = { labels: { person: 'person', kite: 'tent' } };
    const model = await modelOf([weak(left, 0.4)], { detector: named });
    const found = await detect(model, photo);
    expect(found).toMatchObject([{ label: 'tent', box: near(left) }]);
    expect(found[0]?.confidence).toBeGreaterThan(0.99);
  });

  it('is no affair of the context of other labels', async () => {
    const weights = { confidence: 0, neighbours: 0, shape: 0, part: 0, height: 0, offset: 3 };
    const given = [weak(left), { label: 'person', confidence: 0.35, box: right } as const];
    const seen = async (labels: object) => {
      const found = await detect(await modelOf(given, { detector: { context: { from: 0.05, labels } } }), photo, 0.01);
      return Object.fromEntries(found.map(({ label, confidence }) => [label, confidence]));
    };
    const [plain, lifted] = [await seen({}), await seen({ person: weights })];
    expect(lifted.person).toBeGreaterThan(0.9);
    expect(lifted.tent).toBe(plain.tent);
    // one that names them is asked
    expect((await seen({ tent: { ...weights, offset: 30 } })).tent).toBeGreaterThan(plain.tent ?? 1);
  });

  it('looks at nothing where nothing is looked at', async () => {
    const detector = await createOnnxDetector(await modelOf([weak(left)]), 1);
    expect(await detector.detect(photo, { minConfidence: 0.3, slices: [] })).toEqual([]);
    await detector.close();
  });

  it('removes and moves nothing that the network found', async () => {
    const given: readonly Given[] = [
      { label: 'person', confidence: 0.9, box: { x: 12, y: 42, w: 16, h: 16 } },
      { label: 'person', confidence: 0.35, box: { x: 30, y: 41, w: 8, h: 18 } },
      { label: 'person', confidence: 0.25, box: left },
      weak(left),
      weak(right),
    ];
    const model = await modelOf(given);
    const { check: _, ...manifest } = model.manifest;
    const [found, alone] = [await detect(model, photo), await detect({ ...model, manifest }, photo)];
    expect(found.filter(({ label }) => label === 'person')).toEqual(alone);
    expect(alone).toHaveLength(2);
    expect(found.length).toBeGreaterThan(2);
  });
});

describe('a check is refused', () => {
  const opened = async (changes: Changes) => createOnnxDetector(await modelOf([weak(left)], changes), 1);

  it('when its model is not here: the manifest and the id are named', async () => {
    const error = await opened(withRule({ model: 'nobody@1' })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'model-check-missing', params: { check: 'nobody' } });
    expect(String(error)).toMatch(/checked.model\.json/);
  });

  it.each([
    { what: 'has another version', changes: { classifier: { version: '2' } }, why: 'colour@2' },
    { what: 'is a detector', changes: withRule({ model: 'checked@1' }), why: 'detr' },
    { what: 'lacks a class that it names', changes: withRule({ labels: { tnt: 'tent' } }), why: '"tnt"' },
  ])('when its model $what', async ({ changes, why }) => {
    const error = await opened(changes).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'model-check-unfit' });
    expect(String(error)).toContain(why);
  });

  it('when the network of its model has another shape', async () => {
    await expect(opened({ network: colourNetwork({ classes: 2 }) })).rejects.toMatchObject({
      code: 'model-shape',
      params: { model: 'colour', expected: 'float32 (1, 3) = (1, classes)', found: 'float32 (1, 2)' },
    });
  });

  it('when the weights of its model are not those that were tested', async () => {
    const model = await modelOf([weak(left)]);
    const { check } = model;
    if (!check) throw new Error('no check');
    const weights = check.manifest.weights.map((one) => ({ ...one, sha256: '0'.repeat(64) }));
    const other = { ...model, check: { ...check, manifest: { ...check.manifest, weights } } };
    await expect(createOnnxDetector(other, 1)).rejects.toMatchObject({ code: 'weights-mismatch' });
  });

  it('when a classifier is to be a detector', async () => {
    const { check } = await modelOf([weak(left)]);
    if (!check) throw new Error('no check');
    await expect(createOnnxDetector(check, 1)).rejects.toMatchObject({
      code: 'model-no-detector',
      params: { id: 'colour' },
    });
  });

  it.each([
    { what: 'a label without a threshold', changes: withRule({ labels: { tent: 'dome' } }), where: 'dome' },
    { what: 'a label to leave that nobody finds', changes: withRule({ leaves: { cow: 0.4 } }), where: 'cow' },
    { what: 'a default that is a classifier', changes: { classifier: { default: true } }, where: 'classifier' },
    {
      what: 'a check of a check',
      changes: { classifier: { check: { ...checkedManifest.check, labels: {} } } },
      where: 'check',
    },
  ])('as its manifest has $what', async ({ changes, where }) => {
    const error = await modelOf([weak(left)], changes).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'file-invalid' });
    expect(String(error)).toContain(where);
  });
});

function near(box: Box) {
  const [x, y, w, h] = [box.x, box.y, box.w, box.h].map((px) => expect.closeTo(px, 3));
  return { x, y, w, h };
}
