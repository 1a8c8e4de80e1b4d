import path from 'node:path';
import type { Command } from 'commander';
import { ServiceError } from '../errors.ts';
import { compareModels } from '../evaluate/compare-models.ts';
import type { ModelFindings } from '../evaluate/labelled-photo.ts';
import { createRandom } from '../simulate/random.ts';
import type { CliContext } from './context.ts';
import { type Dataset, labelsOf } from './dataset/dataset.ts';
import { registerEvaluateGate } from './evaluate-gate.ts';
import { readCocoResults } from './evaluation/coco-results.ts';
import { addDrawOptions, addPhotoOptions, type DatasetOptions, openDataset } from './evaluation/dataset-options.ts';
import { toDocument } from './evaluation/document.ts';
import { findAll } from './evaluation/find-all.ts';
import { getModelSpec } from './evaluation/model-spec.ts';
import { mainTable, toLines } from './evaluation/tables.ts';
import { makeFolder, writeEvaluation } from './evaluation/write-evaluation.ts';
import { numberOption, wholeOption } from './number-options.ts';

interface EvaluateOptions extends DatasetOptions {
  readonly dataset?: string;
  readonly models?: string;
  readonly detections: readonly string[];
  readonly minConfidence: number;
  readonly maxDetections: number;
  readonly resamples: number;
  readonly seed: number;
  readonly out: string;
}

/** `rivage evaluate`: models held against labelled photos, and against one another; files alone, no workspace. */
export function registerEvaluate(program: Command, context: CliContext): void {
  const { say } = context;
  const command = program
    .command('evaluate')
    .summary(say({ en: 'compare networks on labelled photos', fr: 'comparer des réseaux sur des photos étiquetées' }))
    .description(
      say({
        en: 'Compares networks on labelled photos: average precision, precision, recall, F1, counts a photo and time, with intervals. Writes evaluation.json, evaluation.md, curves and the detections. Nothing else is read or changed.',
        fr: 'Compare des réseaux sur des photos étiquetées : précision moyenne, précision, rappel, F1, comptes par photo et temps, avec intervalles. Écrit evaluation.json, evaluation.md, les courbes et les détections. Rien d’autre n’est lu ni modifié.',
      }),
    );
  addPlaces(command, context);
  // so that its own options follow `gate`
  registerEvaluateGate(command.enablePositionalOptions(), context);
  addSettings(command, context);
  command
    .addHelpText(
      'after',
      '\n  rivage evaluate -d beach/ -m centernet-mobilenetv3-512,centernet-mobilenetv3-512:whole\n  rivage evaluate -d instances.json --photos val/ --detections other=results.json -o out/',
    )
    .action((options: EvaluateOptions) => runEvaluate(options, context));
}

/** Where labels, photos and detections are. */
function addPlaces(command: Command, context: CliContext): void {
  const { say } = context;
  command
    .option(
      '-d, --dataset <path>',
      say({
        en: 'COCO file, or folder of YOLO labels or CSV points',
        fr: "fichier COCO, ou dossier d'étiquettes YOLO ou de points CSV",
      }),
    )
    .option(
      '-m, --models <ids>',
      say({
        en: 'models, separated by commas; id:640 with slices of 640 px, id:whole without, id:thorough at three scales, id:unchecked without its check',
        fr: 'modèles, séparés par des virgules ; id:640 avec des tranches de 640 px, id:whole sans, id:thorough à trois échelles, id:unchecked sans son contrôle',
      }),
    )
    .option(
      '--detections <name=file>',
      say({
        en: "results of COCO from any tool, instead of a model's own; may be given again",
        fr: "résultats COCO d'un outil quelconque, à la place d'un modèle ; répétable",
      }),
      (value: string, all: readonly string[]) => [...all, value],
      [],
    );
  addPhotoOptions(command, context);
}

