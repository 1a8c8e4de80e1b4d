import type { Bilingual } from '../../errors.ts';
import type { Estimate } from '../../evaluate/bootstrap.ts';
import { isClear } from '../../evaluate/bootstrap.ts';
import type { ModelLabel } from '../../evaluate/compare-models.ts';
import type { ThresholdFigures } from '../../evaluate/label-figures.ts';
import type { EvaluationDocument } from './document.ts';

export type Say = (text: Bilingual) => string;

/** A table: its head, and its rows of cells. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One row a model: what it finds of a label, and how long it takes. */
export function mainTable({ comparison }: EvaluationDocument, label: string, say: Say): Table {
  const isPoints = comparison.models.every(({ labels }) => labels.every(({ figures }) => figures?.coco === undefined));
  const head = [
    say({ en: 'model', fr: 'modèle' }),
    isPoints ? say({ en: 'AP by points', fr: 'AP par points' }) : 'AP50',
    ...(isPoints ? [] : ['AP50-95']),
    say({ en: 'threshold', fr: 'seuil' }),
    say({ en: 'precision', fr: 'précision' }),
    say({ en: 'recall', fr: 'rappel' }),
    'F1',
    say({ en: 'best F1 (threshold)', fr: 'meilleur F1 (seuil)' }),
    say({ en: 'F1 left-out', fr: 'F1 photo exclue' }),
    say({ en: 'ms a photo', fr: 'ms par photo' }),
  ];
  const rows = comparison.models.map((model) => {
    const figures = figuresOf(model.labels, label);
    const time = model.msPerPhoto ? String(Math.round(model.msPerPhoto.median)) : '–';
    if (!figures)
      return [model.name, say({ en: 'not looked for', fr: 'non recherché' }), ...head.slice(3).map(() => '–'), time];
    const { atThreshold, best } = figures;
    return [
      model.name,
      withInterval(figures.ap50),
      ...(isPoints ? [] : [withInterval(figures.ap)]),
      atThreshold ? thresholdText(atThreshold) : '–',
      share(atThreshold?.precision),
      share(atThreshold?.recall),
      withInterval(atThreshold?.f1Interval),
      best ? `${share(best.f1)} (${best.threshold.toFixed(2)})` : '–',
      withInterval(figures.leaveOneOut?.f1Interval),
      time,
    ];
  });
  return { head, rows };
}

/** One row a model: how far its counts a photo are off, at three choices of the threshold. */
export function countTable({ comparison }: EvaluationDocument, label: string, say: Say): Table {
  const head = [
    say({ en: 'model', fr: 'modèle' }),
    say({ en: 'threshold chosen', fr: 'choix du seuil' }),
    say({ en: 'threshold', fr: 'seuil' }),
    say({ en: 'mean error', fr: 'erreur moyenne' }),
    say({ en: 'bias', fr: 'biais' }),
    'Σ|Δ| / Σ',
  ];
  const rows = comparison.models.flatMap(({ name, labels }) => {
    const figures = figuresOf(labels, label);
    const choices: readonly (readonly [string, ThresholdFigures | undefined])[] = [
      [say({ en: "the model's own", fr: 'celui du modèle' }), figures?.atThreshold],
      [say({ en: 'best F1 of the other photos', fr: 'meilleur F1 des autres photos' }), figures?.leaveOneOut],
      [
        say({ en: 'best count of the other photos', fr: 'meilleur compte des autres photos' }),
        figures?.countLeaveOneOut,
      ],
    ];
    return choices.flatMap(([choice, at]) =>
      at
        ? [
            [
              name,
              choice,
              thresholdText(at),
              withInterval(at.meanAbsoluteInterval, 1),
              signed(at.counts.bias, 1),
              withInterval(at.shareOffInterval),
            ],
          ]
        : [],
    );
  });
  return { head, rows };
}

/** One row a model: how far its confidences are from being probabilities. */
export function reliabilityTable({ comparison }: EvaluationDocument, label: string, say: Say): Table {
  const head = [
    say({ en: 'model', fr: 'modèle' }),
    say({ en: 'boxes', fr: 'boîtes' }),
    'ECE',
    say({ en: 'log loss', fr: 'perte log.' }),
    'Brier',
  ];
  const rows = comparison.models.flatMap(({ name, labels }) => {
    const reliability = figuresOf(labels, label)?.reliability;
    if (!reliability || reliability.boxes === 0) return [];
    const { boxes, ece, logLoss, brier } = reliability;
    return [[name, String(boxes), withInterval(ece), withInterval(logLoss), withInterval(brier)]];
  });
  return { head, rows };
}

