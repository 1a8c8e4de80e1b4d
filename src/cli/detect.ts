import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { Detection } from '../detect/detection.ts';
import type { Detector } from '../detect/detector.ts';
import { proposalsManifest } from '../detect/manifest.ts';
import { getModel, type ModelEntry, toModelPlaces } from '../detect/registry.ts';
import { planLooks, planThoroughLooks } from '../detect/slices/detect-on-slices.ts';
import { drawPlan } from '../detect/slices/draw-plan.ts';
import type { Slice } from '../detect/slices/slicing.ts';
import { describeError, ServiceError, toServiceError } from '../errors.ts';
import type { SizePx } from '../geo/frames.ts';
import { blurBoxes } from '../picture/blur.ts';
import { decodePicture, encodeJpeg } from '../picture/codec.ts';
import type { Image } from '../picture/image.ts';
import { drawBoxes } from '../picture/overlay.ts';
import type { CliContext } from './context.ts';
import { type DetectGuide, type JudgedDetection, openGuide } from './detect-guide.ts';
import { listPhotos, photoName } from './list-photos.ts';
import { openDetector } from './open-detector.ts';
import { createProgress } from './progress.ts';

interface DetectOptions {
  readonly model?: string;
  readonly minConfidence: number;
  readonly picture?: string;
  /** False after --no-blur. */
  readonly blur: boolean;
  readonly json?: boolean;
  readonly camera?: string;
  readonly workspace: string;
  readonly plan?: boolean;
  readonly thorough?: boolean;
  readonly proposals?: boolean;
}

/** What was found on one photo, or why it could not be read. */
type Outcome =
  | {
      readonly photo: string;
      readonly sizePx: SizePx;
      readonly found: readonly JudgedDetection[];
      /** With --plan. */
      readonly slices?: readonly Slice[];
      readonly picture?: string;
    }
  | { readonly photo: string; readonly error: ServiceError };

/** Everything that might be a person is hidden in a drawn picture, whatever is listed. */
const blurFrom = 0.05;
const colours = ['#ff3b30', '#00d5ff', '#ffd60a', '#7cff6b', '#ff8ad8'];

const examples = `
  rivage detect photo.jpg --json
  rivage detect DCIM/ --min-confidence 0.3 --picture out/
  rivage detect photos/south --camera south -w my-lake --picture out/ --plan`;

/** `rivage detect`: what a network sees on photos, with no workspace and no database. */
export function registerDetect(program: Command, context: CliContext): void {
  const { say } = context;
  program
    .command('detect')
    .summary(say({ en: 'find persons and boats on photos', fr: 'trouver personnes et bateaux sur des photos' }))
    .description(
      say({
        en: 'Finds persons, boats and animals on photos, and tents where the model knows them. Boxes are [x, y, w, h] in pixels of the upright photo (EXIF orientation applied), from its top-left corner.',
        fr: 'Trouve personnes, bateaux et animaux sur des photos, et les tentes si le modèle les connaît. Les boîtes sont [x, y, w, h] en pixels de la photo redressée (orientation EXIF appliquée), depuis son coin supérieur gauche.',
      }),
    )
    .argument('<photo...>', say({ en: 'JPEG or PNG files, or folders', fr: 'fichiers JPEG ou PNG, ou dossiers' }))
    .option('-m, --model <id>', say({ en: 'a folder of models/', fr: 'un dossier de models/' }))
    .option(
      '--min-confidence <c>',
      say({ en: 'leave out what is less sure, 0–1', fr: 'écarter ce qui est moins sûr, 0–1' }),
      parseConfidence,
      0.05,
    )
    .option(
      '--picture <folder>',
      say({
        en: 'write each photo there with its boxes, persons blurred',
        fr: 'y écrire chaque photo avec ses boîtes, personnes floutées',
      }),
    )
    .option(
      '--thorough',
      say({ en: 'three scales for crowds, 6 × slower', fr: 'trois échelles pour foules, 6 × plus lent' }),
    )
    .option(
      '--proposals',
      say({ en: 'every box that a check may look at', fr: "chaque boîte qu'un contrôle peut voir" }),
    )
    .option('--plan', say({ en: 'draw the slices looked at on those pictures', fr: 'y dessiner les tuiles regardées' }))
    .option(
      '-c, --camera <id>',
      say({
        en: 'photos of this camera of --workspace: look where its ground is, and judge sizes',
        fr: 'photos de cet appareil de --workspace : regarder où est son sol, et juger les tailles',
      }),
    )
    .option('-w, --workspace <folder>', say({ en: 'its workspace', fr: "l'espace de travail" }), '.')
    .option('--no-blur', say({ en: 'show persons in those pictures', fr: 'montrer les personnes sur ces images' }))
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }))
    .addHelpText('after', examples)
    .action((photos: readonly string[], options: DetectOptions) => runDetect(photos, options, context));
}

async function runDetect(photos: readonly string[], options: DetectOptions, context: CliContext): Promise<void> {
  const files = await listPhotos(photos, context.cwd);
  const model = await getModel(options.model, toModelPlaces(context.config));
  const guide =
    options.camera === undefined
      ? undefined
      : await openGuide(path.resolve(context.cwd, options.workspace), options.camera, model.manifest);
  const detector = await openDetector(options.proposals ? toProposer(model) : model, context);
  const outcomes: Outcome[] = [];
  const quiet = options.json ?? false;
  const bar = createProgress(context, files.length, { en: 'Detecting', fr: 'Détection' }, { quiet });
  try {
    for (const file of files) {
      if (context.signal.aborted) break;
      outcomes.push(await detectOne(file, { detector, guide }, options, context.cwd));
      bar.advance();
    }
  } finally {
    bar.stop();
    await detector.close();
  }
  if (options.json)
    context.print(
      JSON.stringify(
        outcomes.map((outcome) => toJson(outcome, context)),
        null,
        2,
      ),
    );
  else for (const line of describe(outcomes, detector, context)) context.print(line);
  const failures = outcomes.filter((outcome) => 'error' in outcome);
  if (failures[0] && failures.length === outcomes.length) throw failures[0].error;
}

