import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../errors.ts';
import { parseJsonFile } from '../schema.ts';
import { type Manifest, manifestSchema } from './manifest.ts';

/** A model that can be chosen: what its manifest says, and its own folder. */
export interface ModelEntry {
  readonly manifest: Manifest;
  /** Absolute path of models/<id>. */
  readonly folder: string;
}

/** The models that come with Rivage. */
export const modelsFolder = new URL('../../models/', import.meta.url).pathname;

/**
 * Reads the manifests of a folder of models, by id.
 * @throws ServiceError file-missing, file-invalid
 */
export async function listModels(folder: string = modelsFolder): Promise<readonly ModelEntry[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new ServiceError('file-missing', { file: folder, why: String(cause) }, { cause });
  });
  const found = await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map((entry) => readModel(path.join(folder, entry.name))),
  );
  return found.filter((entry) => entry !== undefined).sort((a, b) => (a.manifest.id < b.manifest.id ? -1 : 1));
}

/**
 * The model of an id; without an id, the default one.
 * @throws ServiceError model-unknown, model-default, file-missing, file-invalid
 */
export async function getModel(id: string | undefined, folder: string = modelsFolder): Promise<ModelEntry> {
  const models = await listModels(folder);
  if (id === undefined) {
    const defaults = models.filter((entry) => entry.manifest.default);
    const [only] = defaults;
    if (only && defaults.length === 1) return only;
    throw new ServiceError('model-default', { folder, count: defaults.length });
  }
  const named = models.find((entry) => entry.manifest.id === id);
  if (named) return named;
  throw new ServiceError('model-unknown', { id, known: models.map((entry) => entry.manifest.id).join(', ') || '–' });
}

async function readModel(folder: string): Promise<ModelEntry | undefined> {
  const file = path.join(folder, 'model.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const manifest = parseJsonFile(manifestSchema, text, file);
  if (manifest.id === path.basename(folder)) return { manifest, folder };
  const why = `"id" is "${manifest.id}" and the folder is ${path.basename(folder)}`;
  throw new ServiceError('file-invalid', { file, line: 1, why, mend: 'Give both the same name.' });
}
