import { existsSync } from 'node:fs';
import path from 'node:path';
import { ServiceError } from '../../errors.ts';
import { parseJsonFile, z } from '../../schema.ts';
import { readText } from '../read-text.ts';

const besideDataset = 'rivage-labels.json';
const namesSchema = z.record(z.string(), z.string().nullable());

/**
 * Rivage's label for each class of a dataset: `option` is "pedestrian=person,kite=" or a JSON file
 * {"pedestrian": "person", "kite": null}; without it, rivage-labels.json beside the dataset. A class that neither
 * names keeps its own name, in lower case, unless something is named: then it is left out.
 * @throws ServiceError bad-option, file-missing, file-invalid
 */
export async function readLabelNames(
  option: string | undefined,
  dataset: string,
  cwd: string,
): Promise<(name: string) => string | undefined> {
  const beside = path.join(/\.json$/i.test(dataset) ? path.dirname(dataset) : dataset, besideDataset);
  if (option === undefined && !existsSync(beside)) return (name) => name.trim().toLowerCase();
  const isPairs = option?.includes('=') ?? false;
  const file = option === undefined ? beside : path.resolve(cwd, option);
  const named = isPairs ? parsePairs(option ?? '') : parseJsonFile(namesSchema, await readText(file), file);
  const names = new Map(Object.entries(named).map(([name, label]) => [name.trim().toLowerCase(), label]));
  return (name) => names.get(name.trim().toLowerCase()) ?? undefined;
}

function parsePairs(option: string): Readonly<Record<string, string | null>> {
  const pairs = option.split(',').map((pair) => pair.split('='));
  const odd = pairs.find((pair) => pair.length !== 2 || pair[0]?.trim() === '');
  if (odd) {
    throw new ServiceError('bad-option', {
      option: '--labels',
      value: odd.join('='),
      why: {
        en: 'a class of the dataset and a label of Rivage are needed, such as pedestrian=person',
        fr: 'il faut une classe du jeu de données et un label de Rivage, par exemple pedestrian=person',
      },
    });
  }
  return Object.fromEntries(pairs.map(([name = '', label = '']) => [name, label.trim() === '' ? null : label.trim()]));
}
