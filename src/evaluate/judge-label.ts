import type { Detection } from '../detect/detection.ts';
import { precisionOf } from './average-precision.ts';
import type { FigureOf } from './bootstrap.ts';
import { type CocoJudged, judgeForCoco } from './coco-figures.ts';
import { type BoxCase, matchLabel } from './judge-boxes.ts';
import { matchPoints } from './judge-points.ts';
import type { Matched } from './judged.ts';
import type { LabelledPhoto, ModelFindings } from './labelled-photo.ts';

/** How detections are held against the truth. */
export interface JudgingRule {
  /** 'boxes': by overlap. 'points': a point inside the box. */
  readonly truth: 'boxes' | 'points';
  /** For AP: only so many detections of a photo and label count. */
  readonly maxDetections: number;
}

/** One label of one model, judged. */
export interface JudgedLabel {
  /** At IoU 0.5, or by points. */
  readonly matched: Matched;
  /** Absent for points. */
  readonly coco: CocoJudged | undefined;
  /** AP at IoU 0.5; for points AP by the point rule. */
  readonly ap50: FigureOf;
  /** Mean AP of IoU 0.5 to 0.95; absent for points. */
  readonly ap: FigureOf | undefined;
}

/** The overlap from which a detection is right wherever one threshold is meant. */
const rightFrom = 0.5;

/** Judges what a model found of one label. */
export function judgeLabel(
  photos: readonly LabelledPhoto[],
  model: ModelFindings,
  label: string,
  rule: JudgingRule,
): JudgedLabel {
  const found = photos.map((_, photo) => (model.found[photo] ?? []).filter((detection) => detection.label === label));
  const matched = matchFound({ photos, found, label, truth: rule.truth });
  if (rule.truth === 'points') return { matched, coco: undefined, ap50: precisionOf(matched), ap: undefined };
  const coco = judgeForCoco(boxCases({ photos, found, label }), rule.maxDetections);
  const atIous = (coco[0] ?? []).map(precisionOf);
  const [first] = atIous;
  if (!first) throw new Error('judgeForCoco gave no judgement');
  return { matched, coco, ap50: first, ap: meanFigure(atIous) };
}

/** Detections of one label, by photo. */
export interface LabelFindings {
  readonly photos: readonly LabelledPhoto[];
  readonly found: readonly (readonly Detection[])[];
  readonly label: string;
}

/** Which detections are right wherever one rule is meant: an overlap of 0.5 and more, or a point inside the box. */
export function matchFound(findings: LabelFindings & Pick<JudgingRule, 'truth'>): Matched {
  if (findings.truth === 'boxes') return matchLabel(boxCases(findings), rightFrom);
  const { photos, found, label } = findings;
  return matchPoints(
    photos.map(({ points }, photo) => ({
      found: found[photo] ?? [],
      truths: points.filter((point) => point.label === label),
    })),
  );
}

function boxCases({ photos, found, label }: LabelFindings): readonly BoxCase[] {
  return photos.map(({ boxes }, photo) => ({
    found: found[photo] ?? [],
    truths: boxes.filter((box) => box.label === label),
  }));
}

/** The mean of figures, each resample of its own; those that cannot be said are left out. */
function meanFigure(figures: readonly FigureOf[]): FigureOf {
  return (weights) => {
    let [sum, count] = [0, 0];
    for (const figure of figures) {
      const value = figure(weights);
      if (value === undefined) continue;
      sum += value;
      count++;
    }
    return count > 0 ? sum / count : undefined;
  };
}