/** How they are compared. */
function addSettings(command: Command, context: CliContext): void {
  const { say } = context;
  command
    .option(
      '--labels <names>',
      say({
        en: "Rivage's label of each class: pedestrian=person,kite= or a JSON file",
        fr: 'label Rivage de chaque classe : pedestrian=person,kite= ou un fichier JSON',
      }),
    )
    .option(
      '--min-confidence <c>',
      say({ en: 'look at detections from here, 0–1', fr: 'considérer les détections à partir de, 0–1' }),
      numberOption('--min-confidence', 0, 1),
      0.02,
    )
    .option(
      '--max-detections <n>',
      say({
        en: 'for AP, the most confident of each photo and label',
        fr: 'pour AP, les plus sûres de chaque photo et label',
      }),
      wholeOption('--max-detections'),
      100,
    );
  addDrawOptions(command, context);
  command.option('-o, --out <folder>', say({ en: 'where to write', fr: 'où écrire' }), 'evaluation');
}

async function runEvaluate(options: EvaluateOptions, context: CliContext): Promise<void> {
  const { cwd, say, print } = context;
  if (options.dataset === undefined) {
    const why = { en: 'labelled photos are needed', fr: 'il faut des photos étiquetées' };
    throw new ServiceError('option-missing', { option: '--dataset', why });
  }
  const { dataset: name } = options;
  const dataset = await openDataset(name, options, cwd);
  const labels = labelsOf(dataset);
  if (labels.length === 0) {
    const classes = dataset.categories.map(({ name }) => name).join(', ') || '–';
    throw new ServiceError('dataset-without-labels', { dataset: name, classes });
  }
  const out = path.resolve(cwd, options.out);
  const { models, lit } = await gather(dataset, labels, { ...options, out }, context);
  const unit = createRandom(options.seed, 'resamples').unit;
  const truth = dataset.format === 'points' ? 'points' : 'boxes';
  const { minConfidence, maxDetections, resamples, seed } = options;
  const comparison = compareModels(lit.photos, labels, models, { truth, maxDetections, resamples, unit });
  const settings = { dataset: name, minConfidence, maxDetections, resamples, seed };
  const document = toDocument(settings, lit, comparison);
  await writeEvaluation(out, document, say);
  for (const { label, objects } of comparison.labels) {
    print(`${label}: ${objects} ${say({ en: 'on', fr: 'sur' })} ${dataset.photos.length} photos`);
    for (const line of toLines(mainTable(document, label, say))) print(`  ${line}`);
  }
  const most = document.dataset.mostOnAPhoto;
  if (truth === 'boxes' && most > maxDetections) {
    print(
      say({
        en: `A photo has ${most} objects of a label and AP counts ${maxDetections} detections: --max-detections raises it.`,
        fr: `Une photo a ${most} objets d'un label et AP compte ${maxDetections} détections : --max-detections l'augmente.`,
      }),
    );
  }
  print(`${say({ en: 'Written to', fr: 'Écrit dans' })} ${options.out}`);
}

/** Runs the models that were asked for, and reads the detections that are there. */
async function gather(dataset: Dataset, labels: readonly string[], options: EvaluateOptions, context: CliContext) {
  const { cwd } = context;
  const names = (options.models ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length + options.detections.length === 0) {
    const why = { en: 'name models, or give --detections', fr: 'nommez des modèles, ou donnez --detections' };
    throw new ServiceError('option-missing', { option: '--models', why });
  }
  const specs = await Promise.all(names.map((name) => getModelSpec(name, context)));
  const read: ModelFindings[] = [];
  for (const given of options.detections) {
    const [, name = '', file = ''] = /^([^=]+)=(.+)$/.exec(given) ?? [];
    if (!file) {
      const why = { en: 'name=file is needed', fr: 'il faut nom=fichier' };
      throw new ServiceError('bad-option', { option: '--detections', value: given, why });
    }
    const found = await readCocoResults(path.resolve(cwd, file), dataset);
    read.push({ name, labels, thresholds: {}, found, msPerPhoto: undefined });
  }
  await makeFolder(options.out);
  const found = await findAll(dataset, specs, options, context);
  const lit = { ...dataset, photos: dataset.photos.map((photo, at) => ({ ...photo, light: found.lights[at] })) };
  return { models: [...found.models, ...read], lit };
}
