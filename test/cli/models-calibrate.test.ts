import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerEvaluate } from '../../src/cli/evaluate.ts';
import type { EvaluationDocument } from '../../src/cli/evaluation/document.ts';
import { registerModels } from '../../src/cli/models.ts';
import { type Manifest, manifestSchema } from '../../src/detect/manifest.ts';
import { encodeJpeg } from '../../src/picture/codec.ts';
import { createRandom } from '../../src/simulate/random.ts';
import { constantNetwork, writeModel } from '../support/constant-network.ts';
import { runCommand, runWell } from '../support/run-command.ts';

const photos = 24;
const boxes = Array.from({ length: 60 }, (_, at) => ({ column: at % 10, row: Math.floor(at / 10), at }));
/** Of the box at a place: an eager network, which is half as often right as it is sure. */
const confidenceOf = (at: number) => 0.04 + (0.9 * at) / boxes.length;

let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rivage-calibrate-'));
  env = { RIVAGE_MODELS: path.join(folder, 'models'), RIVAGE_WEIGHTS: path.join(folder, 'weights') };
  await writeNetwork(path.join(folder, 'models', 'eager'));
  await writeDataset(path.join(folder, 'lake'), photos);
  await writeDataset(path.join(folder, 'few'), 2, 3);
  await writeDataset(path.join(folder, 'cameras'), 2);
  await writeFile(path.join(folder, 'cameras', 'photos.csv'), 'Photo,Camera\n0.jpg,north\n1.jpg,south\n');
});
afterAll(() => rm(folder, { recursive: true }));

/** A network that sees the same 60 boxes everywhere, all of them persons. */
async function writeNetwork(own: string): Promise<void> {
  await mkdir(own, { recursive: true });
  const rows = [
    boxes.map(({ column }) => 3.2 * column + 1.6),
    boxes.map(({ row }) => 2.66 * row + 1.33),
    boxes.map(() => 3),
    boxes.map(() => 2.4),
    boxes.map(({ at }) => confidenceOf(at)),
    boxes.map(() => 0),
  ];
  const answer = { shape: [1, 6, boxes.length], values: rows.flat() };
  const bytes = constantNetwork({ x: [1, 3, 16, 32] }, { out: answer });
  const changes = {
    id: 'eager',
    slice: { sidePx: 200, overlapRatio: 0 },
    labels: { person: 'person', kite: 'boat' },
    thresholds: { person: 0.3, boat: 0.4 },
  };
  const { manifest } = await writeModel(own, bytes, { kind: 'yolo', output: 'out', unit: 'px' }, changes);
  await writeFile(path.join(own, 'model.json'), JSON.stringify(manifest));
}

/** Photos of 200 × 100 px with YOLO labels on some of those boxes. */
async function writeDataset(place: string, count: number, of = boxes.length): Promise<void> {
  const { chance } = createRandom(7, 'labels');
  await mkdir(place, { recursive: true });
  const photo = await encodeJpeg({ sizePx: { widthPx: 200, heightPx: 100 }, rgb: new Uint8Array(60_000).fill(90) });
  for (let number = 0; number < count; number++) {
    const there = boxes.filter(({ at }) => at < of && chance(confidenceOf(at) / 2));
    const lines = there.map(({ column, row }) => {
      return `0 ${(3.2 * column + 1.6) / 32} ${(2.66 * row + 1.33) / 16} ${3 / 32} ${2.4 / 16}`;
    });
    await writeFile(path.join(place, `${number}.jpg`), photo);
    await writeFile(path.join(place, `${number}.txt`), `${lines.join('\n')}\n`);
  }
  await writeFile(path.join(place, 'classes.txt'), 'person\n');
}

const calibrate = (...args: readonly string[]) =>
  runCommand(registerModels, ['models', 'calibrate', ...args], { folder, env });
const own = () => readdir(path.join(folder, 'models')).then((names) => names.sort());
const manifestOf = async (id: string): Promise<Manifest> =>
  manifestSchema.parse(JSON.parse(await readFile(path.join(folder, 'models', id, 'model.json'), 'utf8')));

