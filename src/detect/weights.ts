import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ServiceError } from '../errors.ts';
import type { Manifest } from './manifest.ts';
import type { ModelEntry } from './registry.ts';

/**
 * The weight files of a model, in the manifest's order, each checked against its SHA-256.
 * @throws ServiceError weights-missing, weights-mismatch
 */
export function readWeights(model: ModelEntry): Promise<readonly { name: string; bytes: Uint8Array }[]> {
  return Promise.all(
    model.manifest.weights.map(async (weight) => {
      const { file, bytes } = await readFirst(placesOf(weight.from, model.folder), model.manifest.id);
      const found = createHash('sha256').update(bytes).digest('hex');
      if (found !== weight.sha256) {
        throw new ServiceError('weights-mismatch', { file, expected: weight.sha256, found });
      }
      return { name: path.basename(file), bytes };
    }),
  );
}

/** Where a file may lie: a package is looked for as Node does, though only its files are used, never its code. */
function placesOf(from: Manifest['weights'][number]['from'], modelFolder: string): readonly string[] {
  if ('url' in from) return [];
  if (!('package' in from)) return [path.join(modelFolder, from.file)];
  const folders = createRequire(import.meta.url).resolve.paths(from.package) ?? [];
  return folders.map((folder) => path.join(folder, from.package, from.file));
}

async function readFirst(places: readonly string[], model: string): Promise<{ file: string; bytes: Uint8Array }> {
  for (const file of places) {
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes) return { file, bytes };
  }
  throw new ServiceError('weights-missing', { file: places[0] ?? '', model });
}
