import type { Detector } from '../../../src/detect/detector.ts';
import { sharedArea } from '../../../src/geo/box-overlap.ts';
import type { Box } from '../../../src/geo/frames.ts';
import { decodePicture } from '../../../src/picture/codec.ts';
import { paintCanvases } from './canvases.ts';
import { toEmptyPlaces, withRoom } from './empty-places.ts';
import type { SeenNegative, SeenTent } from './figures.ts';
import { judgeBox } from './judge.ts';
import { colours, type Sight, toSight } from './sheet.ts';
import { readNegatives, readTentPhotos } from './truth.ts';

/** Tents of less confidence are not asked for. */
const from = 0.05;
/** So many sights are kept of a width, and of false tents. */
const [mostOfWidth, mostFalse] = [36, 144];

/** Each tent lies at so many places. */
const places = 2;

/** Shows a detector shrunk tents; a sight is found or missed at `threshold`. */
export async function lookAtTents(detector: Detector, widthsPx: readonly number[], threshold: number) {
  const seen: SeenTent[] = [];
  const sights: Sight[] = [];
  const photos = readTentPhotos();
  for await (const { image, tents, tentWidthPx } of paintCanvases(photos, widthsPx, places)) {
    const boxes = tents.map(({ box }) => box);
    const surest = boxes.map(() => 0);
    for (const { label, confidence, box } of await detector.detect(image, { minConfidence: from })) {
      const verdict = judgeBox(box, boxes, []);
      if (label !== 'tent' || verdict.kind !== 'tent') continue;
      surest[verdict.tent] = Math.max(surest[verdict.tent] ?? 0, confidence);
    }
    for (const [at, { box, photo, light, alone }] of tents.entries()) {
      const confidence = surest[at] ?? 0;
      seen.push({ scene: photos[photo]?.scene ?? '', light, widthPx: tentWidthPx, alone, confidence });
      if (seen.filter(({ widthPx }) => widthPx === tentWidthPx).length > mostOfWidth) continue;
      sights.push(await toSight(image, box, confidence >= threshold ? colours.found : colours.missed));
    }
  }
  return { seen, sights };
}

/** Shows a detector photos without tents; a sight is a false tent. */
export async function lookAtNegatives(detector: Detector, threshold: number) {
  const seen: SeenNegative[] = [];
  const sights: Sight[] = [];
  for (const { path, set, scene, light, ignored } of readNegatives()) {
    const image = await decodePicture(path);
    const all = await detector.detect(image, { minConfidence: from });
    const wrong = all.filter(({ label, box }) => label === 'tent' && judgeBox(box, [], ignored).kind === 'not');
    seen.push({ scene, set, light, confidences: wrong.map(({ confidence }) => confidence) });
    for (const { box } of wrong.filter(({ confidence }) => confidence >= threshold)) {
      if (sights.length < mostFalse) sights.push(await toSight(image, box, colours.wrong));
    }
  }
  return { seen, sights };
}

/** Shows a detector pieces of the same photos without a tent, shrunk and pasted alike; a sight is a tent found there. */
export async function lookAtEmptyPlaces(detector: Detector, widthsPx: readonly number[], threshold: number) {
  const seen: SeenTent[] = [];
  const sights: Sight[] = [];
  const photos = toEmptyPlaces(readTentPhotos());
  for await (const { image, tents, tentWidthPx } of paintCanvases(photos, widthsPx, 1)) {
    const found = await detector.detect(image, { minConfidence: from });
    for (const { box, photo, light, alone } of tents) {
      const inside = found.filter((one) => one.label === 'tent' && isMostlyIn(one.box, withRoom(box)));
      const confidence = Math.max(0, ...inside.map((one) => one.confidence));
      seen.push({ scene: photos[photo]?.scene ?? '', light, widthPx: tentWidthPx, alone, confidence });
      if (confidence >= threshold) sights.push(await toSight(image, box, colours.wrong));
    }
  }
  return { seen, sights };
}

function isMostlyIn(box: Box, place: Box): boolean {
  return sharedArea(box, place) >= 0.5 * box.w * box.h;
}
