import type { Detection } from '../../src/detect/detection.ts';
import type { BoxCase } from '../../src/evaluate/judge-boxes.ts';
import type { TruthBox } from '../../src/evaluate/labelled-photo.ts';
import type { Box } from '../../src/geo/frames.ts';
import { createRandom, type Random } from '../../src/simulate/random.ts';

/** Boxes of a dataset and of a network, `[photo]`. */
export interface BoxScene {
  readonly labels: readonly string[];
  readonly truths: readonly (readonly TruthBox[])[];
  readonly found: readonly (readonly Detection[])[];
}

interface Shape {
  readonly photos: number;
  readonly labels: number;
  /** Most objects of a photo. */
  readonly objects: number;
}

/**
 * What a network might make of photos: objects found a little off or not at all, twice, under another label; crowds;
 * areas that differ from their boxes; equal confidences; photos with nothing; labels that nobody marked.
 */
export function drawBoxScene(seed: number, shape: Shape): BoxScene {
  const random = createRandom(seed, 'coco');
  const labels = Array.from({ length: shape.labels }, (_, at) => `label-${at}`);
  const truths: TruthBox[][] = [];
  const found: Detection[][] = [];
  for (let photo = 0; photo < shape.photos; photo++) {
    const count = random.chance(0.15) ? 0 : Math.floor(random.between(0, shape.objects + 1));
    const there = Array.from({ length: count }, () => drawTruth(random, labels));
    truths.push(there);
    found.push([...there.flatMap((truth) => findIt(random, truth, labels)), ...drawFalse(random, labels, count)]);
  }
  return { labels, truths, found };
}

function drawTruth(random: Random, labels: readonly string[]): TruthBox {
  const box = drawBox(random);
  const crowd = random.chance(0.08);
  const large = crowd ? { ...box, w: box.w * 3, h: box.h * 2 } : box;
  const areaPx2 = large.w * large.h * (random.chance(0.5) ? 1 : random.between(0.3, 1));
  return { label: drawLabel(random, labels), box: large, areaPx2, crowd };
}

/** Whole pixels often, so that overlaps are equal and areas fall on the limits of sizes. */
function drawBox(random: Random): Box {
  const w = Math.exp(random.between(1, 5.5));
  const box = { x: random.between(0, 900), y: random.between(0, 900), w, h: w * random.between(0.4, 2.5) };
  if (random.chance(0.1)) return { x: Math.round(box.x), y: Math.round(box.y), w: 32, h: 32 };
  return random.chance(0.5)
    ? { x: Math.round(box.x), y: Math.round(box.y), w: Math.ceil(box.w), h: Math.ceil(box.h) }
    : box;
}

/** The last label is marked by nobody, and found all the same. */
function drawLabel(random: Random, labels: readonly string[]): string {
  return labels[Math.floor(random.unit() * Math.max(1, labels.length - 1))] ?? '';
}

function findIt(random: Random, { label, box, crowd }: TruthBox, labels: readonly string[]): readonly Detection[] {
  if (crowd) {
    return Array.from({ length: Math.floor(random.between(0, 5)) }, () => {
      const inside = { x: box.x + random.unit() * box.w * 0.8, y: box.y + random.unit() * box.h * 0.8 };
      return { label, confidence: drawConfidence(random), box: { ...inside, w: box.w * 0.2, h: box.h * 0.2 } };
    });
  }
  const times = random.chance(0.25) ? 0 : random.chance(0.15) ? 2 : 1;
  return Array.from({ length: times }, () => {
    const sigma = random.chance(0.2) ? 0 : 0.12;
    const moved = {
      x: box.x + random.normal(sigma) * box.w,
      y: box.y + random.normal(sigma) * box.h,
      w: box.w * Math.exp(random.normal(sigma)),
      h: box.h * Math.exp(random.normal(sigma)),
    };
    const named = random.chance(0.05) ? (labels.at(-1) ?? label) : label;
    return { label: named, confidence: drawConfidence(random), box: moved };
  });
}

function drawFalse(random: Random, labels: readonly string[], count: number): readonly Detection[] {
  return Array.from({ length: Math.floor(random.between(0, 2 + count / 2)) }, () => ({
    label: labels[Math.floor(random.unit() * labels.length)] ?? '',
    confidence: drawConfidence(random) * 0.8,
    box: drawBox(random),
  }));
}

/** A tenth of a step each: many are equal. */
function drawConfidence(random: Random): number {
  return random.chance(0.5) ? Math.ceil(random.unit() * 10) / 10 : random.between(0.01, 1);
}

/** What one label has, by photo. */
export function casesOf({ truths, found }: BoxScene, label: string): readonly BoxCase[] {
  return truths.map((boxes, photo) => ({
    truths: boxes.filter((truth) => truth.label === label),
    found: (found[photo] ?? []).filter((detection) => detection.label === label),
  }));
}

/** The scene as files of COCO: instances, and results. */
export function toCocoFiles({ labels, truths, found }: BoxScene) {
  const categoryOf = (label: string) => labels.indexOf(label) + 1;
  const boxOf = ({ x, y, w, h }: Box) => [x, y, w, h];
  const annotations = truths.flatMap((boxes, photo) =>
    boxes.map(({ label, box, areaPx2, crowd }) => ({
      image_id: photo + 1,
      category_id: categoryOf(label),
      bbox: boxOf(box),
      area: areaPx2,
      iscrowd: Number(crowd),
    })),
  );
  return {
    truth: {
      info: {},
      images: truths.map((_, photo) => ({ id: photo + 1, width: 1000, height: 1000, file_name: `${photo + 1}.jpg` })),
      categories: labels.map((name) => ({ id: categoryOf(name), name })),
      annotations: annotations.map((annotation, index) => ({ id: index + 1, ...annotation })),
    },
    found: found.flatMap((detections, photo) =>
      detections.map(({ label, confidence, box }) => ({
        image_id: photo + 1,
        category_id: categoryOf(label),
        bbox: boxOf(box),
        score: confidence,
      })),
    ),
  };
}
