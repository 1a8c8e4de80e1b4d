import path from 'node:path';
import { ServiceError } from '../../errors.ts';
import type { ModelEntry } from '../registry.ts';
import { findWeights, isAsTested, type WeightFile } from '../weights.ts';
import { type PullOptions, pullFile } from './pull-file.ts';
import { createFileSource } from './pull-folder.ts';
import type { HttpClient } from './pull-http.ts';
import type { PullSource } from './pull-source.ts';

/** Where a pull takes files from. */
export type PullPlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'mirror'; readonly base: URL; readonly client: HttpClient }
  /** The addresses in the manifests. */
  | { readonly kind: 'origin'; readonly client: HttpClient };

/** The weights of a model that a pull would bring: those that come by download and are not here as tested. */
export async function findMissing(model: ModelEntry): Promise<readonly WeightFile[]> {
  const files = (await findWeights(model)).filter(({ weight }) => 'url' in weight.from);
  const whole = await Promise.all(files.map(isAsTested));
  return files.filter((_, i) => !whole[i]);
}

/** Size of a file of `findMissing`. */
export function bytesOf({ weight }: WeightFile): number {
  return 'url' in weight.from ? weight.from.bytes : 0;
}

/**
 * Brings the weights of `missing`.
 * @throws ServiceError pull-*, weights-folder
 */
export async function pullModel(
  model: ModelEntry,
  missing: readonly WeightFile[],
  place: PullPlace,
  options: PullOptions,
): Promise<void> {
  let done = 0;
  for (const one of missing) {
    const want = { file: one.file, bytes: bytesOf(one), sha256: one.weight.sha256 };
    const sources = sourcesOf(one, model.manifest.id, place);
    const before = done;
    await pullFile(want, sources, { ...options, onBytes: (bytes) => options.onBytes?.(before + bytes) }).catch(
      (thrown: unknown) => {
        const isRefused = thrown instanceof ServiceError && thrown.code === 'pull-refused';
        if (!isRefused || place.kind === 'origin') throw thrown;
        const names = namesOf(one, model.manifest.id).join(', ');
        const why = thrown.params.why ?? '';
        throw new ServiceError('pull-not-there', { place: sayPlace(place), model: model.manifest.id, names, why });
      },
    );
    done += want.bytes;
  }
}

function sourcesOf(one: WeightFile, id: string, place: PullPlace): readonly PullSource[] {
  const { from } = one.weight;
  if (place.kind === 'origin') return 'url' in from ? [place.client.source(new URL(from.url))] : [];
  const names = namesOf(one, id);
  if (place.kind === 'folder') return names.map((name) => createFileSource(path.join(place.folder, name)));
  return names.map((name) => place.client.source(below(place.base, name)));
}

/** By content first, as a folder of weights names them; model.onnx is the name of many files. */
function namesOf({ weight, name }: WeightFile, id: string): readonly string[] {
  return [weight.sha256, `${id}/${name}`, name];
}

/** Keeps the query of the base: some stores take their key there. */
function below(base: URL, name: string): URL {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/$/, '')}/${name.split('/').map(encodeURIComponent).join('/')}`;
  return url;
}

function sayPlace(place: Exclude<PullPlace, { kind: 'origin' }>): string {
  return place.kind === 'folder' ? place.folder : `${place.base.origin}${place.base.pathname}`;
}
