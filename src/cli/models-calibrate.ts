import path from 'node:path';
import type { Command } from 'commander';
import type { Confidence } from '../detect/confidence/manifest-confidence.ts';
import { foundLabels, type Manifest, toModelId } from '../detect/manifest.ts';
import type { ModelEntry } from '../detect/registry.ts';
import { ServiceError } from '../errors.ts';
import { drawResamples } from '../evaluate/bootstrap.ts';
import { createRandom } from '../simulate/random.ts';
import { describeConfidence, toCard } from './confidence/report.ts';
import { type Lesson, teachLabel } from './confidence/teach-label.ts';
import { deriveManifest, refuseExisting, writeModelFolder } from './confidence/write-model.ts';
import type { CliContext } from './context.ts';
import { type Dataset, labelsOf } from './dataset/dataset.ts';
import { addDrawOptions, addPhotoOptions, type DatasetOptions, openDataset } from './evaluation/dataset-options.ts';
import { findAll } from './evaluation/find-all.ts';
import { getModelSpec, type ModelSpec } from './evaluation/model-spec.ts';
import { numberOption } from './number-options.ts';

interface CalibrateOptions extends DatasetOptions {
  readonly dataset: string;
  readonly name: string;
  readonly place?: boolean;
  readonly minConfidence?: number;
  readonly resamples: number;
  readonly seed: number;
}

/** `rivage models calibrate`: labelled photos make probabilities of a network's confidences, as a model of its own. */
export function registerModelsCalibrate(models: Command, context: CliContext): void {
  const { say } = context;
  const command = models
    .command('calibrate <id>')
    .summary(say({ en: 'make confidences probabilities', fr: 'faire des confiances des probabilités' }))
    .description(
      say({
        en: 'Looks at labelled photos with a model, learns how often its boxes of each confidence are right, and writes a model <id>-<name> beside your own ones (RIVAGE_MODELS): the same network, whose confidences are probabilities. The model itself stays as it is; rivage evaluate compares both. With <id>:thorough the new model always looks at three scales, for crowds; with <id>:640 at slices of 640 px.',
        fr: 'Regarde des photos étiquetées avec un modèle, apprend combien de ses boîtes de chaque confiance sont justes, et écrit un modèle <id>-<nom> parmi les vôtres (RIVAGE_MODELS) : le même réseau, dont les confiances sont des probabilités. Le modèle lui-même reste tel quel ; rivage evaluate compare les deux. Avec <id>:thorough, le nouveau modèle regarde toujours à trois échelles, pour les foules ; avec <id>:640, des tranches de 640 px.',
      }),
    );
  addDataset(command, context);
  command
    .option('--name <name>', say({ en: 'end of the new id', fr: 'fin du nouvel identifiant' }), 'calibrated')
    .option(
      '--place',
      say({
        en: 'the photos are of one fixed camera: learn from rows and sizes too',
        fr: "les photos sont d'un seul appareil fixe : apprendre aussi des lignes et des tailles",
      }),
    )
    .option(
      '--min-confidence <c>',
      say({
        en: "judge boxes from here, 0–1; by default 0.02, or where the model's context begins",
        fr: 'juger les boîtes à partir de, 0–1 ; par défaut 0,02, ou là où commence le contexte du modèle',
      }),
      numberOption('--min-confidence', 0, 1),
    );
  addDrawOptions(command, context)
    .addHelpText(
      'after',
      '\n  rivage models calibrate centernet-mobilenetv3-512 -d beach/ --name beach\n  rivage models calibrate centernet-mobilenetv3-512:thorough -d bay/ --name bay --place',
    )
    .action((id: string, options: CalibrateOptions) => calibrate(id, options, context));
}

/** Where labels and photos are, as for `rivage evaluate`. */
function addDataset(command: Command, context: CliContext): void {
  const { say } = context;
  command.requiredOption(
    '-d, --dataset <path>',
    say({
      en: 'COCO file, or folder of YOLO labels or CSV points',
      fr: "fichier COCO, ou dossier d'étiquettes YOLO ou de points CSV",
    }),
  );
  addPhotoOptions(command, context).option(
    '--labels <names>',
    say({
      en: "Rivage's label of each class: pedestrian=person,kite= or a JSON file; name only what is labelled on all photos",
      fr: 'label Rivage de chaque classe : pedestrian=person,kite= ou un fichier JSON ; ne nommez que ce qui est étiqueté sur toutes les photos',
    }),
  );
}

async function calibrate(wish: string, options: CalibrateOptions, context: CliContext): Promise<void> {
  const { cwd, say, print } = context;
  const modelsFolder = folderOfOwn(context);
  const model = toLook(await getModelSpec(wish, context));
  const { manifest } = model;
  const { id } = manifest;
  if (manifest.confidence) throw new ServiceError('model-calibrated', { id, model: manifest.confidence.model });
  const newId = `${id}-${parseName(options.name)}`;
  await refuseExisting(newId, modelsFolder);
  const dataset = await openDataset(options.dataset, options, cwd);
  if (options.place) refuseSeveralPlaces(dataset);
  const lessons = await learn(dataset, model, options, context);
  const learned = lessons.filter((lesson) => lesson.kind === 'learned');
  if (learned.length === 0) throw refuseUntaught(options.dataset, lessons, dataset);
  const confidence: Confidence = {
    confidenceVersion: 1,
    model: toModelId(manifest),
    from: judgedFrom(options, model),
    dataset: {
      name: path.basename(path.resolve(cwd, options.dataset)),
      format: dataset.format,
      photos: dataset.photos.length,
    },
    date: new Date().toISOString().slice(0, 10),
    labels: Object.fromEntries(learned.map((lesson) => [lesson.label, lesson.confidence])),
  };
  const thresholds = Object.fromEntries(learned.map(({ label, threshold }) => [label, threshold]));
  const made = withLessons(deriveManifest(model, newId, modelsFolder), confidence, thresholds);
  const folder = await writeModelFolder(made, toCard(made, say), modelsFolder);
  for (const line of describeConfidence(made, say)) print(line);
  for (const lesson of lessons) {
    if (lesson.kind === 'nothing') print(`${lesson.label}: ${say(lesson.why)}`);
  }
  print(`${say({ en: 'Written to', fr: 'Écrit dans' })} ${folder}`);
}

