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
 * Parses "id", "id:640" (slices of 640 px), "id:whole" (no slices) or "id:thorough" (three scales).
 * @throws ServiceError bad-option, model-unknown
 */
export async function getModelSpec(name: string, { config }: CliContext): Promise<ModelSpec> {
  const [, id = name, slice] = /^(.*):(\d+|whole|thorough)$/.exec(name) ?? [];
  const model = await getModel(id, toModelPlaces(config));
  if (slice === undefined || slice === 'whole' || slice === 'thorough') return { name, model, slicePx: slice };
  const slicePx = Number(slice);
  if (slicePx >= 32) return { name, model, slicePx };
  const why = { en: 'a slice has 32 px or more', fr: 'une tranche a au moins 32 px' };
  throw new ServiceError('bad-option', { option: '--models', value: name, why });
}
