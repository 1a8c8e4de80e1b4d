import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { beforeAll, expect, it } from 'vitest';
import { planThoroughLooks } from '../../src/detect/detect-on-slices.ts';
import type { Detection } from '../../src/detect/detection.ts';
import { createOnnxDetector } from '../../src/detect/onnx.ts';
import { getModel } from '../../src/detect/registry.ts';
import { decodePicture } from '../../src/picture/codec.ts';
import { describeWithReferenceData, referencePath } from '../support/reference-data.ts';

/*
 * Protocol: leave one frame out. The threshold (best F1) comes from the nine other frames; the tenth is judged with it, and
 * the ten are summed. A label counts for a box when it lies inside it,
 * grown by 15 % of its height and by 3 px at least; one to one, most confident box first.
 */
const beach = referencePath('data/photos/beach_fixed_camera/');
const photo = { widthPx: 1920, heightPx: 1080 };
const hours = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

interface Head {
  readonly u: number;
  readonly v: number;
}
interface JudgedDetection extends Detection {
  readonly right: boolean;
}
interface Frame {
  readonly heads: number;
  readonly judged: readonly JudgedDetection[];
}
interface Sum {
  readonly right: number;
  readonly shown: number;
  readonly heads: number;
  readonly countOff: number;
}

describeWithReferenceData('bathers of a crowded beach, one frame left out', 'data/photos/beach_fixed_camera', () => {
  const frames: { readonly heads: readonly Head[]; readonly found: readonly Detection[] }[] = [];

  beforeAll(async () => {
    const detector = await createOnnxDetector(await getModel('centernet-mobilenetv3-512'), 2);
    const slices = planThoroughLooks(photo, detector.manifest.slice);
    for (const hour of hours) {
      const image = await decodePicture(`${beach}images/${hour}.jpg`);
      const found = await detector.detect(image, { minConfidence: 0.05, slices });
      const heads = await readHeads(hour);
      frames.push({ heads, found: found.filter(({ label }) => label === 'person') });
    }
    await detector.close();
  }, 600_000);

  it('a thorough look alone', { timeout: 60_000 }, () => {
    const judged = frames.map(({ heads, found }) => judge(found, heads));
    const sum = total(judged.map((frame, at) => sumAt(frame, bestThreshold(without(judged, at)))));
    console.info(`beach, three scales that vote: ${describeSum(sum)}`);
    expect(f1(sum)).toBeGreaterThan(0.595);
  });
});

async function readHeads(hour: string): Promise<readonly Head[]> {
  const text = await readFile(`${beach}labels/labels_${hour}.csv`, 'utf8');
  const rows: Record<string, string>[] = parse(text, { columns: true, trim: true });
  return rows.map((row) => ({ u: Number(row.X), v: Number(row.Y) }));
}

function without<T>(all: readonly T[], at: number): readonly T[] {
  return all.filter((_, index) => index !== at);
}

function judge(found: readonly Detection[], heads: readonly Head[]): Frame {
  const free = new Set(heads);
  const judged = found.map((person) => {
    const head = nearestInside(person, free);
    if (head) free.delete(head);
    return { ...person, right: head !== undefined };
  });
  return { heads: heads.length, judged };
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

/** Matching goes from the most confident down, so a threshold only cuts the list. */
function sumAt({ heads, judged }: Frame, threshold: number): Sum {
  const shown = judged.filter(({ confidence }) => confidence >= threshold);
  const right = shown.filter((person) => person.right).length;
  return { right, shown: shown.length, heads, countOff: Math.abs(shown.length - heads) };
}

function total(sums: readonly Sum[]): Sum {
  const of = (key: keyof Sum): number => sums.reduce((sum, one) => sum + one[key], 0);
  return { right: of('right'), shown: of('shown'), heads: of('heads'), countOff: of('countOff') };
}

function bestThreshold(frames: readonly Frame[]): number {
  const thresholds = Array.from({ length: 60 }, (_, step) => 0.05 + step / 100);
  const scores = thresholds.map((threshold) => f1(total(frames.map((frame) => sumAt(frame, threshold)))));
  return thresholds[scores.indexOf(Math.max(...scores))] ?? 1;
}

function f1({ right, shown, heads }: Sum): number {
  return (2 * right) / (shown + heads);
}

function describeSum(sum: Sum): string {
  const { right, shown, heads, countOff } = sum;
  const parts = [f1(sum), right / shown, right / heads, countOff / heads].map((value) => value.toFixed(3));
  return `F1 ${parts[0]}, precision ${parts[1]}, recall ${parts[2]}, count error ${parts[3]}`;
}
