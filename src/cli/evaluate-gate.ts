import path from 'node:path';
import type { Command } from 'commander';
import { ChangeGate } from '../detect/change/change-gate.ts';
import type { Detector } from '../detect/detector.ts';
import { getModel, toModelPlaces } from '../detect/registry.ts';
import { awakeSlices } from '../detect/slices/awake-slices.ts';
import { planLooks } from '../detect/slices/detect-on-slices.ts';
import { auditGate, type GateFigures, type TwiceLooked } from '../evaluate/audit-gate.ts';
import { thumbnailSizePx } from '../ingest/picture-statistics.ts';
import { judgeVisibility } from '../ingest/visibility.ts';
import { decodePicture, resize } from '../picture/codec.ts';
import { toGrey } from '../picture/grey.ts';
import { createRandom } from '../simulate/random.ts';
import type { CliContext } from './context.ts';
import { type DetectGuide, openGuide } from './detect-guide.ts';
import { addDrawOptions } from './evaluation/dataset-options.ts';
import { type Table, toLines, withInterval } from './evaluation/tables.ts';
import { listPhotos } from './list-photos.ts';
import { openDetector } from './open-detector.ts';
import { createProgress } from './progress.ts';

interface GateOptions {
  readonly model?: string;
  readonly camera?: string;
  readonly workspace: string;
  readonly resamples: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** `rivage evaluate gate`: a camera's photos looked at in both ways, everything and what changed. */
export function registerEvaluateGate(evaluate: Command, context: CliContext): void {
  const { say } = context;
  const command = evaluate
    .command('gate')
    .summary(
      say({ en: 'audit the change gate on a camera’s photos', fr: "contrôler le filtre de changement d'un appareil" }),
    )
    .description(
      say({
        en: 'Looks at photos of one fixed camera twice, at everything and at what changed alone, in the order of their names; tells what the change gate saves and every detection it loses.',
        fr: 'Regarde deux fois les photos d’un appareil fixe, en entier puis seulement ce qui a changé, dans l’ordre de leurs noms ; dit ce que le filtre de changement épargne et chaque détection perdue.',
      }),
    )
    .argument('<photo...>', say({ en: 'JPEG or PNG files, or folders', fr: 'fichiers JPEG ou PNG, ou dossiers' }))
    .option('-m, --model <id>', say({ en: 'a folder of models/', fr: 'un dossier de models/' }))
    .option(
      '-c, --camera <id>',
      say({
        en: 'the camera, in --workspace: look where its ground is',
        fr: "l'appareil, dans --workspace : regarder où est son sol",
      }),
    )
    .option('-w, --workspace <folder>', say({ en: 'its workspace', fr: "l'espace de travail" }), '.');
  addDrawOptions(command, context)
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }))
    .addHelpText('after', '\n  rivage evaluate gate photos/south --camera south -w my-lake')
    .action((photos: readonly string[], options: GateOptions) => runEvaluateGate(photos, options, context));
}

async function runEvaluateGate(names: readonly string[], options: GateOptions, context: CliContext): Promise<void> {
  const files = await listPhotos(names, context.cwd);
  const model = await getModel(options.model, toModelPlaces(context.config));
  const folder = path.resolve(context.cwd, options.workspace);
  const guide = options.camera === undefined ? undefined : await openGuide(folder, options.camera, model.manifest);
  const detector = await openDetector(model, context);
  const quiet = options.json ?? false;
  const bar = createProgress(context, files.length, { en: 'Detecting', fr: 'Détection' }, { quiet });
  const looks: Looks[] = [];
  try {
    const gate = new ChangeGate();
    for (const file of files) {
      if (context.signal.aborted) break;
      looks.push(await lookTwice(file, { detector, guide, gate }, context.cwd));
      bar.advance();
    }
  } finally {
    bar.stop();
    await detector.close();
  }
  const { resamples, seed } = options;
  const unit = createRandom(seed, 'resamples').unit;
  const labels = auditGate(looks, model.manifest.thresholds, { resamples, unit });
  const work = workOf(looks);
  if (options.json) context.print(JSON.stringify({ work, labels }, null, 1));
  else for (const line of describe(work, labels, context)) context.print(line);
}

interface Looks extends TwiceLooked {
  readonly slices: { readonly everything: number; readonly gated: number };
  /** Of the network, and of the gate with it; reading the file is in neither. */
  readonly ms: { readonly everything: number; readonly gated: number };
}