describe('rivage models calibrate', () => {
  it('makes a model of its own whose confidences are probabilities', async () => {
    const { lines, thrown } = await calibrate('eager', '-d', 'lake', '--name', 'lake', '--resamples', '50');
    expect(thrown).toBeUndefined();
    expect(lines[0]).toContain('of eager@1, taught by lake (yolo, 24 photos)');
    expect(lines.at(-1)).toBe(`Written to ${path.join(folder, 'models', 'eager-lake')}`);
    expect(await own()).toEqual(['eager', 'eager-lake']);
    const [base, made] = [await manifestOf('eager'), await manifestOf('eager-lake')];
    const { person } = made.confidence?.labels ?? {};
    expect(person).toMatchObject({ boxes: photos * boxes.length, f1: { after: { low: expect.any(Number) } } });
    expect(person?.ece.before.value).toBeGreaterThan(0.2);
    expect(person?.ece.after.value).toBeLessThan(0.06);
    expect(person?.logLoss.after.value).toBeLessThan(person?.logLoss.before.value ?? 0);
    // nobody labelled boats: they stay as they were
    expect(Object.keys(made.confidence?.labels ?? {})).toEqual(['person']);
    expect(made.thresholds).toMatchObject({ boat: 0.4 });
    expect(made.weights).toEqual([{ from: { file: '../eager/net.onnx' }, sha256: base.weights[0]?.sha256 }]);
    const card = await readFile(path.join(folder, 'models', 'eager-lake', 'MODEL_CARD.md'), 'utf8');
    expect(card).toContain('Not judged, as the network gives it: boat.');
  });

  it('gives a model that evaluate compares with the one it was made of', async () => {
    const args = ['evaluate', '-d', 'lake', '-m', 'eager,eager-lake', '--resamples', '20', '-o', 'out'];
    await runWell(registerEvaluate, args, { folder, env });
    const text = await readFile(path.join(folder, 'out', 'evaluation.json'), 'utf8');
    const [before, after] = (JSON.parse(text) as EvaluationDocument).comparison.models.map(({ labels }) => labels[0]);
    expect(after?.figures?.reliability.boxes).toBe(before?.figures?.reliability.boxes);
    expect(after?.figures?.reliability.ece?.value).toBeLessThan(0.06);
    // the same order, but for boxes of 0.05 and less, which may share a probability
    expect(after?.figures?.ap50?.value).toBeCloseTo(before?.figures?.ap50?.value ?? 0, 2);
    // best on these very photos
    expect(after?.figures?.atThreshold?.f1).toBeCloseTo(before?.figures?.best?.f1 ?? 0, 9);
  });

  it('looks at photos for good as it did to learn', async () => {
    const { thrown } = await calibrate('eager:thorough', '-d', 'lake', '--name', 'crowd', '--resamples', '2');
    expect(thrown).toBeUndefined();
    const made = await manifestOf('eager-crowd');
    expect(made.slice).toEqual({ sidePx: 200, overlapRatio: 0, look: 'thorough' });
    expect((await calibrate('eager:120', '-d', 'lake', '--name', 'fine', '--resamples', '2')).thrown).toBeUndefined();
    expect((await manifestOf('eager-fine')).slice).toEqual({ sidePx: 120, overlapRatio: 0 });
    for (const id of ['eager-crowd', 'eager-fine']) await rm(path.join(folder, 'models', id), { recursive: true });
  });

  it('judges no box below the confidence from which the context of the model speaks', async () => {
    const base = await manifestOf('eager');
    const weights = [{ ...base.weights[0], from: { file: '../eager/net.onnx' } }];
    const kind = { ...base, id: 'kind', weights, context: { from: 0.1, labels: {} } };
    await mkdir(path.join(folder, 'models', 'kind'));
    await writeFile(path.join(folder, 'models', 'kind', 'model.json'), JSON.stringify(kind));
    expect((await calibrate('kind', '-d', 'lake', '--resamples', '2')).thrown).toBeUndefined();
    const { confidence } = await manifestOf('kind-calibrated');
    const judged = boxes.filter(({ at }) => confidenceOf(at) >= 0.1).length * photos;
    expect(confidence).toMatchObject({ from: 0.1, labels: { person: { boxes: judged } } });
    for (const id of ['kind', 'kind-calibrated']) await rm(path.join(folder, 'models', id), { recursive: true });
  });

  it('is told by rivage models info', async () => {
    const lines = await runWell(registerModels, ['models', 'info', 'eager-lake'], { folder, env });
    const text = lines.join('\n');
    expect(text).toMatch(/person: (sigmoid|isotonic), .*; 1440 boxes judged/);
    expect(text).toMatch(/0\.1–0\.2 +\d+ +0\.1\d\d +0\.\d{3}/);
    expect(text).toContain(path.join(folder, 'models', 'eager', 'net.onnx'));
  });

  it.each([
    { args: ['eager', '-d', 'lake', '--name', 'lake'], code: 'model-exists' },
    { args: ['eager-lake', '-d', 'lake'], code: 'model-calibrated' },
    { args: ['eager', '-d', 'few'], code: 'confidence-untaught' },
    { args: ['eager', '-d', 'lake', '--labels', 'person=hiker'], code: 'confidence-untaught' },
    { args: ['eager', '-d', 'lake', '--name', '../out'], code: 'bad-option' },
    { args: ['eager', '-d', 'cameras', '--place'], code: 'option-misplaced' },
    { args: ['eager:whole', '-d', 'lake', '--name', 'whole'], code: 'bad-option' },
    { args: ['nobody', '-d', 'lake'], code: 'model-unknown' },
    { args: ['eager', '-d', 'nowhere'], code: 'file-missing' },
  ])('refuses $args with $code, and changes nothing', async ({ args, code }) => {
    const before = await readFile(path.join(folder, 'models', 'eager-lake', 'model.json'), 'utf8');
    expect((await calibrate(...args)).thrown).toMatchObject({ code });
    expect(await own()).toEqual(['eager', 'eager-lake']);
    expect(await readFile(path.join(folder, 'models', 'eager-lake', 'model.json'), 'utf8')).toBe(before);
  });

  it('says what is missing where too little is labelled', async () => {
    const { thrown } = await calibrate('eager', '-d', 'few');
    expect(String(thrown)).toContain('person: 120 boxes on 2 photos, ');
    expect(String(thrown)).toContain('10 of them right and 10 wrong');
  });

  it('asks for a folder of own models', async () => {
    const bare = { folder, env: {} };
    const { thrown } = await runCommand(registerModels, ['models', 'calibrate', 'eager', '-d', 'lake'], bare);
    expect(thrown).toMatchObject({ code: 'option-missing', params: { option: 'RIVAGE_MODELS' } });
  });
});
