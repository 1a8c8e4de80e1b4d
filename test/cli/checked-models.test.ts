import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerDetect } from '../../src/cli/detect.ts';
import { registerEvaluate } from '../../src/cli/evaluate.ts';
import type { EvaluationDocument } from '../../src/cli/evaluation/document.ts';
import { registerModels } from '../../src/cli/models.ts';
import { encodeJpeg } from '../../src/picture/codec.ts';
import { createRandom } from '../../src/simulate/random.ts';
import { constantNetwork } from '../support/constant-network.ts';
import { runCommand, runForJson, runWell } from '../support/run-command.ts';
import { checkedManifest, colourManifest, colourNetwork, writeFolder } from '../support/small-classifier.ts';

const side = 100;
const photos = 12;
/** The network sees a kite in each of 16 fields, wherever it looks. */
const fields = Array.from({ length: 16 }, (_, at) => ({ x: 25 * (at % 4) + 5, y: 25 * Math.floor(at / 4) + 5 }));

let folder: string;
let place: { readonly folder: string; readonly env: Readonly<Record<string, string>> };
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rivage-checked-'));
  const models = path.join(folder, 'models');
  place = { folder, env: { RIVAGE_MODELS: models, RIVAGE_WEIGHTS: path.join(folder, 'weights') } };
  await writeFolder(models, colourNetwork(), colourManifest);
  await writeFolder(models, kites(), checkedManifest);
  await writePhotos(path.join(folder, 'camp'));
});
afterAll(() => rm(folder, { recursive: true }));

function kites(): Uint8Array {
  const boxes = fields.flatMap(({ x, y }) => [x + 7.5, y + 7.5, 15, 15].map((px) => px / side));
  return constantNetwork(
    { x: [1, 3, 16, 16] },
    {
      logits: { shape: [1, fields.length, 2], values: fields.flatMap(() => [-20, -2]) },
      boxes: { shape: [1, fields.length, 4], values: boxes },
    },
  );
}

/** Photos with a square in each field, more or less red: the redder, the more often labelled as a tent. */
async function writePhotos(camp: string): Promise<void> {
  const { chance, unit } = createRandom(3, 'tents');
  await mkdir(camp, { recursive: true });
  for (let number = 0; number < photos; number++) {
    const rgb = new Uint8Array(3 * side * side).fill(128);
    const lines: string[] = [];
    for (const { x, y } of fields) {
      const red = unit();
      const colour = [128 + 60 * red, 128 - 60 * red, 128 - 60 * red];
      for (let v = y; v < y + 15; v++) for (let u = x; u < x + 15; u++) rgb.set(colour, 3 * (v * side + u));
      if (chance(red ** 2)) lines.push(`0 ${(x + 7.5) / side} ${(y + 7.5) / side} 0.15 0.15`);
    }
    await writeFile(path.join(camp, `${number}.jpg`), await encodeJpeg({ sizePx: square, rgb }, 95));
    await writeFile(path.join(camp, `${number}.txt`), `${lines.join('\n')}\n`);
  }
  await writeFile(path.join(camp, 'classes.txt'), 'tent\n');
}
const square = { widthPx: side, heightPx: side };

describe('a model with a check', () => {
  it('is listed with what its check finds, and the classifier with what it tells apart', async () => {
    const lines = await runWell(registerModels, ['models', 'list'], place);
    expect(lines.find((line) => line.includes(' checked '))).toMatch(/ person, tent /);
    expect(lines.find((line) => line.includes(' colour '))).toMatch(/ checks crops: tent, boat, nothing /);
    const { answer } = await runForJson(registerModels, ['models', 'list', '--json'], place);
    expect(answer).toContainEqual(expect.objectContaining({ id: 'colour', kind: 'classifier', labels: [] }));
    expect(answer).toContainEqual(expect.objectContaining({ id: 'checked', kind: 'detector', check: 'colour@1' }));
    const info = (await runWell(registerModels, ['models', 'info', 'checked'], place)).join('\n');
    expect(info).toMatch(/check +colour@1: tent/);
  });

  it('lists and draws tents', async () => {
    const args = ['detect', 'camp/0.jpg', '-m', 'checked', '--picture', 'drawn', '--min-confidence', '0.5', '--json'];
    const { answer } = await runForJson(registerDetect, args, place);
    const [{ detections } = { detections: [] }] = answer as { detections: { label: string; confidence: number }[] }[];
    expect(detections.length).toBeGreaterThan(0);
    for (const one of detections) expect(one).toMatchObject({ label: 'tent' });
    expect(await readdir(path.join(folder, 'drawn'))).toEqual(['camp_0.jpg']);
  });

  it('is compared with itself without it, which knows no tent', async () => {
    const args = ['evaluate', '-d', 'camp', '-m', 'checked,checked:unchecked', '--resamples', '5', '-o', 'out'];
    await runWell(registerEvaluate, args, place);
    const text = await readFile(path.join(folder, 'out', 'evaluation.json'), 'utf8');
    const [checked, unchecked] = (JSON.parse(text) as EvaluationDocument).comparison.models;
    expect(checked?.labels).toMatchObject([{ label: 'tent', figures: { best: { f1: expect.any(Number) } } }]);
    expect(unchecked?.labels[0]?.figures).toBeUndefined();
  });

  it('learns how probable its tents are', async () => {
    const args = ['models', 'calibrate', 'checked', '-d', 'camp', '--name', 'camp', '--resamples', '5'];
    const lines = await runWell(registerModels, args, place);
    expect(lines.join('\n')).toContain('tent: ');
    const made = JSON.parse(await readFile(path.join(folder, 'models', 'checked-camp', 'model.json'), 'utf8'));
    expect(made).toMatchObject({
      check: { model: 'colour@1' },
      confidence: { labels: { tent: { right: expect.any(Number) } } },
    });
    const found = await runForJson(registerDetect, ['detect', 'camp/0.jpg', '-m', 'checked-camp', '--json'], place);
    expect(JSON.stringify(found.answer)).toContain('"tent"');
  });

  it.each([
    { what: 'a classifier as a detector', args: ['-m', 'colour'], code: 'model-no-detector' },
    { what: 'to leave out a check that is not there', args: ['-m', 'yolox-nano:unchecked'], code: 'bad-option' },
  ])('refuses $what', async ({ args, code }) => {
    const { thrown } = await runCommand(registerEvaluate, ['evaluate', '-d', 'camp', ...args, '-o', 'no'], place);
    expect(thrown).toMatchObject({ code });
  });
});

it('a model whose check is not here with its weights is not ready, and pulling it gets both', async () => {
  const models = await mkdtemp(path.join(folder, 'pulled-'));
  const bytes = colourNetwork();
  await writeFolder(models, kites(), checkedManifest);
  const url = 'https://weights.invalid/colour.onnx';
  const { sha256 } = await writeFolder(models, bytes, colourManifest, { url, bytes: bytes.length });
  const env = { RIVAGE_MODELS: models, RIVAGE_WEIGHTS: path.join(models, 'weights') };
  const state = async () => {
    const { answer } = await runForJson(registerModels, ['models', 'list', '--json'], { folder, env });
    return (answer as { id: string; state: string }[]).find(({ id }) => id === 'checked')?.state;
  };
  expect(await state()).toBe('not-pulled');
  await mkdir(path.join(models, 'stick'));
  await writeFile(path.join(models, 'stick', sha256), bytes);
  await runWell(registerModels, ['models', 'pull', 'checked', '--from', path.join(models, 'stick')], { folder, env });
  expect(await state()).toBe('pulled');
});
