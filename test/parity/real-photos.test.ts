import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Detection } from '../../src/detect/detection.ts';
import type { Detector } from '../../src/detect/detector.ts';
import { createOnnxDetector } from '../../src/detect/onnx.ts';
import { getModel } from '../../src/detect/registry.ts';
import { matchPoints, type PointCase } from '../../src/evaluate/judge-points.ts';
import type { Judged } from '../../src/evaluate/judged.ts';
import { sumTallies, tallyPhotos, thresholdsWithoutEach, toRates } from '../../src/evaluate/operating-point.ts';
import { decodePicture } from '../../src/picture/codec.ts';
import { readHeads } from '../support/beach-heads.ts';
import { describeWithReferenceData, referencePath } from '../support/reference-data.ts';

const photos = referencePath('data/photos/');

let detector: Detector;

async function personsOn(file: string): Promise<readonly Detection[]> {
  const found = await detector.detect(await decodePicture(file), { minConfidence: 0.05 });
  return found.filter((detection) => detection.label === 'person');
}

/** The ten frames with people, by the head-point rule. */
async function judgeBeach(): Promise<Judged> {
  const frames: PointCase[] = [];
  for (const hour of ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) {
    const found = await personsOn(`${photos}beach_fixed_camera/images/${hour}.jpg`);
    frames.push({ found, truths: await readHeads(`${photos}beach_fixed_camera/labels/labels_${hour}.csv`) });
  }
  return matchPoints(frames);
}

function f1At(judged: Judged, threshold: number): number {
  return toRates(sumTallies(tallyPhotos(judged, () => threshold))).f1 ?? 0;
}

/** Each frame at the threshold of the best F1 on the nine others. */
function f1LeftOut(judged: Judged): number {
  const thresholds = thresholdsWithoutEach(judged);
  return toRates(sumTallies(tallyPhotos(judged, (photo) => thresholds[photo] ?? 1))).f1 ?? 0;
}

describeWithReferenceData('the default model on real photos', 'data/photos', () => {
  beforeAll(async () => {
    detector = await createOnnxDetector(await getModel(undefined), 2);
  });
  afterAll(() => detector.close());

  it('finds the bathers of a crowded beach', { timeout: 240_000 }, async () => {
    const judged = await judgeBeach();
    const leftOut = f1LeftOut(judged);
    const shown = f1At(judged, detector.manifest.thresholds.person ?? 1);
    console.info(`beach: F1 left-out ${leftOut.toFixed(3)}, shown by default ${shown.toFixed(3)}`);
    expect(leftOut).toBeGreaterThan(0.6);
    expect(shown).toBeGreaterThan(0.6);
  });

  it('leaves the beach empty in the morning, but for one far figure and two gaps between moored boats', async () => {
    const found = await personsOn(`${photos}beach_fixed_camera/images/0_empty.jpg`);
    const least = detector.manifest.thresholds.person ?? 0;
    expect(found.filter((person) => person.confidence >= least).length).toBeLessThanOrEqual(3);
  });

  it('sees nobody on mountains without people', { timeout: 240_000 }, async () => {
    const folder = `${photos}alpine_fixed/`;
    const webcam = (await readdir(folder)).filter((file) => file.startsWith('cypress'));
    const files = ['LC2_Bolternosa_RGB_2018-05-12_12.25_stabilized.jpg', ...webcam];
    const confidences: number[] = [];
    for (const file of files) confidences.push(...(await personsOn(folder + file)).map((person) => person.confidence));
    const from = (least: number): number => confidences.filter((confidence) => confidence >= least).length;
    const least = detector.manifest.thresholds.person ?? 0;
    console.info(`${files.length} alpine photos: ${from(0.15)} false persons at 0.15, ${from(least)} by default`);
    expect(files.length).toBe(11);
    expect(from(0.15)).toBeLessThanOrEqual(15);
    expect(from(least)).toBeLessThanOrEqual(1);
  });
});
