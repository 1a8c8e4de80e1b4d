import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createOnnxDetector } from '../../src/detect/onnx.ts';
import { getModel } from '../../src/detect/registry.ts';
import type { Estimate } from '../../src/evaluate/bootstrap.ts';
import { type BenchDocument, bench } from './measure.ts';
import {
  byScene,
  falseRate,
  leaveScenesOut,
  meanOfScenes,
  recall,
  type SeenNegative,
  type SeenTent,
  strictThreshold,
} from './tents/figures.ts';
import { lookAtEmptyPlaces, lookAtNegatives, lookAtTents } from './tents/look.ts';
import { drawSheet } from './tents/sheet.ts';
import { hasTentPhotos } from './tents/truth.ts';

/**
 * How well tents are found: real ones, shrunk and laid on photos of mountain cameras, and false ones on photos without.
 * Min and max of a figure are its interval of 95 % where scenes are drawn again; n is how many tents or photos it is of.
 */

type Row = BenchDocument['results'][number];

/** What there is to look at: finds (green) and misses (red) in tents.png, what is no tent (yellow) in false-tents.png. */
const sheets = path.join(tmpdir(), 'rivage-bench-tents');
const widthsPx = [16, 24, 32, 48, 64, 96];
const thresholds = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9];

function toRow(what: string, n: number, estimate: Estimate | undefined): Row {
  if (!estimate) return { what, absent: 'no photos of this kind' };
  const { value, low = value, high = value } = estimate;
  const round = (figure: number): number => Number(figure.toFixed(3));
  return { what, unit: '1', median: round(value), min: round(low), max: round(high), n };
}

function* recallRows(how: string, tents: readonly SeenTent[], threshold: number): Generator<Row> {
  for (const widthPx of widthsPx) {
    const of = (seen: readonly SeenTent[]) => recall(seen, threshold);
    const all = tents.filter((tent) => tent.widthPx === widthPx);
    const alone = all.filter((tent) => tent.alone);
    yield toRow(`recall of tents ${widthPx} px wide, ${how}`, all.length, byScene(all, of));
    yield toRow(`recall of tents ${widthPx} px wide, each camp alike, ${how}`, all.length, meanOfScenes(all, of));
    yield toRow(`recall of tents ${widthPx} px wide that stand alone, ${how}`, alone.length, byScene(alone, of));
  }
  for (const light of new Set(tents.map((tent) => tent.light))) {
    const own = tents.filter((tent) => tent.light === light && tent.widthPx >= 32);
    const what = `recall of tents of 32 px and more, ${light}, ${how}`;
    yield toRow(
      what,
      own.length,
      byScene(own, (seen) => recall(seen, threshold)),
    );
  }
}

/** As a lake camera may see it, and never shown in training, as the CC0 landscapes are. */
const isOutdoors = ({ set }: SeenNegative): boolean => set === 'alpine' || set === 'shore';

function* falseRows(how: string, photos: readonly SeenNegative[], threshold: number): Generator<Row> {
  for (const set of ['outdoors', ...new Set(photos.map((photo) => photo.set))]) {
    const own = photos.filter((photo) => photo.set === set || (set === 'outdoors' && isOutdoors(photo)));
    const what = `${set}, ${how}`;
    yield toRow(
      `false tents a photo, ${what}`,
      own.length,
      byScene(own, (seen) => falseRate(seen, threshold)),
    );
    const any = own.filter(({ confidences }) => confidences.some((one) => one >= threshold)).length;
    yield { what: `photos with a false tent, ${what}`, unit: '1', median: any, min: any, max: any, n: own.length };
  }
}

bench('tents', async function* () {
  if (!hasTentPhotos) {
    yield { what: 'tents', absent: '../shared/data/photos' };
    return;
  }
  const model = await getModel(undefined);
  const shown = model.manifest.thresholds.tent ?? 0.5;
  const detector = await createOnnxDetector(model, 0);
  const tents = await lookAtTents(detector, widthsPx, shown);
  const empty = await lookAtEmptyPlaces(detector, [32, 64], shown);
  const negatives = await lookAtNegatives(detector, shown);
  await detector.close();
  await mkdir(sheets, { recursive: true });
  await writeFile(path.join(sheets, 'tents.png'), await drawSheet(tents.sights));
  await writeFile(path.join(sheets, 'false-tents.png'), await drawSheet([...empty.sights, ...negatives.sights]));

  const outdoors = negatives.seen.filter(isOutdoors);
  const strict = strictThreshold(outdoors);
  for (const [how, threshold] of [
    [`as shown by default (${shown})`, shown],
    [`at one false tent in 20 photos outdoors, chosen on them (${strict})`, strict],
  ] as const) {
    yield* recallRows(how, tents.seen, threshold);
    yield* falseRows(how, negatives.seen, threshold);
    const share = byScene(empty.seen, (seen) => recall(seen, threshold));
    yield toRow(`share of pasted pieces without a tent that show one, ${how}`, empty.seen.length, share);
  }
  const leftOut = leaveScenesOut(tents.seen, outdoors);
  const how = `threshold of the other scenes (${leftOut.thresholds.join(', ')})`;
  yield* recallRows(
    how,
    leftOut.tents.map((tent) => ({ ...tent, confidence: tent.found ? 1 : 0 })),
    0.5,
  );
  yield* falseRows(how, leftOut.negatives, 0);
  for (const threshold of thresholds) {
    const from32 = tents.seen.filter(({ widthPx }) => widthPx >= 32);
    const to32 = tents.seen.filter(({ widthPx }) => widthPx <= 32);
    const what = `at ${threshold}`;
    yield toRow(
      `recall from 32 px on, ${what}`,
      from32.length,
      byScene(from32, (seen) => recall(seen, threshold)),
    );
    yield toRow(
      `recall from 16 to 32 px, ${what}`,
      to32.length,
      byScene(to32, (seen) => recall(seen, threshold)),
    );
    yield toRow(
      `false tents a photo outdoors, ${what}`,
      outdoors.length,
      byScene(outdoors, (seen) => falseRate(seen, threshold)),
    );
  }
});
