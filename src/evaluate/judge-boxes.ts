import type { Detection } from '../detect/detection.ts';
import { iouOf, sharedArea } from '../geo/box-overlap.ts';
import type { Box } from '../geo/frames.ts';
import { type Judged, type Matched, rankByConfidence } from './judged.ts';
import type { TruthBox } from './labelled-photo.ts';
import { allSizes, type SizeBand } from './size-bands.ts';

/** What one label has on one photo. */
export interface BoxCase {
  readonly found: readonly Detection[];
  readonly truths: readonly TruthBox[];
}

export interface BoxJudging {
  readonly ious: readonly number[];
  readonly bands: readonly SizeBand[];
  /** Only so many detections of a photo count, the most confident ones. */
  readonly maxDetections: number;
}

/** The thresholds of COCO: 0.5 to 0.95. Source: numpy.linspace(.5, .95, 10), to the last bit. */
export const cocoIous: readonly number[] = Array.from({ length: 10 }, (_, at) =>
  at === 9 ? 0.95 : at * ((0.95 - 0.5) / 9) + 0.5,
);

/** An object that a detection overlaps enough at the loosest threshold. */
interface Candidate {
  readonly truth: number;
  readonly iou: number;
}

interface Ranked {
  readonly detection: Detection;
  readonly candidates: readonly Candidate[];
}

/**
 * Judges the boxes of one label as the COCO benchmark does: for each IoU and each band of sizes. The result is
 * `[band][iou]`, in the order of `judging`. Source: pycocotools 2.0, COCOeval.evaluateImg.
 */
export function judgeBoxes(cases: readonly BoxCase[], judging: BoxJudging): readonly (readonly Judged[])[] {
  const { layout, ranked } = layCases(cases, judging);
  return judging.bands.map((band) => {
    const ignored = cases.map(({ truths }) => truths.map((truth) => isIgnored(truth, band)));
    const asked = Int32Array.from(ignored, (flags) => flags.filter((flag) => !flag).length);
    const inBand = ranked.map((list) => list.map(({ detection: { box } }) => band.holds(box, box.w * box.h)));
    return judging.ious.map((minIou) => {
      const verdicts = new Int8Array(layout.order.length);
      let at = 0;
      ranked.forEach((list, photo) => {
        if (list.length === 0) return;
        const flags = ignored[photo] ?? [];
        const takes = flags.length > 0 ? takeTruths(list, cases[photo]?.truths ?? [], flags, minIou) : [];
        for (let index = 0; index < list.length; index++)
          verdicts[at++] = verdictOf(takes[index] ?? -1, flags, inBand[photo]?.[index] ?? true);
      });
      const verdict = Int8Array.from(layout.order, (from) => verdicts[from] as number);
      return { confidence: layout.confidence, photo: layout.photo, rank: layout.rank, verdict, asked };
    });
  });
}

/** Judges the boxes of one label at one IoU, of all sizes and however many, and says which object each one took. */
export function matchLabel(cases: readonly BoxCase[], minIou: number): Matched {
  const judging = { ious: [minIou], bands: [allSizes], maxDetections: Number.POSITIVE_INFINITY };
  const { layout, ranked } = layCases(cases, judging);
  const truths = cases.flatMap((one, photo) => one.truths.map((truth) => ({ truth, photo })));
  const counted = truths.filter(({ truth }) => !truth.crowd);
  const indexOf = new Map(counted.map(({ truth }, index) => [truth, index]));
  const [verdicts, taken]: [number[], number[]] = [[], []];
  cases.forEach((one, photo) => {
    const ignored = one.truths.map(({ crowd }) => crowd);
    for (const take of takeTruths(ranked[photo] ?? [], one.truths, ignored, minIou)) {
      verdicts.push(verdictOf(take, ignored, true));
      const truth = one.truths[take];
      taken.push((truth && indexOf.get(truth)) ?? -1);
    }
  });
  const heights = ranked.flatMap((list) => list.map(({ detection }) => detection.box.h));
  return {
    confidence: layout.confidence,
    photo: layout.photo,
    rank: layout.rank,
    verdict: Int8Array.from(layout.order, (from) => verdicts[from] ?? 0),
    truth: Int32Array.from(layout.order, (from) => taken[from] ?? -1),
    heightPx: Float64Array.from(layout.order, (from) => heights[from] ?? Number.NaN),
    asked: Int32Array.from(cases, (one) => one.truths.filter(({ crowd }) => !crowd).length),
    truthPhoto: Int32Array.from(counted, ({ photo }) => photo),
    truthHeightPx: Float64Array.from(counted, ({ truth }) => truth.box.h),
    uncounted: Uint8Array.from(cases, (one) => Number(one.truths.some(({ crowd }) => crowd))),
  };
}

