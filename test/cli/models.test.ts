import { createHash, randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { registerModels } from '../../src/cli/models.ts';
import { uncheckedManifest } from '../../src/detect/manifest.ts';
import { getModel } from '../../src/detect/registry.ts';
import { answer, type FileServer, give, serveAnswers } from '../support/file-server.ts';
import { runCommand, runForJson } from '../support/run-command.ts';

const bytes = randomBytes(50_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const created: string[] = [];
let folder: string;
let env: Record<string, string>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rivage-models-'));
  created.push(folder);
  env = { RIVAGE_MODELS: path.join(folder, 'models'), RIVAGE_WEIGHTS: path.join(folder, 'weights') };
  const { folder: source, manifest } = await getModel(undefined);
  const own = {
    ...{ ...uncheckedManifest(manifest), id: 'mine', version: '7', default: false, licence: 'CC0', format: 'onnx' },
    weights: [{ from: { url: 'https://weights.invalid/v1/net.onnx', bytes: bytes.length }, sha256 }],
  };
  await cp(source, path.join(folder, 'models', 'mine'), { recursive: true });
  await writeFile(path.join(folder, 'models', 'mine', 'model.json'), JSON.stringify(own));
});
afterAll(() => Promise.all(created.map((each) => rm(each, { recursive: true }))));

const models = (...args: readonly string[]) => runCommand(registerModels, ['models', ...args], { folder, env });
const json = (...args: readonly string[]) => runForJson(registerModels, ['models', ...args, '--json'], { folder, env });
const stateOf = async (id: string) =>
  ((await json('list')).answer as { id: string; state: string }[]).find((model) => model.id === id)?.state;

/** What is left in the folder of weights. */
const kept = () => readdir(path.join(folder, 'weights'));

async function withServer(answers: Parameters<typeof serveAnswers>[0], act: (server: FileServer) => Promise<void>) {
  const server = await serveAnswers(answers);
  await act(server).finally(server.close);
}

describe('rivage models list', () => {
  it('shows which models there are, whose weights are here, and which is used', async () => {
    const answer = (await json('list')).answer as Record<string, unknown>[];
    expect(answer.filter((model) => model.default)).toMatchObject([{ state: 'ready', bytes: expect.any(Number) }]);
    expect(answer.find(({ id }) => id === 'mine')).toMatchObject({
      ...{ version: '7', licence: 'CC0', state: 'not-pulled', bytes: bytes.length, default: false },
      labels: ['person', 'boat', 'animal'],
    });
    const { lines } = await models('list');
    expect(lines.find((line) => line.includes('mine'))).toMatch(/^ +mine +7 +0\.1 MB +not pulled +person, .* CC0$/);
    expect(lines.filter((line) => line.startsWith('* ') && line.includes(' ready '))).toHaveLength(1);
  });
});

describe('rivage models info', () => {
  it('tells where the weights come from, and where they lie once they are here', async () => {
    expect((await models('info', 'mine')).lines.join('\n')).toContain('https://weights.invalid/v1/net.onnx');
    await mkdir(path.join(folder, 'weights'));
    await writeFile(path.join(folder, 'weights', sha256), bytes);
    const file = path.join(folder, 'weights', sha256);
    expect((await models('info', 'mine')).lines.join('\n')).toContain(file);
    expect((await json('info', 'mine')).answer).toMatchObject({
      modelId: 'mine@7',
      state: 'pulled',
      card: path.join(folder, 'models', 'mine', 'MODEL_CARD.md'),
      files: [{ name: 'net.onnx', file, sha256, bytes: bytes.length }],
      manifest: { licence: 'CC0' },
    });
    expect(await json('info', 'nobody')).toMatchObject({ code: 'model-unknown' });
  });
});