/** The model as it is asked to look at photos: what its confidence is learned from, and how it will look. */
function toLook({ name, model, slicePx }: ModelSpec): ModelEntry {
  if (slicePx === undefined) return model;
  const { manifest } = model;
  if (slicePx === 'whole') {
    const why = { en: 'a model always looks at slices', fr: 'un modèle regarde toujours des tranches' };
    throw new ServiceError('bad-option', { option: '<id>', value: name, why });
  }
  const { sidePx, overlapRatio } = manifest.slice;
  const slice = slicePx === 'thorough' ? { sidePx, overlapRatio, look: slicePx } : { sidePx: slicePx, overlapRatio };
  return { ...model, manifest: { ...manifest, slice } };
}

/** Below the confidence from which a context speaks, a number means something else than above. */
function judgedFrom({ minConfidence }: CalibrateOptions, { manifest }: ModelEntry): number {
  return minConfidence ?? manifest.context?.from ?? 0.02;
}

/** What each label of the dataset that the model can find teaches. */
async function learn(
  dataset: Dataset,
  model: ModelEntry,
  options: CalibrateOptions,
  context: CliContext,
): Promise<readonly Lesson[]> {
  const known = foundLabels(model.manifest);
  const labels = labelsOf(dataset).filter((label) => known.includes(label));
  if (labels.length === 0) return [];
  const name = model.manifest.id;
  const specs = [{ name, model, slicePx: undefined }];
  const { models } = await findAll(
    dataset,
    specs,
    { minConfidence: judgedFrom(options, model), out: undefined },
    context,
  );
  const all = models[0]?.found ?? [];
  const { photos, format } = dataset;
  const unit = createRandom(options.seed, 'resamples').unit;
  const resamples = drawResamples(photos.length, photos.length > 1 ? options.resamples : 0, unit);
  return labels.map((label) => {
    const found = all.map((list) => list.filter((detection) => detection.label === label));
    const findings = { photos, found, label, truth: format === 'points' ? 'points' : 'boxes' } as const;
    return teachLabel(findings, { place: options.place ?? false, resamples });
  });
}

function refuseSeveralPlaces({ photos }: Dataset): void {
  const sizes = new Set(photos.map(({ sizePx }) => `${sizePx.widthPx} × ${sizePx.heightPx} px`));
  const cameras = new Set(photos.flatMap(({ camera }) => camera ?? []));
  const several = [sizes, cameras].find((set) => set.size > 1);
  if (!several) return;
  const list = [...several].slice(0, 5).join(', ');
  const why = {
    en: `it wants photos of one fixed camera and one size, and here are ${list}`,
    fr: `il faut les photos d'un seul appareil fixe, d'une seule taille, et il y a ici ${list}`,
  };
  throw new ServiceError('option-misplaced', { option: '--place', why });
}

function withLessons(manifest: Manifest, confidence: Confidence, thresholds: Manifest['thresholds']) {
  const name = `${manifest.name}, ${confidence.dataset.name}`;
  return { ...manifest, name, thresholds: { ...manifest.thresholds, ...thresholds }, confidence };
}

function folderOfOwn({ config }: CliContext): string {
  if (config.modelsFolder !== undefined) return config.modelsFolder;
  const why = {
    en: 'name a folder for models of your own, such as RIVAGE_MODELS=~/rivage-models',
    fr: 'nommez un dossier pour vos propres modèles, par exemple RIVAGE_MODELS=~/rivage-models',
  };
  throw new ServiceError('option-missing', { option: 'RIVAGE_MODELS', why });
}

function parseName(value: string): string {
  if (/^[a-z0-9][a-z0-9.-]*$/.test(value)) return value;
  const why = {
    en: 'lower-case letters, digits, dots and hyphens are needed',
    fr: "il faut des minuscules, des chiffres, des points et des traits d'union",
  };
  throw new ServiceError('bad-option', { option: '--name', value, why });
}

function refuseUntaught(dataset: string, lessons: readonly Lesson[], { categories }: Dataset): ServiceError {
  const classes = categories.map(({ name }) => name).join(', ') || '–';
  const whys = lessons.flatMap((lesson) => (lesson.kind === 'nothing' ? [lesson] : []));
  const list = (language: 'en' | 'fr') => whys.map(({ label, why }) => `${label}: ${why[language]}`).join('; ');
  const why =
    whys.length > 0
      ? { en: list('en'), fr: list('fr') }
      : {
          en: `the model finds none of its classes (${classes}); --labels says which label each one is`,
          fr: `le modèle ne trouve aucune de ses classes (${classes}) ; --labels dit à quel label chacune correspond`,
        };
  return new ServiceError('confidence-untaught', { dataset, why });
}