/** Ranks the detections of each photo, finds what each one overlaps, and lays all of them in one order. */
function layCases(cases: readonly BoxCase[], { ious, maxDetections }: BoxJudging) {
  const loosest = Math.min(...ious);
  const ranked = cases.map(({ found, truths }): readonly Ranked[] => {
    const order = rankByConfidence(found.map(({ confidence }) => confidence));
    return [...order.subarray(0, Math.min(order.length, maxDetections))].flatMap((from) => {
      const detection = found[from];
      return detection ? [{ detection, candidates: candidatesOf(detection.box, truths, loosest) }] : [];
    });
  });
  const flat = ranked.flatMap((list, photo) =>
    list.map(({ detection: { confidence } }, rank) => ({ photo, rank, confidence })),
  );
  const order = rankByConfidence(flat.map(({ confidence }) => confidence));
  const layout = {
    order,
    confidence: Float64Array.from(order, (from) => flat[from]?.confidence ?? 0),
    photo: Int32Array.from(order, (from) => flat[from]?.photo ?? 0),
    rank: Int32Array.from(order, (from) => flat[from]?.rank ?? 0),
  };
  return { layout, ranked };
}

function candidatesOf(box: Box, truths: readonly TruthBox[], loosest: number): readonly Candidate[] {
  const candidates: Candidate[] = [];
  truths.forEach((truth, index) => {
    const iou = truth.crowd ? shareInside(box, truth.box) : iouOf(box, truth.box);
    if (iou >= loosest) candidates.push({ truth: index, iou });
  });
  return candidates;
}

/** Share of a detection that lies on a crowd, 0–1: how COCO measures overlap with crowds. */
function shareInside(box: Box, crowd: Box): number {
  const shared = sharedArea(box, crowd);
  return shared === 0 ? 0 : shared / (box.w * box.h);
}

function isIgnored({ crowd, box, areaPx2 }: TruthBox, band: SizeBand): boolean {
  return crowd || !band.holds(box, areaPx2);
}

/** The object that each detection takes, or -1. A counted object goes before an ignored one; a crowd is taken by many. */
function takeTruths(
  ranked: readonly Ranked[],
  truths: readonly TruthBox[],
  ignored: readonly boolean[],
  minIou: number,
): readonly number[] {
  const taken: boolean[] = [];
  const best = (candidates: readonly Candidate[], ofIgnored: boolean) => {
    let [index, atLeast] = [-1, minIou];
    for (const { truth, iou } of candidates) {
      if (ignored[truth] !== ofIgnored || (taken[truth] && !truths[truth]?.crowd)) continue;
      // Of equal overlaps the later object: as pycocotools does.
      if (iou >= atLeast) [index, atLeast] = [truth, iou];
    }
    return index;
  };
  return ranked.map(({ candidates }) => {
    if (candidates.length === 0) return -1;
    const counted = best(candidates, false);
    const take = counted >= 0 ? counted : best(candidates, true);
    if (take >= 0) taken[take] = true;
    return take;
  });
}

function verdictOf(take: number, ignored: readonly boolean[], inBand: boolean): number {
  if (take >= 0) return ignored[take] ? -1 : 1;
  return inBand ? 0 : -1;
}
