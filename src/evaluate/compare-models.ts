import { meanOf } from './average-precision.ts';
import { drawResamples, type Estimate, type Sampled, toDifference, toEstimate } from './bootstrap.ts';
import { type CocoFigures, type CocoJudged, cocoFigures } from './coco-figures.ts';
import { type JudgingRule, judgeLabel } from './judge-label.ts';
import { figuresOf, type LabelFigures, type LabelResult } from './label-figures.ts';
import type { LabelledPhoto, ModelFindings } from './labelled-photo.ts';
import { type OperatingPoint, precisionAtRecall, recallAtPrecision } from './operating-point.ts';

export interface ComparisonSettings extends JudgingRule {
  /** How often the photos are drawn again. */
  readonly resamples: number;
  /** Uniform in [0, 1); a seeded stream, so that the same photos give the same intervals. */
  readonly unit: () => number;
}

/** One label of one model; undefined figures: the model has no such label, so nothing was looked for. */
export interface ModelLabel {
  readonly label: string;
  readonly figures: LabelFigures | undefined;
  /** At the precision that the first model has at its own threshold, the recall of this one; and the other way round. */
  readonly atFirstsPrecision: OperatingPoint | undefined;
  readonly atFirstsRecall: OperatingPoint | undefined;
}

export interface ModelResult {
  readonly name: string;
  readonly msPerPhoto: { readonly median: number; readonly mean: number; readonly most: number } | undefined;
  /** Mean over the labels that every model looks for, each weighing the same. */
  readonly ap50: Estimate | undefined;
  readonly ap: Estimate | undefined;
  readonly coco: CocoFigures | undefined;
  readonly labels: readonly ModelLabel[];
}

/** How much more one model has of a figure than another, on the same photos. */
export interface Difference {
  readonly label: string;
  readonly figure: string;
  readonly model: string;
  readonly than: string;
  readonly difference: Estimate;
}

export interface Comparison {
  readonly labels: readonly { readonly label: string; readonly objects: number; readonly crowds: number }[];
  /** Labels that every model looks for. */
  readonly inCommon: readonly string[];
  readonly models: readonly ModelResult[];
  readonly differences: readonly Difference[];
}

interface Judgement extends LabelResult {
  readonly coco: CocoJudged | undefined;
}

/** Holds what models found against the truth, and against one another. `labels`: all that the dataset marks. */
export function compareModels(
  photos: readonly LabelledPhoto[],
  labels: readonly string[],
  models: readonly ModelFindings[],
  settings: ComparisonSettings,
): Comparison {
  const resamples = drawResamples(photos.length, photos.length > 1 ? settings.resamples : 0, settings.unit);
  const judgements = models.map((model) => {
    const known = labels.filter((label) => model.labels.includes(label));
    return new Map(
      known.map((label): [string, Judgement] => {
        const judged = judgeLabel(photos, model, label, settings);
        const { maxDetections } = settings;
        const of = { photos, threshold: model.thresholds[label], maxDetections, resamples };
        return [label, { ...figuresOf(label, judged, of), coco: judged.coco }];
      }),
    );
  });
  const inCommon = labels.filter((label) => judgements.every((judgement) => judgement.has(label)));
  return {
    labels: labels.map((label) => ({ label, ...countTruths(photos, label) })),
    inCommon,
    models: models.map((model, index) => {
      const judgement = judgements[index] ?? new Map<string, Judgement>();
      const [first] = judgements;
      return {
        name: model.name,
        msPerPhoto: model.msPerPhoto && timesOf(model.msPerPhoto),
        ...meansOf(
          inCommon.flatMap((label) => judgement.get(label) ?? []),
          settings.maxDetections,
        ),
        labels: labels.map((label) => modelLabel(label, judgement.get(label), first?.get(label))),
      };
    }),
    differences: labels.flatMap((label) => differencesOf(label, models, judgements)),
  };
}

function meansOf(judgements: readonly Judgement[], maxDetections: number) {
  const cocos = judgements.map(({ coco }) => coco).filter((coco) => coco !== undefined);
  const mean = (name: string) => toEstimate(meanSampled(judgements.flatMap(({ sampled }) => sampled[name] ?? [])));
  return { ap50: mean('ap50'), ap: mean('ap'), coco: cocos.length > 0 ? cocoFigures(cocos, maxDetections) : undefined };
}

/** The mean over labels, resample by resample; a label that a resample has nothing of is left out there. */
function meanSampled(sampled: readonly Sampled[]): Sampled {
  const length = sampled[0]?.samples.length ?? 0;
  const samples = Float64Array.from({ length }, (_, at) => {
    const values = sampled.map(({ samples: of }) => of[at] as number);
    return meanOf(values.filter((value) => !Number.isNaN(value))) ?? Number.NaN;
  });
  return { value: meanOf(sampled.map(({ value }) => value)), samples };
}

function modelLabel(label: string, result: LabelResult | undefined, first: LabelResult | undefined): ModelLabel {
  const { precision, recall } = first?.figures.atThreshold ?? first?.figures.best ?? {};
  return {
    label,
    figures: result?.figures,
    atFirstsPrecision: result && precision !== undefined ? recallAtPrecision(result.points, precision) : undefined,
    atFirstsRecall: result && recall !== undefined ? precisionAtRecall(result.points, recall) : undefined,
  };
}

function differencesOf(
  label: string,
  models: readonly ModelFindings[],
  judgements: readonly ReadonlyMap<string, LabelResult>[],
): readonly Difference[] {
  const pairs = models.flatMap((_, b) => models.slice(0, b).map((__, a) => [a, b] as const));
  return pairs.flatMap(([a, b]) => {
    const [first, second] = [judgements[a]?.get(label)?.sampled, judgements[b]?.get(label)?.sampled];
    if (!first || !second) return [];
    return Object.entries(second).flatMap(([figure, sampled]) => {
      const other = first[figure];
      const difference = other && toDifference(sampled, other);
      const [model, than] = [models[b]?.name ?? '', models[a]?.name ?? ''];
      return difference ? [{ label, figure, model, than, difference }] : [];
    });
  });
}

function countTruths(photos: readonly LabelledPhoto[], label: string) {
  const boxes = photos.flatMap((photo) => photo.boxes.filter((box) => box.label === label));
  const points = photos.flatMap((photo) => photo.points.filter((point) => point.label === label));
  const crowds = boxes.filter(({ crowd }) => crowd).length;
  return { objects: boxes.length - crowds + points.length, crowds };
}

function timesOf(times: readonly number[]): ModelResult['msPerPhoto'] {
  if (times.length === 0) return undefined;
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] as number;
  return { median, mean: times.reduce((sum, ms) => sum + ms, 0) / times.length, most: sorted.at(-1) as number };
}