describe('rivage models verify', () => {
  it('finds that the default model is as tested, and asks nothing of what was not pulled', async () => {
    const { lines, thrown } = await models('verify');
    expect(thrown).toBeUndefined();
    expect(lines.find((line) => line.includes('mine'))).toMatch(/^–.*not pulled$/);
    expect(lines.filter((line) => /^✓ .*as tested$/.test(line)).length).toBeGreaterThanOrEqual(2);
    expect(await json('verify', 'mine')).toMatchObject({ code: 'model-not-pulled' });
  });

  it('fails where a byte differs, and says what to do', async () => {
    await mkdir(path.join(folder, 'weights'));
    const wrong = Buffer.from(bytes);
    wrong[25_000] = (wrong[25_000] ?? 0) ^ 1;
    await writeFile(path.join(folder, 'weights', sha256), wrong);
    const { answer, code, message } = await json('verify');
    expect(code).toBe('models-damaged');
    expect(message).toContain('rivage models pull mine');
    const mine = (answer as { id: string }[]).find(({ id }) => id === 'mine');
    const found = createHash('sha256').update(wrong).digest('hex');
    expect(mine).toMatchObject({ files: [{ state: 'damaged', expected: sha256, found }] });
    expect(await stateOf('mine')).toBe('damaged');
  });
});

describe('rivage models pull', () => {
  it('takes a mirror by content first, then by the name in a folder of the model, then by name', async () => {
    await withServer([answer(404), answer(403), give(bytes)], async ({ url, asked }) => {
      const { lines, thrown } = await models('pull', 'mine', '--mirror', `${url}/rivage/?key=1`);
      expect(thrown).toBeUndefined();
      expect(lines.at(-1)).toBe('mine: pulled, as tested');
      const names = [sha256, 'mine/net.onnx', 'net.onnx'];
      expect(asked.map((one) => one.path)).toEqual(names.map((name) => `/rivage/${name}?key=1`));
    });
    expect(await kept()).toEqual([sha256]);
    expect(await stateOf('mine')).toBe('pulled');
    expect((await models('pull', 'mine')).lines).toEqual(['mine: already here, as tested']);
  });

  it('takes the mirror of RIVAGE_MODELS_MIRROR, and says what it looked for when it has nothing', async () => {
    await withServer([answer(404)], async ({ url }) => {
      env.RIVAGE_MODELS_MIRROR = url;
      const { thrown } = await models('pull', 'mine');
      expect(thrown).toMatchObject({ code: 'pull-not-there', params: { names: `${sha256}, mine/net.onnx, net.onnx` } });
    });
    expect(await kept()).toEqual([]);
  });

  it.each(['net.onnx', 'mine/net.onnx', sha256])(
    'takes %s from a folder, though another net.onnx lies there',
    async (name) => {
      const stick = path.join(folder, 'stick');
      await mkdir(path.join(stick, 'mine'), { recursive: true });
      await writeFile(path.join(stick, 'net.onnx'), randomBytes(bytes.length));
      await writeFile(path.join(stick, name), bytes);
      expect((await models('pull', 'mine', '--from', 'stick')).thrown).toBeUndefined();
      expect((await readFile(path.join(folder, 'weights', sha256))).equals(bytes)).toBe(true);
      expect(await kept()).toEqual([sha256]);
    },
  );

  it('has nothing to do for what comes with Rivage', async () => {
    const { manifest, check } = await getModel(undefined);
    const { lines } = await models('pull', manifest.id);
    const ids = [manifest.id, ...(check ? [check.manifest.id] : [])];
    expect(lines).toEqual(ids.map((id) => `${id}: comes with Rivage, nothing to pull`));
  });

  it.each([
    { args: ['mine', 'nobody', '--from', '.'], code: 'model-unknown' },
    { args: ['mine', '--from', '.'], code: 'pull-not-there' },
    { args: ['mine', '--from', 'lost'], code: 'file-missing' },
    { args: ['mine', '--from', 'models/mine/model.json'], code: 'bad-option' },
    { args: ['mine', '--mirror', 'ftp://example.org'], code: 'bad-option' },
    { args: ['mine', '--mirror', 'https://example.org', '--from', '.'], code: 'option-misplaced' },
  ])('refuses $args with $code', async ({ args, code }) => {
    expect((await models('pull', ...args)).thrown).toMatchObject({ code });
  });
});