/** One row a model: the recall at the first model's precision, and the precision at its recall. */
export function equalTable({ comparison }: EvaluationDocument, label: string, say: Say): Table {
  const [first] = comparison.models;
  const { precision, recall } = (first && figuresOf(first.labels, label)?.atThreshold) ?? {};
  const head = [
    say({ en: 'model', fr: 'modèle' }),
    say({ en: `recall at precision ≥ ${share(precision)}`, fr: `rappel à précision ≥ ${share(precision)}` }),
    say({ en: `precision at recall ≥ ${share(recall)}`, fr: `précision à rappel ≥ ${share(recall)}` }),
  ];
  const rows = comparison.models.flatMap(({ name, labels }) => {
    const at = labels.find((one) => one.label === label);
    if (!at?.figures) return [];
    const { atFirstsPrecision: p, atFirstsRecall: r } = at;
    const cell = (value: number | undefined, threshold: number | undefined) =>
      value === undefined ? '–' : `${share(value)} (≥ ${threshold?.toFixed(2)})`;
    return [[name, cell(p?.recall, p?.threshold), cell(r?.precision, r?.threshold)]];
  });
  return { head, rows };
}

/** Rows of the parts that a label was divided into, at the model's own threshold. */
export function partTable({ comparison }: EvaluationDocument, label: string, say: Say): Table {
  const head = [
    say({ en: 'model', fr: 'modèle' }),
    say({ en: 'height px', fr: 'hauteur px' }),
    say({ en: 'light', fr: 'lumière' }),
    say({ en: 'camera', fr: 'appareil' }),
    say({ en: 'there', fr: 'présents' }),
    say({ en: 'precision', fr: 'précision' }),
    say({ en: 'recall', fr: 'rappel' }),
    'F1',
    say({ en: 'count error', fr: 'erreur de compte' }),
  ];
  const rows = comparison.models.flatMap(({ name, labels }) =>
    (figuresOf(labels, label)?.breakdown ?? []).map((row) => [
      name,
      row.heightPx ?? '·',
      row.light ?? '·',
      row.camera ?? '·',
      String(row.right + row.missed),
      share(row.precision),
      share(row.recall),
      share(row.f1),
      row.counts?.meanAbsolute === undefined ? '–' : row.counts.meanAbsolute.toFixed(1),
    ]),
  );
  return { head, rows };
}

/** AP by the sizes of COCO and by pixel height. */
export function sizeTable({ comparison }: EvaluationDocument, label: string, say: Say): Table {
  const figures = comparison.models.map(({ name, labels }) => ({ name, of: figuresOf(labels, label) }));
  const heights = figures.find(({ of }) => of?.byHeight)?.of?.byHeight?.map(({ heightPx }) => heightPx) ?? [];
  const head = [
    say({ en: 'model', fr: 'modèle' }),
    say({ en: 'AP small', fr: 'AP petits' }),
    say({ en: 'AP medium', fr: 'AP moyens' }),
    say({ en: 'AP large', fr: 'AP grands' }),
    ...heights.map((height) => `AP50 ${height} px`),
  ];
  const rows = figures.flatMap(({ name, of }) =>
    of?.coco && of.byHeight
      ? [
          [
            name,
            ...[of.coco.apSmall, of.coco.apMedium, of.coco.apLarge, ...of.byHeight.map(({ ap50 }) => ap50)].map((ap) =>
              share(ap),
            ),
          ],
        ]
      : [],
  );
  return { head, rows };
}

/** How much more each model has than each other one; a star where the interval leaves out 0. */
export function differenceTable({ comparison }: EvaluationDocument, label: string, say: Say): Table {
  const head = [
    say({ en: 'model', fr: 'modèle' }),
    say({ en: 'than', fr: 'que' }),
    say({ en: 'figure', fr: 'mesure' }),
    say({ en: 'difference', fr: 'écart' }),
  ];
  const shown = comparison.differences.filter((row) => row.label === label && row.figure !== 'countMae');
  const first = comparison.models[0]?.name;
  const rows = shown
    .filter(({ than }) => than === first)
    .map(({ model, than, figure, difference }) => [
      model,
      than,
      figure,
      `${signed(difference.value)}${intervalText(difference, 3)}${isClear(difference) ? ' *' : ''}`,
    ]);
  return { head, rows };
}

/** A table for a terminal. */
export function toLines({ head, rows }: Table): readonly string[] {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ');
  return [line(head), ...rows.map(line)];
}

/** A table in Markdown. */
export function toMarkdown({ head, rows }: Table): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)];
}

function figuresOf(labels: readonly ModelLabel[], label: string) {
  return labels.find((one) => one.label === label)?.figures;
}

function share(value: number | undefined, digits = 3): string {
  return value === undefined ? '–' : value.toFixed(digits);
}

function signed(value: number | undefined, digits = 3): string {
  return value === undefined ? '–' : `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(digits)}`;
}

/** A figure and its interval; a dash where it cannot be said. */
export function withInterval(estimate: Estimate | undefined, digits = 3): string {
  return estimate ? `${share(estimate.value, digits)}${intervalText(estimate, digits)}` : '–';
}

function intervalText({ low, high }: Estimate, digits: number): string {
  const end = (value: number) => `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)}`;
  return low === undefined || high === undefined ? '' : ` [${end(low)}, ${end(high)}]`;
}

function thresholdText({ thresholds }: ThresholdFigures): string {
  const [low, ...rest] = thresholds;
  const high = rest.at(-1);
  if (low === undefined) return '–';
  return high === undefined ? low.toFixed(2) : `${low.toFixed(2)}–${high.toFixed(2)}`;
}
