import path from 'node:path';
import { type Bilingual, ServiceError } from '../../errors.ts';
import { toManifestId, toModelId } from '../manifest.ts';
import type { ModelEntry } from '../registry.ts';
import type { CropRule } from './crop.ts';
import type { CheckRule } from './manifest-check.ts';

/** A detector's check, seen to fit it. */
export interface FoundCheck {
  readonly rule: CheckRule;
  readonly classifier: ModelEntry;
  readonly crop: CropRule;
}

/**
 * The check that a detector's manifest names; undefined: it names none.
 * @throws ServiceError model-no-detector, model-check-missing, model-check-unfit
 */
export function findCheck({ manifest, folder, check: classifier }: ModelEntry): FoundCheck | undefined {
  const { id, decoder, check: rule } = manifest;
  if (decoder.kind === 'classifier') throw new ServiceError('model-no-detector', { id });
  if (!rule) return undefined;
  const named = { file: path.join(folder, 'model.json'), check: rule.model };
  if (!classifier) throw new ServiceError('model-check-missing', { ...named, check: toManifestId(rule.model) });
  const { classes, decoder: other } = classifier.manifest;
  const refuse = (why: Bilingual): ServiceError => new ServiceError('model-check-unfit', { ...named, why });
  if (toModelId(classifier.manifest) !== rule.model) {
    const here = toModelId(classifier.manifest);
    throw refuse({ en: `here is ${here}`, fr: `c'est ${here} qui est ici` });
  }
  if (other.kind !== 'classifier') {
    throw refuse({
      en: `its decoder is "${other.kind}", and "classifier" is needed`,
      fr: `son décodeur est « ${other.kind} », et il faut « classifier »`,
    });
  }
  const unknown = Object.keys(rule.labels).find((name) => !classes.includes(name));
  if (unknown === undefined) return { rule, classifier, crop: other.crop };
  const known = classes.slice(0, 20).join(', ');
  throw refuse({
    en: `it has no class "${unknown}"; it has ${known}`,
    fr: `il n'a pas de classe « ${unknown} » ; il a ${known}`,
  });
}
