import { meanOf, precisionOf, recallWithin } from './average-precision.ts';
import { type BoxCase, cocoIous, judgeBoxes } from './judge-boxes.ts';
import type { Judged } from './judged.ts';
import { cocoBands, heightBands } from './size-bands.ts';

/** The twelve numbers of the COCO benchmark, 0–1; undefined: no object of that size, where pycocotools writes -1. */
export interface CocoFigures {
  readonly ap: number | undefined;
  readonly ap50: number | undefined;
  readonly ap75: number | undefined;
  readonly apSmall: number | undefined;
  readonly apMedium: number | undefined;
  readonly apLarge: number | undefined;
  readonly ar1: number | undefined;
  readonly ar10: number | undefined;
  readonly arMax: number | undefined;
  readonly arSmall: number | undefined;
  readonly arMedium: number | undefined;
  readonly arLarge: number | undefined;
}

/** AP of the objects of one height, px. */
export interface HeightFigures {
  readonly heightPx: string;
  readonly ap: number | undefined;
  readonly ap50: number | undefined;
}

/** One label judged at every threshold of COCO, `[band][iou]`: the bands of COCO, then those of pixel height. */
export type CocoJudged = readonly (readonly Judged[])[];

/** Judges one label for `cocoFigures`. */
export function judgeForCoco(cases: readonly BoxCase[], maxDetections: number): CocoJudged {
  return judgeBoxes(cases, { ious: cocoIous, bands: [...cocoBands, ...heightBands], maxDetections });
}

/** The figures of some labels together: each label weighs the same, as in COCO. */
export function cocoFigures(labels: readonly CocoJudged[], maxDetections: number): CocoFigures {
  const ap = (band: number, ...ious: readonly number[]) =>
    meanOf(labels.flatMap((label) => pick(label, band, ious).map((judged) => precisionOf(judged)())));
  const ar = (band: number, most: number) =>
    meanOf(labels.flatMap((label) => pick(label, band, []).map((judged) => recallWithin(judged, most))));
  return {
    ap: ap(0),
    ap50: ap(0, 0),
    ap75: ap(0, 5),
    apSmall: ap(1),
    apMedium: ap(2),
    apLarge: ap(3),
    ar1: ar(0, 1),
    ar10: ar(0, 10),
    arMax: ar(0, maxDetections),
    arSmall: ar(1, maxDetections),
    arMedium: ar(2, maxDetections),
    arLarge: ar(3, maxDetections),
  };
}

/** AP by pixel height, each label weighing the same. */
export function figuresByHeight(labels: readonly CocoJudged[]): readonly HeightFigures[] {
  return heightBands.map(({ name }, index) => {
    const band = cocoBands.length + index;
    const ap = (ious: readonly number[]) =>
      meanOf(labels.flatMap((label) => pick(label, band, ious).map((judged) => precisionOf(judged)())));
    return { heightPx: name, ap: ap([]), ap50: ap([0]) };
  });
}

/** Without `ious`: all of them. */
function pick(label: CocoJudged, band: number, ious: readonly number[]): readonly Judged[] {
  const all = label[band] ?? [];
  return ious.length === 0 ? all : ious.flatMap((at) => all[at] ?? []);
}