interface Eyes {
  readonly detector: Detector;
  readonly guide: DetectGuide | undefined;
  readonly gate: ChangeGate;
}

/** As many photos are looked at by a run: from 0.05 on, and all of what is dark or in fog. */
async function lookTwice(photo: string, { detector, guide, gate }: Eyes, cwd: string): Promise<Looks> {
  const image = await decodePicture(path.resolve(cwd, photo), { name: photo });
  guide?.refuseOther(image.sizePx);
  const { manifest } = detector;
  const look = { minConfidence: 0.05 };
  const plain = guide?.slicesFor(manifest, undefined) ?? planLooks(image.sizePx, manifest.slice);
  const before = performance.now();
  const everything = await detector.detect(image, { ...look, slices: plain });
  const between = performance.now();
  const { visibility } = judgeVisibility(await resize(image, thumbnailSizePx));
  const changes = visibility === 'usable' ? gate.changesIn(toGrey(image)) : undefined;
  if (changes) gate.hold(changes);
  const lookedAt = changes && awakeSlices(plain, changes);
  const gated = lookedAt ? await detector.detect(image, { ...look, slices: lookedAt }) : everything;
  const took = performance.now() - between;
  gate.found(gated, manifest.thresholds);
  return {
    ...{ photo, everything, gated, lookedAt },
    slices: { everything: plain.length, gated: lookedAt?.length ?? plain.length },
    ms: { everything: between - before, gated: lookedAt ? took : took + between - before },
  };
}

function workOf(looks: readonly Looks[]) {
  const sum = (of: (look: Looks) => number): number => looks.reduce((total, look) => total + of(look), 0);
  return {
    photos: looks.length,
    /** All of them was looked at by the gated look too. */
    whole: looks.filter(({ lookedAt }) => lookedAt === undefined).length,
    slices: { everything: sum(({ slices }) => slices.everything), gated: sum(({ slices }) => slices.gated) },
    seconds: { everything: sum(({ ms }) => ms.everything) / 1000, gated: sum(({ ms }) => ms.gated) / 1000 },
  };
}

function describe(
  { photos, whole, slices, seconds }: ReturnType<typeof workOf>,
  labels: readonly GateFigures[],
  { say }: CliContext,
): readonly string[] {
  const [all, some] = [seconds.everything.toFixed(1), seconds.gated.toFixed(1)];
  const head = say({
    en: `${photos} photos, ${whole} of them looked at wholly: ${slices.gated} of ${slices.everything} slices, ${some} s in place of ${all} s`,
    fr: `${photos} photos, dont ${whole} regardées en entier : ${slices.gated} tuiles sur ${slices.everything}, ${some} s au lieu de ${all} s`,
  });
  const lost = labels.flatMap((figures) => figures.lost.filter(({ passedOver }) => passedOver));
  const listed = lost.map(({ photo, label, confidence, box }) => {
    const place = [box.x, box.y, box.w, box.h].map(Math.round).join(', ');
    return `${say({ en: 'passed over', fr: 'manqué' })}: ${photo} ${label} ${confidence.toFixed(2)} [${place}]`;
  });
  return [head, ...toLines(tableOf(labels, say)), ...listed];
}

function tableOf(labels: readonly GateFigures[], say: CliContext['say']): Table {
  const head = [
    'label',
    say({ en: 'shown by a look at everything', fr: 'montrés en regardant tout' }),
    say({ en: 'with the gate too', fr: 'avec le filtre aussi' }),
    say({ en: 'passed over', fr: 'manqués' }),
    say({ en: 'lost by other slices', fr: "perdus par d'autres tuiles" }),
    say({ en: 'gained by them', fr: 'gagnés par elles' }),
    say({ en: 'not passed over', fr: 'non manqués' }),
    say({ en: 'count with gate / without', fr: 'compte avec filtre / sans' }),
  ];
  const rows = labels.map(({ label, shown, kept, gained, lost, recall, countRatio }) => {
    const passedOver = lost.filter((one) => one.passedOver).length;
    const counts = [shown, kept, passedOver, lost.length - passedOver, gained].map(String);
    return [label, ...counts, withInterval(recall), withInterval(countRatio)];
  });
  return { head, rows };
}
