import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Detection } from '../../detect/detection.ts';
import { ServiceError } from '../../errors.ts';
import { drawCurves } from '../../evaluate/draw-curves.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { toCocoResults } from './coco-results.ts';
import type { EvaluationDocument } from './document.ts';
import {
  countTable,
  differenceTable,
  equalTable,
  mainTable,
  partTable,
  reliabilityTable,
  type Say,
  sizeTable,
  toMarkdown,
} from './tables.ts';

/** The folder of an evaluation: made first, so that hours of detection are not lost for want of it. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'detections'), { recursive: true }).catch(refuse(folder));
}

/** Writes what a model found as results of COCO: detections/<model>.json. */
export async function writeDetections(
  folder: string,
  model: string,
  dataset: Dataset,
  found: readonly (readonly Detection[])[],
): Promise<void> {
  const lines = toCocoResults(dataset, found).map((result) => JSON.stringify(result));
  await writeText(path.join(folder, 'detections', `${fileName(model)}.json`), `[\n${lines.join(',\n')}\n]\n`);
}

/** Writes evaluation.json, evaluation.md, and a picture of the curves of each label. */
export async function writeEvaluation(folder: string, document: EvaluationDocument, say: Say): Promise<void> {
  await writeText(path.join(folder, 'evaluation.json'), `${JSON.stringify(document, null, 1)}\n`);
  for (const { label } of document.comparison.labels) {
    await writeText(path.join(folder, `curves-${fileName(label)}.svg`), curvesOf(document, label, say));
    await writeText(path.join(folder, `reliability-${fileName(label)}.svg`), reliabilityCurvesOf(document, label, say));
  }
  await writeText(path.join(folder, 'evaluation.md'), toReport(document, say));
}

function curvesOf({ comparison }: EvaluationDocument, label: string, say: Say): string {
  const curves = comparison.models.flatMap(({ name, labels }) => {
    const figures = labels.find((one) => one.label === label)?.figures;
    if (!figures) return [];
    const { precision, recall } = figures.atThreshold ?? {};
    const mark = precision === undefined || recall === undefined ? undefined : { across: recall, up: precision };
    return [{ name, points: figures.curve, mark }];
  });
  return drawCurves(curves, {
    title: say({ en: `Precision and recall: ${label}`, fr: `Précision et rappel : ${label}` }),
    across: say({
      en: 'recall: share of what is there that is found',
      fr: 'rappel : part trouvée de ce qui est présent',
    }),
    up: say({
      en: 'precision: share of what is found that is there',
      fr: 'précision : part juste de ce qui est trouvé',
    }),
    mark: say({ en: "at the model's own threshold", fr: 'au seuil du modèle' }),
  });
}

function reliabilityCurvesOf({ comparison }: EvaluationDocument, label: string, say: Say): string {
  const curves = comparison.models.flatMap(({ name, labels }) => {
    const figures = labels.find((one) => one.label === label)?.figures;
    if (!figures) return [];
    const points = figures.reliability.steps.map(({ said, right }) => [said, right] as const);
    return [{ name, points, mark: undefined }];
  });
  return drawCurves(curves, {
    title: say({ en: `Reliability of confidences: ${label}`, fr: `Fiabilité des confiances : ${label}` }),
    across: say({ en: 'mean confidence of the boxes of a step', fr: "confiance moyenne des boîtes d'un palier" }),
    up: say({ en: 'share of them that is right', fr: 'part juste de ces boîtes' }),
    mark: say({ en: 'a confidence that is a probability', fr: 'une confiance qui est une probabilité' }),
    diagonal: true,
  });
}

function toReport(document: EvaluationDocument, say: Say): string {
  const { comparison, dataset, settings } = document;
  const leftOut = dataset.leftOut.length > 0 ? dataset.leftOut.join(', ') : '–';
  const counts = (of: Readonly<Record<string, number>>) =>
    Object.entries(of)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || '–';
  return [
    `# ${say({ en: 'Models compared', fr: 'Modèles comparés' })}`,
    '',
    ...[
      [say({ en: 'dataset', fr: 'jeu de données' }), `${path.basename(settings.dataset)} (${dataset.format})`],
      [
        say({ en: 'photos', fr: 'photos' }),
        `${dataset.photos}; ${say({ en: 'without labels, left out', fr: 'sans étiquettes, écartées' })}: ${dataset.unlabelled}`,
      ],
      [say({ en: 'classes not compared', fr: 'classes non comparées' }), leftOut],
      [say({ en: 'light', fr: 'lumière' }), counts(dataset.lights)],
      [say({ en: 'cameras', fr: 'appareils' }), counts(dataset.cameras)],
      [say({ en: 'detections from confidence', fr: 'détections à partir de' }), String(settings.minConfidence)],
      [say({ en: 'detections a photo for AP', fr: 'détections par photo pour AP' }), String(settings.maxDetections)],
      [
        say({ en: 'intervals', fr: 'intervalles' }),
        say({
          en: `95 %, ${settings.resamples} resamples of the photos, seed ${settings.seed}`,
          fr: `95 %, ${settings.resamples} tirages des photos, graine ${settings.seed}`,
        }),
      ],
    ].map(([name, value]) => `- ${name}: ${value}`),
    '',
    ...comparison.labels.flatMap(({ label, objects, crowds }) => [
      `## ${label} (${objects}${crowds > 0 ? ` + ${crowds} ${say({ en: 'crowds', fr: 'foules' })}` : ''})`,
      '',
      ...section(document, label, say),
      `![](curves-${fileName(label)}.svg)`,
      '',
      `![](reliability-${fileName(label)}.svg)`,
      '',
    ]),
  ].join('\n');
}

function section(document: EvaluationDocument, label: string, say: Say): readonly string[] {
  const tables = [
    { title: undefined, table: mainTable(document, label, say) },
    { title: say({ en: 'Counts a photo', fr: 'Comptes par photo' }), table: countTable(document, label, say) },
    {
      title: say({
        en: 'Is the confidence a probability?',
        fr: 'La confiance est-elle une probabilité ?',
      }),
      table: reliabilityTable(document, label, say),
    },
    { title: say({ en: 'By size', fr: 'Par taille' }), table: sizeTable(document, label, say) },
    {
      title: say({
        en: "At the first model's precision, and at its recall",
        fr: 'À la précision du premier modèle, et à son rappel',
      }),
      table: equalTable(document, label, say),
    },
    {
      title: say({
        en: 'Differences on the same photos (* the interval leaves out 0)',
        fr: "Écarts sur les mêmes photos (* l'intervalle exclut 0)",
      }),
      table: differenceTable(document, label, say),
    },
    {
      title: say({
        en: "By size, light and camera, at the model's own threshold",
        fr: 'Par taille, lumière et appareil, au seuil du modèle',
      }),
      table: partTable(document, label, say),
    },
  ];
  return tables
    .filter(({ table }) => table.rows.length > 0)
    .flatMap(({ title, table }) => [...(title ? [`### ${title}`, ''] : []), ...toMarkdown(table), '']);
}

function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}.@-]+/gu, '_');
}

async function writeText(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch(refuse(file));
}

function refuse(file: string): (cause: unknown) => never {
  return (cause) => {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new ServiceError('file-not-written', { file, why }, { cause });
  };
}
