import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Detection } from '../../src/detect/detection.ts';
import type { Detector } from '../../src/detect/detector.ts';
import { createOnnxDetector } from '../../src/detect/onnx.ts';
import { getModel } from '../../src/detect/registry.ts';
import { decodePicture } from '../../src/picture/codec.ts';
import { describeWithReferenceData, referencePath } from '../support/reference-data.ts';

const photos = referencePath('data/photos/');

interface Head {
  readonly u: number;
  readonly v: number;
}
interface Frame {
  readonly heads: readonly Head[];
  readonly found: readonly Detection[];
}
interface Score {
  readonly confidence: number;
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
}

let detector: Detector;

async function personsOn(file: string): Promise<readonly Detection[]> {
  const found = await detector.detect(await decodePicture(file), { minConfidence: 0.05 });
  return found.filter((detection) => detection.label === 'person');
}

describeWithReferenceData('the default model on real photos', 'data/photos', () => {
  beforeAll(async () => {
    detector = await createOnnxDetector(await getModel(undefined), 2);
  });
  afterAll(() => detector.close());

  it('finds the bathers of a crowded beach', { timeout: 240_000 }, async () => {
    const frames: Frame[] = [];
    for (const hour of ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) {
      const rows: Record<string, string>[] = parse(
        await readFile(`${photos}beach_fixed_camera/labels/labels_${hour}.csv`, 'utf8'),
        { columns: true, trim: true },
      );
      const heads = rows.map((row): Head => ({ u: Number(row.X), v: Number(row.Y) }));
      frames.push({ heads, found: await personsOn(`${photos}beach_fixed_camera/images/${hour}.jpg`) });
    }
    const scores = Array.from({ length: 30 }, (_, step) => scoreOf(frames, 0.06 + step / 100));
    const best = scores.reduce((a, b) => (b.f1 > a.f1 ? b : a));
    const atCrowds = scoreOf(frames, 0.15);
    const shown = scoreOf(frames, detector.manifest.thresholds.person ?? 1);
    console.info(
      `beach, head-point rule: best ${describeScore(best)}; at 0.15 ${describeScore(atCrowds)}; shown by default ${describeScore(shown)}`,
    );
    expect(best.f1).toBeGreaterThan(0.57);
    expect(atCrowds.f1).toBeGreaterThan(0.54);
  });

  it('leaves the beach empty in the morning, but for one far figure that may be a person', async () => {
    const found = await personsOn(`${photos}beach_fixed_camera/images/0_empty.jpg`);
    expect(found.filter((person) => person.confidence >= 0.3).length).toBeLessThanOrEqual(1);
  });

  it('sees nobody on mountains without people', { timeout: 240_000 }, async () => {
    const folder = `${photos}alpine_fixed/`;
    const webcam = (await readdir(folder)).filter((file) => file.startsWith('cypress'));
    const files = ['LC2_Bolternosa_RGB_2018-05-12_12.25_stabilized.jpg', ...webcam];
    const confidences: number[] = [];
    for (const file of files) confidences.push(...(await personsOn(folder + file)).map((person) => person.confidence));
    const from = (least: number): number => confidences.filter((confidence) => confidence >= least).length;
    console.info(`${files.length} alpine photos: ${from(0.15)} false persons at 0.15, ${from(0.3)} at 0.3`);
    expect(files.length).toBe(11);
    expect(from(0.15)).toBeLessThanOrEqual(15);
    expect(from(0.3)).toBe(0);
  });
});

/** A head counts for a box when it lies inside it, grown by 15 % of its height and by 3 px at least; one to one. */
function scoreOf(frames: readonly Frame[], confidence: number): Score {
  let matched = 0;
  let found = 0;
  let heads = 0;
  for (const frame of frames) {
    const shown = frame.found.filter((person) => person.confidence >= confidence);
    const free = new Set(frame.heads);
    for (const person of shown) {
      const head = nearestInside(person, free);
      if (head) matched += 1;
      if (head) free.delete(head);
    }
    found += shown.length;
    heads += frame.heads.length;
  }
  return { confidence, f1: (2 * matched) / (found + heads), precision: matched / found, recall: matched / heads };
}

function nearestInside({ box }: Detection, heads: ReadonlySet<Head>): Head | undefined {
  const grownBy = Math.max(3, 0.15 * box.h);
  const inside = [...heads].filter(
    ({ u, v }) =>
      u >= box.x - grownBy && u <= box.x + box.w + grownBy && v >= box.y - grownBy && v <= box.y + box.h + grownBy,
  );
  const distance = ({ u, v }: Head): number => Math.hypot(u - box.x - box.w / 2, v - box.y);
  return inside.sort((a, b) => distance(a) - distance(b))[0];
}

function describeScore({ confidence, f1, precision, recall }: Score): string {
  const two = (value: number): string => value.toFixed(3);
  return `F1 ${two(f1)} at confidence ${confidence.toFixed(2)} (precision ${two(precision)}, recall ${two(recall)})`;
}
