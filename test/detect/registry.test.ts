import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCheck } from '../../src/detect/check/find-check.ts';
import { foundLabels, isDetector, manifestJsonSchema } from '../../src/detect/manifest.ts';
import { getModel, listModels, type ModelPlaces, modelsFolder, toModelPlaces } from '../../src/detect/registry.ts';
import { findState, readWeights } from '../../src/detect/weights.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rivage-models-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function copyOf(change: (manifest: Record<string, unknown>) => void, id = 'copy'): Promise<ModelPlaces> {
  const models = await mkdtemp(path.join(folder, 'm-'));
  const { folder: source, manifest } = await getModel(undefined);
  await cp(source, path.join(models, id), { recursive: true });
  const changed: Record<string, unknown> = { ...structuredClone(manifest), id };
  change(changed);
  await writeFile(path.join(models, id, 'model.json'), JSON.stringify(changed, null, 2));
  return { folders: [models], weightsFolder: path.join(folder, 'weights') };
}

describe('the models that come with Rivage', () => {
  it('are valid, and exactly one is the default', async () => {
    const models = await listModels();
    expect(models.filter(({ manifest }) => manifest.default)).toHaveLength(1);
    for (const { manifest } of models) {
      expect(Object.keys(manifest.labels).filter((name) => !manifest.classes.includes(name))).toEqual([]);
      expect(Object.keys(manifest.thresholds).sort()).toEqual([...foundLabels(manifest)].sort());
    }
  });

  it('name checks that are here and fit', async () => {
    const detectors = (await listModels()).filter(({ manifest }) => isDetector(manifest));
    for (const model of detectors) expect(findCheck(model)?.rule.model).toBe(model.manifest.check?.model);
  });

  it('each have a card', async () => {
    for (const { folder: own, manifest } of await listModels()) {
      expect(await readFile(path.join(own, 'MODEL_CARD.md'), 'utf8')).toContain(manifest.id);
    }
  });

  it('have weights with the SHA-256 that their manifests say', async () => {
    for (const model of await listModels()) {
      if ((await findState(model, false)) !== 'not-pulled') await readWeights(model);
    }
    expect(await findState(await getModel(undefined), true)).toBe('ready');
  });

  it('are described by the schema in the folder', async () => {
    const written = JSON.parse(await readFile(path.join(modelsFolder, 'manifest.schema.json'), 'utf8'));
    expect(written).toEqual(manifestJsonSchema());
  });
});

describe('a model that is not as it should be', () => {
  it('is not found by a name that no folder has', async () => {
    await expect(getModel('nobody')).rejects.toMatchObject({ code: 'model-unknown', params: { id: 'nobody' } });
  });

  it('is not guessed when none is the default', async () => {
    const models = await copyOf((manifest) => {
      manifest.default = false;
    });
    await expect(getModel(undefined, models)).rejects.toMatchObject({ code: 'model-default', params: { count: 0 } });
    expect((await getModel('copy', models)).manifest.id).toBe('copy');
  });

  it('is refused when its manifest has an unknown key or another name than its folder', async () => {
    const typo = await copyOf((manifest) => {
      manifest.treshold = 1;
    });
    await expect(listModels(typo)).rejects.toMatchObject({ code: 'file-invalid' });
    const renamed = await copyOf((manifest) => {
      manifest.id = 'other';
    });
    await expect(listModels(renamed)).rejects.toMatchObject({ code: 'file-invalid' });
  });

  it('is refused when a byte of its weights differs', async () => {
    const models = await copyOf((manifest) => {
      manifest.weights = [{ from: { file: 'net.onnx' }, sha256: '0'.repeat(64) }];
    });
    await writeFile(path.join(models.folders[0] ?? '', 'copy', 'net.onnx'), 'other bytes');
    await expect(readWeights(await getModel('copy', models))).rejects.toMatchObject({
      code: 'weights-mismatch',
      params: { expected: '0'.repeat(64), file: path.join(models.folders[0] ?? '', 'copy', 'net.onnx') },
    });
  });

  it('is refused when its weights are not there', async () => {
    const models = await copyOf((manifest) => {
      manifest.weights = [{ from: { package: '@nobody/nothing', file: 'net.onnx' }, sha256: '0'.repeat(64) }];
    });
    await expect(readWeights(await getModel('copy', models))).rejects.toMatchObject({ code: 'weights-missing' });
  });

  it('is refused with the command that gets it when its weights are to be pulled', async () => {
    const models = await copyOf((manifest) => {
      manifest.weights = [{ from: { url: 'https://example.org/a/net.onnx', bytes: 9 }, sha256: '0'.repeat(64) }];
    });
    const model = await getModel('copy', models);
    expect(await findState(model, false)).toBe('not-pulled');
    const thrown = await readWeights(model).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 'model-not-pulled' });
    expect(String(thrown)).toContain('rivage models pull copy');
  });
});

describe('weights that were pulled', () => {
  it('are found by their SHA-256, and looked at again at every load', async () => {
    const bytes = Buffer.from('a network');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const models = await copyOf((manifest) => {
      manifest.weights = [{ from: { url: 'https://example.org/a/net%201.onnx', bytes: bytes.length }, sha256 }];
    });
    const model = await getModel('copy', models);
    await mkdir(models.weightsFolder, { recursive: true });
    const file = path.join(models.weightsFolder, sha256);
    await writeFile(file, bytes);
    expect(await readWeights(model)).toEqual([{ name: 'net 1.onnx', bytes }]);
    expect(await findState(model, true)).toBe('pulled');
    await writeFile(file, 'a netwerk');
    await expect(readWeights(model)).rejects.toMatchObject({ code: 'weights-mismatch', params: { file } });
    expect(await findState(model, false)).toBe('pulled');
    expect(await findState(model, true)).toBe('damaged');
    await writeFile(file, 'shorter');
    expect(await findState(model, false)).toBe('damaged');
  });
});

describe("models of the user's own", () => {
  const own = async (id: string) => {
    const { folders } = await copyOf((manifest) => {
      manifest.default = false;
    }, id);
    return toModelPlaces({ modelsFolder: folders[0], weightsFolder: path.join(folder, 'weights') });
  };

  it('stand beside those that come with Rivage, which keep their default', async () => {
    const places = await own('mine');
    const ids = (await listModels(places)).map(({ manifest }) => manifest.id);
    expect(ids).toContain('mine');
    expect(ids).toContain((await getModel(undefined, places)).manifest.id);
    expect((await getModel('mine', places)).folder).toBe(path.join(places.folders[1] ?? '', 'mine'));
  });

  it('may not take an id that is taken: both folders are named', async () => {
    const { manifest, folder: builtIn } = await getModel(undefined);
    const places = await own(manifest.id);
    await expect(getModel(undefined, places)).rejects.toMatchObject({
      code: 'model-twice',
      params: { id: manifest.id, one: builtIn, other: path.join(places.folders[1] ?? '', manifest.id) },
    });
  });

  it('are told of when their folder is not there', async () => {
    const places = toModelPlaces({ modelsFolder: '/nowhere/models', weightsFolder: folder });
    await expect(listModels(places)).rejects.toMatchObject({
      code: 'file-missing',
      params: { file: '/nowhere/models' },
    });
  });
});
