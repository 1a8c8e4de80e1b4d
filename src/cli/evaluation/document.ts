import type { Comparison } from '../../evaluate/compare-models.ts';
import { type Dataset, labelsOf } from '../dataset/dataset.ts';

/** What an evaluation was made of. */
export interface EvaluationSettings {
  readonly dataset: string;
  readonly minConfidence: number;
  readonly maxDetections: number;
  readonly resamples: number;
  readonly seed: number;
}

/** What evaluation.json holds. Its version changes when a key changes its name or its meaning. */
export interface EvaluationDocument {
  readonly format: 'rivage-evaluation';
  readonly formatVersion: 1;
  readonly settings: EvaluationSettings;
  readonly dataset: {
    readonly format: Dataset['format'];
    readonly photos: number;
    /** Photos without labels: left out. */
    readonly unlabelled: number;
    /** Classes that were not compared. */
    readonly leftOut: readonly string[];
    readonly lights: Readonly<Record<string, number>>;
    readonly cameras: Readonly<Record<string, number>>;
    /** The most objects of a label on a photo. */
    readonly mostOnAPhoto: number;
  };
  readonly comparison: Comparison;
}

/** Joins what was asked for, the dataset and the comparison. */
export function toDocument(settings: EvaluationSettings, dataset: Dataset, comparison: Comparison): EvaluationDocument {
  const { photos } = dataset;
  const labels = labelsOf(dataset);
  const counts = photos.flatMap(({ boxes, points }) =>
    labels.map((label) => [...boxes, ...points].filter((truth) => truth.label === label).length),
  );
  return {
    format: 'rivage-evaluation',
    formatVersion: 1,
    settings,
    dataset: {
      format: dataset.format,
      photos: photos.length,
      unlabelled: dataset.unlabelled.length,
      leftOut: dataset.categories.filter(({ label }) => label === undefined).map(({ name }) => name),
      lights: tally(photos.map(({ light }) => light)),
      cameras: tally(photos.map(({ camera }) => camera)),
      mostOnAPhoto: counts.reduce((most, count) => Math.max(most, count), 0),
    },
    comparison,
  };
}

function tally(values: readonly (string | undefined)[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const value of values) if (value !== undefined) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
