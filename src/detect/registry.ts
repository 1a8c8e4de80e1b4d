import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';
import { ServiceError } from '../errors.ts';
import { parseJsonFile } from '../schema.ts';
import { type Manifest, manifestSchema, toManifestId } from './manifest.ts';

/** A model that can be chosen: what its manifest says, and where its files are. */
export interface ModelEntry {
  readonly manifest: Manifest;
  /** Absolute path of models/<id>. */
  readonly folder: string;
  /** Where weights lie that are pulled, each under its SHA-256. */
  readonly weightsFolder: string;
  /** The model of the id that its manifest's `check` names, fit or not; undefined: none is named, or none is here. */
  readonly check?: ModelEntry | undefined;
}

/** Where models are looked for. */
export interface ModelPlaces {
  /** Folders of models, each with a folder a model. */
  readonly folders: readonly string[];
  readonly weightsFolder: string;
}

/** The models that come with Rivage. */
export const modelsFolder = fileURLToPath(new URL('../../models/', import.meta.url));

/** The models that come with Rivage, then the user's own. */
export function toModelPlaces(config: Pick<Config, 'modelsFolder' | 'weightsFolder'>): ModelPlaces {
  const own = config.modelsFolder === undefined ? [] : [config.modelsFolder];
  return { folders: [modelsFolder, ...own], weightsFolder: config.weightsFolder };
}

/** What needs no pull and no settings. */
const builtIn: ModelPlaces = { folders: [modelsFolder], weightsFolder: path.join(modelsFolder, 'weights') };

/**
 * Reads the manifests of all folders, by id.
 * @throws ServiceError file-missing, file-invalid, model-twice
 */
export async function listModels(places: ModelPlaces = builtIn): Promise<readonly ModelEntry[]> {
  const { folders, weightsFolder } = places;
  const lists = await Promise.all(folders.map((folder) => listFolder(folder, weightsFolder)));
  const all = lists.flat().sort((a, b) => (a.manifest.id < b.manifest.id ? -1 : 1));
  all.forEach((entry, i) => {
    const next = all[i + 1];
    if (next?.manifest.id !== entry.manifest.id) return;
    throw new ServiceError('model-twice', { id: entry.manifest.id, one: entry.folder, other: next.folder });
  });
  return all.map((entry) => {
    const { check } = entry.manifest;
    return check ? { ...entry, check: all.find(({ manifest }) => manifest.id === toManifestId(check.model)) } : entry;
  });
}

/**
 * The model of an id; without an id, the default one.
 * @throws ServiceError model-unknown, model-default, file-missing, file-invalid, model-twice
 */
export async function getModel(id: string | undefined, places: ModelPlaces = builtIn): Promise<ModelEntry> {
  const models = await listModels(places);
  if (id === undefined) {
    const defaults = models.filter((entry) => entry.manifest.default);
    const [only] = defaults;
    if (only && defaults.length === 1) return only;
    throw new ServiceError('model-default', { folder: places.folders.join(', '), count: defaults.length });
  }
  const named = models.find((entry) => entry.manifest.id === id);
  if (named) return named;
  throw new ServiceError('model-unknown', { id, known: models.map((entry) => entry.manifest.id).join(', ') || '–' });
}

async function listFolder(folder: string, weightsFolder: string): Promise<readonly ModelEntry[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new ServiceError('file-missing', { file: folder, why: String(cause) }, { cause });
  });
  const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
  const found = await Promise.all(folders.map((entry) => readModel(path.join(folder, entry.name), weightsFolder)));
  return found.filter((entry) => entry !== undefined);
}

async function readModel(folder: string, weightsFolder: string): Promise<ModelEntry | undefined> {
  const file = path.join(folder, 'model.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const manifest = parseJsonFile(manifestSchema, text, file);
  if (manifest.id === path.basename(folder)) return { manifest, folder, weightsFolder };
  const why = `"id" is "${manifest.id}" and the folder is ${path.basename(folder)}`;
  throw new ServiceError('file-invalid', { file, line: 1, why, mend: 'Give both the same name.' });
}
