import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Manifest } from '../../detect/manifest.ts';
import type { ModelEntry } from '../../detect/registry.ts';
import { ServiceError } from '../../errors.ts';
import { codeOf } from '../../workspace/replace-file.ts';

/** The manifest of a model under another id, whose weights are found where they are now. */
export function deriveManifest({ manifest, folder }: ModelEntry, id: string, modelsFolder: string): Manifest {
  const weights = manifest.weights.map(({ from, sha256 }) => {
    if (!('file' in from) || 'package' in from) return { from, sha256 };
    const file = path.relative(path.join(modelsFolder, id), path.join(folder, from.file));
    return { from: { file: file.split(path.sep).join('/') }, sha256 };
  });
  const { $schema: _, ...rest } = manifest;
  return { ...rest, id, default: false, weights };
}

/** @throws ServiceError model-exists */
export async function refuseExisting(id: string, modelsFolder: string): Promise<void> {
  const folder = path.join(modelsFolder, id);
  const there = await stat(folder).catch(() => undefined);
  if (there) throw new ServiceError('model-exists', { id, folder });
}

/**
 * Writes the folder of a model, whole or not at all, and gives its path. Until it is whole it lies a folder deeper, where
 * nobody looks for models.
 * @throws ServiceError model-exists, file-not-written
 */
export async function writeModelFolder(manifest: Manifest, card: string, modelsFolder: string): Promise<string> {
  const { id } = manifest;
  const folder = path.join(modelsFolder, id);
  await refuseExisting(id, modelsFolder);
  const refuse = (cause: unknown): never => {
    throw new ServiceError('file-not-written', { file: folder, why: codeOf(cause) }, { cause });
  };
  const workshop = await mkdtemp(path.join(modelsFolder, '.new-')).catch(refuse);
  try {
    const draft = path.join(workshop, id);
    await mkdir(draft);
    await writeFile(path.join(draft, 'MODEL_CARD.md'), card, { flush: true });
    await writeFile(path.join(draft, 'model.json'), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
    await rename(draft, folder);
  } catch (cause) {
    refuse(cause);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return folder;
}
