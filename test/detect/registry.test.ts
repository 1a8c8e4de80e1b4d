import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestJsonSchema } from '../../src/detect/manifest.ts';
import { getModel, listModels, modelsFolder } from '../../src/detect/registry.ts';
import { readWeights } from '../../src/detect/weights.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rivage-models-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function copyOf(change: (manifest: Record<string, unknown>) => void, id = 'copy'): Promise<string> {
  const models = await mkdtemp(path.join(folder, 'm-'));
  const { folder: source, manifest } = await getModel(undefined);
  await cp(source, path.join(models, id), { recursive: true });
  const changed: Record<string, unknown> = { ...structuredClone(manifest), id };
  change(changed);
  await writeFile(path.join(models, id, 'model.json'), JSON.stringify(changed, null, 2));
  return models;
}

describe('the models that come with Rivage', () => {
  it('are valid, and exactly one is the default', async () => {
    const models = await listModels();
    expect(models.filter(({ manifest }) => manifest.default)).toHaveLength(1);
    for (const { manifest } of models) {
      expect(Object.keys(manifest.labels).filter((name) => !manifest.classes.includes(name))).toEqual([]);
      expect(Object.keys(manifest.thresholds).sort()).toEqual([...new Set(Object.values(manifest.labels))].sort());
    }
  });

  it('each have a card', async () => {
    for (const { folder: own, manifest } of await listModels()) {
      expect(await readFile(path.join(own, 'MODEL_CARD.md'), 'utf8')).toContain(manifest.id);
    }
  });

  it('have weights with the SHA-256 that their manifests say', async () => {
    for (const model of await listModels()) expect((await readWeights(model)).length).toBeGreaterThan(0);
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
    await writeFile(path.join(models, 'copy', 'net.onnx'), 'other bytes');
    await expect(readWeights(await getModel('copy', models))).rejects.toMatchObject({
      code: 'weights-mismatch',
      params: { expected: '0'.repeat(64), file: path.join(models, 'copy', 'net.onnx') },
    });
  });

  it('is refused when its weights are not there', async () => {
    const models = await copyOf((manifest) => {
      manifest.weights = [{ from: { package: '@nobody/nothing', file: 'net.onnx' }, sha256: '0'.repeat(64) }];
    });
    await expect(readWeights(await getModel('copy', models))).rejects.toMatchObject({ code: 'weights-missing' });
  });
});
