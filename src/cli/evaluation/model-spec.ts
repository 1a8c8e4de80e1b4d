import { uncheckedManifest } from '../../detect/manifest.ts';
import { getModel, type ModelEntry, toModelPlaces } from '../../detect/registry.ts';
import { ServiceError } from '../../errors.ts';
import type { CliContext } from '../context.ts';

/** A model to compare, and how it looks at a photo. */
export interface ModelSpec {
  /** What tables call it: as it was asked for. */
  readonly name: string;
  readonly model: ModelEntry;
  /** Side of a slice, px of the photo; undefined: the manifest's; 'whole': no slices; 'thorough': three scales. */
  readonly slicePx: number | 'whole' | 'thorough' | undefined;
}

/**
 * Parses "id", "id:640" (slices of 640 px), "id:whole" (no slices) or "id:thorough" (three scales); each may end in
 * ":unchecked" (without the check that the manifest names).
 * @throws ServiceError bad-option, model-unknown
 */
export async function getModelSpec(name: string, { config }: CliContext): Promise<ModelSpec> {
  const [, looks = name, unchecked] = /^(.*):(unchecked)$/.exec(name) ?? [];
  const [, id = looks, slice] = /^(.*):(\d+|whole|thorough)$/.exec(looks) ?? [];
  const found = await getModel(id, toModelPlaces(config));
  const model = unchecked === undefined ? found : withoutCheck(found, name);
  if (slice === undefined || slice === 'whole' || slice === 'thorough') return { name, model, slicePx: slice };
  const slicePx = Number(slice);
  if (slicePx >= 32) return { name, model, slicePx };
  const why = { en: 'a slice has 32 px or more', fr: 'une tranche a au moins 32 px' };
  throw new ServiceError('bad-option', { option: '--models', value: name, why });
}

function withoutCheck(model: ModelEntry, name: string): ModelEntry {
  if (model.manifest.check) return { ...model, manifest: uncheckedManifest(model.manifest), check: undefined };
  const why = { en: 'this model has no check', fr: "ce modèle n'a pas de contrôle" };
  throw new ServiceError('bad-option', { option: '--models', value: name, why });
}