/** What looks at photos, and what is known of their camera. */
interface Eyes {
  readonly detector: Detector;
  readonly guide: DetectGuide | undefined;
}

async function detectOne(
  photo: string,
  { detector, guide }: Eyes,
  options: DetectOptions,
  cwd: string,
): Promise<Outcome> {
  try {
    const image = await decodePicture(path.resolve(cwd, photo), { name: photo });
    const { sizePx } = image;
    guide?.refuseOther(sizePx);
    const plain = options.thorough ? planThoroughLooks : planLooks;
    const slices = guide?.slices ?? plain(sizePx, detector.manifest.slice);
    const all = await detector.detect(image, { minConfidence: Math.min(options.minConfidence, blurFrom), slices });
    const judged = all.map((detection): JudgedDetection => {
      const plausibility = guide?.judge(detection);
      return { ...detection, plausibility, shownConfidence: detection.confidence * (plausibility ?? 1) };
    });
    const found = judged.filter(({ shownConfidence }) => shownConfidence >= options.minConfidence);
    const looked = options.plan ? { slices } : {};
    if (options.picture === undefined) return { photo, sizePx, found, ...looked };
    const blurred = options.blur ? blurBoxes(image, personBoxes(all)) : image;
    const shown = options.plan ? await drawPlan(blurred, slices, guide?.grid) : blurred;
    const picture = await writePicture(shown, found, detector, path.resolve(cwd, options.picture, pictureName(photo)));
    return { photo, sizePx, found, picture, ...looked };
  } catch (thrown) {
    return { photo, error: toServiceError(thrown) };
  }
}

const personBoxes = (found: readonly Detection[]) =>
  found.filter(({ label }) => label === 'person' || label === 'proposal').map(({ box }) => box);

function toProposer({ check: _, ...model }: ModelEntry): ModelEntry {
  return { ...model, manifest: proposalsManifest(model.manifest) };
}

/** Draws what reaches the threshold of its label. */
async function writePicture(
  image: Image,
  found: readonly JudgedDetection[],
  { manifest }: Detector,
  file: string,
): Promise<string> {
  const labels = Object.keys(manifest.thresholds);
  const shown = found.filter(({ label, shownConfidence }) => shownConfidence >= (manifest.thresholds[label] ?? 0));
  const boxes = shown.map(({ label, shownConfidence: confidence, box }) => ({
    box,
    text: label === 'person' ? confidence.toFixed(2) : `${label} ${confidence.toFixed(2)}`,
    colour: colours[labels.indexOf(label) % colours.length] ?? '#fff',
  }));
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, await encodeJpeg(await drawBoxes(image, boxes), 88));
  return file;
}

/** The path of a photo as one file name, so that two cards with an IMG_0001.JPG each do not overwrite one another. */
function pictureName(photo: string): string {
  return `${photo.replace(/^[./\\]+/, '').replace(/[/\\:]+/g, '_')}`.replace(photoName, '.jpg');
}

function toJson(outcome: Outcome, { config }: CliContext): object {
  if ('error' in outcome) {
    const { code } = outcome.error;
    return { photo: outcome.photo, error: { code, message: describeError(outcome.error, config.language) } };
  }
  const { photo, sizePx, found, picture, slices } = outcome;
  const plan = slices ? { slices: slices.map(({ x, y, w, h }) => [x, y, w, h]) } : {};
  const detections = found.map(({ label, confidence, plausibility, box }) => ({
    label,
    confidence: round(confidence, 4),
    ...(plausibility === undefined ? {} : { plausibility: round(plausibility, 4) }),
    box: [box.x, box.y, box.w, box.h].map((value) => round(value, 2)),
  }));
  return { photo, ...sizePx, ...(picture === undefined ? {} : { picture }), ...plan, detections };
}

/** A table: how many of each label reach the confidence from which it is shown. */
function describe(outcomes: readonly Outcome[], { manifest }: Detector, { say, config }: CliContext): string[] {
  const labels = Object.entries(manifest.thresholds);
  const width = Math.max(8, ...outcomes.map(({ photo }) => photo.length));
  const head = labels.map(([label, from]) => `${label} ≥ ${from}`);
  const lines = outcomes.map((outcome) => {
    const name = outcome.photo.padEnd(width);
    if ('error' in outcome) return `${name}  ${describeError(outcome.error, config.language)} [${outcome.error.code}]`;
    const { found, sizePx } = outcome;
    const counts = labels.map(([label, from], index) =>
      String(found.filter((one) => one.label === label && one.shownConfidence >= from).length).padStart(
        head[index]?.length ?? 0,
      ),
    );
    return [name, `${sizePx.widthPx}×${sizePx.heightPx}`.padEnd(10), ...counts].join('  ');
  });
  return [['photo'.padEnd(width), say({ en: 'size', fr: 'taille' }).padEnd(10), ...head].join('  '), ...lines];
}

function parseConfidence(value: string): number {
  const number = Number(value);
  if (value.trim() !== '' && number >= 0 && number <= 1) return number;
  throw new ServiceError('bad-option', { option: '--min-confidence', value, why: 'a number from 0 to 1 is needed' });
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
