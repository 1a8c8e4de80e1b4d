import path from 'node:path';
import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { type Dataset, type DatasetFormat, datasetFormats } from '../dataset/dataset.ts';
import { readLabelNames } from '../dataset/label-names.ts';
import { readDataset } from '../dataset/read-dataset.ts';
import { nameOption, numberOption, wholeOption } from '../number-options.ts';

/** How labelled photos are found and read. */
export interface DatasetOptions {
  readonly photos?: string;
  readonly format?: DatasetFormat;
  readonly labels?: string;
}

/** `--photos` and `--format`. */
export function addPhotoOptions(command: Command, { say }: CliContext): Command {
  return command
    .option(
      '--photos <folder>',
      say({
        en: 'where the photos are; by default images/ beside the labels, or with them',
        fr: 'où sont les photos ; par défaut images/ à côté des étiquettes, ou avec elles',
      }),
    )
    .option('--format <format>', datasetFormats.join(', '), nameOption('--format', datasetFormats));
}

/** `--resamples` and `--seed`: how photos are drawn again for intervals. */
export function addDrawOptions(command: Command, { say }: CliContext): Command {
  return command
    .option(
      '--resamples <n>',
      say({ en: 'draws of the photos for intervals', fr: 'tirages des photos pour les intervalles' }),
      wholeOption('--resamples'),
      1000,
    )
    .option('--seed <n>', say({ en: 'seed of those draws', fr: 'graine de ces tirages' }), numberOption('--seed'), 1);
}

/** Reads the labelled photos that a command names. @throws ServiceError those of readLabelNames and readDataset */
export async function openDataset(name: string, options: DatasetOptions, cwd: string): Promise<Dataset> {
  const place = path.resolve(cwd, name);
  const labelFor = await readLabelNames(options.labels, place, cwd);
  const photosFolder = options.photos === undefined ? undefined : path.resolve(cwd, options.photos);
  return readDataset(place, photosFolder, { format: options.format, labelFor });
}
