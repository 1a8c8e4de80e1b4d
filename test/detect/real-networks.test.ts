import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Detection } from '../../src/detect/detection.ts';
import type { Detector } from '../../src/detect/detector.ts';
import { createOnnxDetector } from '../../src/detect/onnx.ts';
import { getModel } from '../../src/detect/registry.ts';
import type { Box } from '../../src/geo/frames.ts';
import { decodePicture } from '../../src/picture/codec.ts';
import { writeModel } from '../support/constant-network.ts';
import { realModel, realNetworks } from '../support/real-networks.ts';
import { describeWithReferenceData, referencePath } from '../support/reference-data.ts';

const photos = referencePath('data/photos/coco_misc/');
const largePx = 96;

interface Match {
  readonly overlap: number;
  /** From the labelled middle to the found one, as shares of the labelled sides. */
  readonly shiftU: number;
  readonly shiftV: number;
}

/** For each labelled person of at least 96 px, the box that fits it best among a network's persons. */
async function matchesOf(detector: Detector): Promise<readonly (Match | undefined)[]> {
  const matches: (Match | undefined)[] = [];
  for (const name of (await readdir(`${photos}labels`)).sort()) {
    const image = await decodePicture(`${photos}val2017_${name.replace('.txt', '.jpg')}`);
    const { widthPx, heightPx } = image.sizePx;
    const whole = { x: 0, y: 0, w: widthPx, h: heightPx };
    const found = await detector.detect(image, { minConfidence: 0.15, slices: [whole] });
    const persons = found.filter(({ label }) => label === 'person');
    for (const line of (await readFile(`${photos}labels/${name}`, 'utf8')).trim().split('\n')) {
      const [, u = 0, v = 0, w = 0, h = 0] = line.split(' ').map(Number);
      const box = { x: (u - w / 2) * widthPx, y: (v - h / 2) * heightPx, w: w * widthPx, h: h * heightPx };
      if (box.h >= largePx) matches.push(bestMatch(box, persons));
    }
  }
  return matches;
}

function bestMatch(label: Box, persons: readonly Detection[]): Match | undefined {
  const matches = persons.map(({ box }) => ({
    overlap: iou(label, box),
    shiftU: (box.x + box.w / 2 - label.x - label.w / 2) / label.w,
    shiftV: (box.y + box.h / 2 - label.y - label.h / 2) / label.h,
  }));
  return matches.filter(({ overlap }) => overlap >= 0.5).sort((a, b) => b.overlap - a.overlap)[0];
}

function iou(a: Box, b: Box): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  const shared = Math.max(0, w) * Math.max(0, h);
  return shared / (a.w * a.h + b.w * b.h - shared);
}

describeWithReferenceData('persons on COCO photos', 'data/photos/coco_misc', () => {
  it.each(['default', ...Object.keys(realNetworks)])('lie where %s says', { timeout: 120_000 }, async (id) => {
    const network = realNetworks[id];
    const detector = await createOnnxDetector(network ? await realModel(id, network) : await getModel(undefined), 1);
    const matches = await matchesOf(detector);
    await detector.close();
    const matched = matches.filter((match) => match !== undefined);
    const mean = (key: keyof Match): number => matched.reduce((sum, match) => sum + match[key], 0) / matched.length;
    const recall = matched.length / matches.length;
    const [overlap, shiftU, shiftV] = [mean('overlap'), mean('shiftU'), mean('shiftV')];
    const figures = [recall, overlap, shiftU, shiftV].map((figure) => figure.toFixed(4));
    console.info(`${id}: ${matches.length} persons; recall, mean overlap, shift across and down ${figures.join(', ')}`);
    expect(recall).toBeGreaterThanOrEqual(network ? 0.85 : 0.75);
    expect(overlap).toBeGreaterThanOrEqual(0.75);
    expect(Math.abs(shiftU)).toBeLessThan(0.03);
    expect(Math.abs(shiftV)).toBeLessThan(0.03);
  });
});

describeWithReferenceData('a DETR-style network', 'data/weights', () => {
  it('says the same by its logits as by the list that its export makes of them', async () => {
    const { deim } = realNetworks;
    if (!deim) throw new Error('no DEIM');
    const listing = await realModel('deim', deim);
    const folder = await mkdtemp(path.join(tmpdir(), 'rivage-detr-'));
    const logits = '/model/decoder/Gather_7_output_0';
    const boxes = '/model/decoder/Gather_8_output_0';
    const bytes = withOutputs(await readFile(path.join(listing.folder, deim.file)), [logits, boxes]);
    const { manifest } = listing;
    const raw = await writeModel(
      folder,
      bytes,
      { kind: 'detr', logits, boxes },
      {
        ...{
          input: manifest.input,
          classes: manifest.classes,
          labels: manifest.labels,
          thresholds: manifest.thresholds,
        },
        merge: manifest.merge,
      },
    );
    const [byList, byLogits] = [await createOnnxDetector(listing, 1), await createOnnxDetector(raw, 1)];
    for (const name of ['val2017_000000000139.jpg', 'val2017_000000000785.jpg', 'val2017_000000001268.jpg']) {
      const image = await decodePicture(photos + name);
      const { widthPx: w, heightPx: h } = image.sizePx;
      const look = { minConfidence: 0.3, slices: [{ x: 0, y: 0, w, h }] };
      const [listed, own] = [await byList.detect(image, look), await byLogits.detect(image, look)];
      expect(own.length).toBeGreaterThan(0);
      expect(own.length).toBeLessThanOrEqual(listed.length);
      for (const { label, confidence, box } of own) {
        const twin = listed.find((other) => other.label === label && iou(other.box, box) > 0.9999);
        expect(twin?.confidence).toBeCloseTo(confidence, 5);
      }
    }
    await Promise.all([byList.close(), byLogits.close(), rm(folder, { recursive: true })]);
  });
});

/**
 * An ONNX file that also gives values from inside its graph: a message that is appended to another one is merged
 * with it, says protocol buffers, so a graph (field 7) of outputs (12) alone adds them.
 */
function withOutputs(file: Uint8Array, names: readonly string[]): Uint8Array {
  const field = (id: number, ...parts: readonly Uint8Array[]): Uint8Array => {
    const content = Buffer.concat(parts);
    return Buffer.concat([Uint8Array.of((id << 3) | 2, content.length), content]);
  };
  const float32 = field(2, field(1, Uint8Array.of(8, 1)));
  const outputs = names.map((name) => field(12, field(1, Buffer.from(name)), float32));
  return Buffer.concat([file, ...outputs.map((output) => field(7, output))]);
}
