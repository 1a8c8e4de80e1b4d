import path from 'node:path';
import type { Detection } from '../../src/detect/detection.ts';
import type { Box } from '../../src/geo/frames.ts';
import { decodePicture } from '../../src/picture/codec.ts';
import type { Image } from '../../src/picture/image.ts';
import { bench, summarize } from './measure.ts';
import { paintCanvases } from './tents/canvases.ts';
import { type CropFile, type CropNote, createCropFile } from './tents/crop-file.ts';
import { judgeBox } from './tents/judge.ts';
import { openProposals, scales, shrinkBox } from './tents/proposals.ts';
import { hasTentPhotos, readNegatives, readTentPhotos } from './tents/truth.ts';

/**
 * Writes what a check is shown on real photos, as crops for Python: every proposal on canvases with shrunk tents and on photos
 * without, and each shrunk tent by its own true box. They judge a classifier while it is trained; they never train it.
 */

const folder = process.env.RIVAGE_TENT_CROPS;
const widthsPx = [16, 24, 32, 48, 64, 96];
/** From this confidence of the network on, so many a photo, the most confident first, and no smaller, px. */
const [from, most, leastPx] = [0.06, 200, 6];

interface Looked {
  readonly image: Image;
  readonly found: readonly Detection[];
  readonly tents: readonly Box[];
  readonly ignored: readonly Box[];
}

async function addProposals(crops: CropFile, { image, found, tents, ignored }: Looked, note: CropNote) {
  for (const [proposal, one] of found.slice(0, most).entries()) {
    const confidence = Math.round(one.confidence * 1e4) / 1e4;
    for (const scale of scales) {
      const box = shrinkBox(one.box, scale);
      if (Math.max(box.w, box.h) < leastPx) continue;
      const { kind, ...tent } = judgeBox(box, tents, ignored);
      await crops.add(image, box, { ...note, class: kind, ...tent, proposal, scale, confidence });
    }
  }
}

bench('tents-crops', async function* () {
  if (!hasTentPhotos || folder === undefined) {
    const absent = hasTentPhotos ? 'RIVAGE_TENT_CROPS, a folder to write to' : '../shared/data/photos';
    yield { what: 'crops of tents', absent };
    return;
  }
  const detector = await openProposals();
  const crops = await createCropFile(path.resolve(folder));
  const photos = readTentPhotos();
  let canvas = 0;
  for await (const { image, tents, tentWidthPx, ignored } of paintCanvases(photos, widthsPx, 2)) {
    const note = { on: 'canvas', photo: canvas, tentWidthPx };
    for (const [tent, { box, photo, light, alone }] of tents.entries()) {
      await crops.add(image, box, { ...note, class: 'tent', tent, byTruth: true, tentPhoto: photo, light, alone });
    }
    const found = await detector.detect(image, { minConfidence: from });
    await addProposals(crops, { image, found, tents: tents.map(({ box }) => box), ignored }, note);
    canvas++;
  }
  for (const { path: file, set, scene, light, ignored } of readNegatives()) {
    const image = await decodePicture(file);
    const found = await detector.detect(image, { minConfidence: from });
    const note = { on: 'negative', photo: path.basename(file), set, scene, light };
    await addProposals(crops, { image, found, tents: [], ignored }, note);
  }
  await detector.close();
  yield summarize('crops written', '1', [await crops.close()]);
});
