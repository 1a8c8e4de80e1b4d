import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cocoFigures, figuresByHeight, judgeForCoco } from '../../src/evaluate/coco-figures.ts';
import type { BoxCase } from '../../src/evaluate/judge-boxes.ts';
import { createRandom } from '../../src/simulate/random.ts';
import { casesOf, drawBoxScene } from './random-coco.ts';
import { maxDetectionsOfSeed, sceneOfSeed, twelveFigures } from './twelve-figures.ts';

const golden: { scenes: { seed: number; figures: number[] }[] } = JSON.parse(
  readFileSync(new URL('../golden/coco-metrics.json', import.meta.url), 'utf8'),
);
const boxAt = (x: number, side = 40) => ({ x, y: 0, w: side, h: side });
const truthAt = (x: number, side = 40, more: object = {}) => ({
  label: 'person',
  box: boxAt(x, side),
  areaPx2: side * side,
  crowd: false,
  ...more,
});
const foundAt = (x: number, confidence: number, side = 40) => ({ label: 'person', confidence, box: boxAt(x, side) });
const figuresOf = (cases: readonly BoxCase[], maxDetections = 100) =>
  cocoFigures([judgeForCoco(cases, maxDetections)], maxDetections);

describe('cocoFigures', () => {
  it('gives what pycocotools gave for the same scenes, to 1e-12', () => {
    for (const { seed, figures } of golden.scenes) {
      twelveFigures(sceneOfSeed(seed), maxDetectionsOfSeed(seed)).forEach((figure, at) => {
        expect(Math.abs(figure - (figures[at] ?? Number.NaN)), `seed ${seed}, number ${at}`).toBeLessThan(1e-12);
      });
    }
  });

  it('reads the best precision at 101 recalls', () => {
    // right, wrong, right, of 2: precision 1 up to recall 0.5 (51 recalls), then 2/3 (50 recalls)
    const cases = [
      { truths: [truthAt(0), truthAt(100)], found: [foundAt(0, 0.9), foundAt(300, 0.8), foundAt(100, 0.7)] },
    ];
    expect(figuresOf(cases).ap50).toBeCloseTo((51 + (50 * 2) / 3) / 101, 12);
  });

  it('asks for more overlap at higher thresholds', () => {
    // moved by a tenth of its side: IoU 0.9 / 1.1 = 0.818, enough for 0.5, 0.55 … 0.8
    const { ap, ap50, ap75 } = figuresOf([{ truths: [truthAt(0)], found: [foundAt(4, 0.9)] }]);
    for (const figure of [ap50, ap75]) expect(figure).toBeCloseTo(1, 12);
    expect(ap).toBeCloseTo(0.7, 12);
  });

  it('gives 1 where all is found and nothing else', () => {
    const scene = drawBoxScene(11, { photos: 8, labels: 3, objects: 20 });
    const perfect = {
      ...scene,
      found: scene.truths.map((boxes) =>
        boxes.filter(({ crowd }) => !crowd).map(({ label, box }) => ({ label, confidence: 0.5, box })),
      ),
    };
    const judged = perfect.labels.map((label) => judgeForCoco(casesOf(perfect, label), 100));
    const { ap, ap50, ap75, arMax } = cocoFigures(judged, 100);
    for (const figure of [ap, ap50, ap75, arMax]) expect(figure).toBeCloseTo(1, 12);
  });

  it('does not mind in which order photos and boxes come, where no confidence is equal', () => {
    const random = createRandom(5, 'order');
    const scene = drawBoxScene(3, { photos: 6, labels: 1, objects: 30 });
    const cases = casesOf(scene, 'label-0').map(({ truths, found }) => ({
      truths,
      found: found.map((detection) => ({ ...detection, confidence: random.unit() })),
    }));
    const shuffled = cases.toReversed().map(({ truths, found }) => ({ truths, found: found.toReversed() }));
    expect(figuresOf(shuffled).ap).toBeCloseTo(figuresOf(cases).ap ?? Number.NaN, 12);
  });

  it('neither asks for a crowd nor blames what lies on it', () => {
    const crowd = truthAt(200, 200, { crowd: true });
    const found = [foundAt(220, 0.99), foundAt(300, 0.98), foundAt(0, 0.5)];
    expect(figuresOf([{ truths: [truthAt(0), crowd], found }]).ap50).toBeCloseTo(1, 12);
    expect(figuresOf([{ truths: [truthAt(0)], found }]).ap50).toBeCloseTo(1 / 3, 12);
  });

  it('counts only the most confident detections of a photo', () => {
    const cases = [{ truths: [truthAt(0), truthAt(100)], found: [foundAt(0, 0.9), foundAt(100, 0.8)] }];
    expect(figuresOf(cases, 1).arMax).toBe(0.5);
    expect(figuresOf(cases, 2).arMax).toBe(1);
  });

  it('says nothing of sizes that are not there', () => {
    const figures = figuresOf([{ truths: [truthAt(0)], found: [] }]);
    expect([figures.apSmall, figures.apMedium, figures.apLarge]).toEqual([undefined, 0, undefined]);
  });
});

describe('figuresByHeight', () => {
  it('judges each height by its own objects and false alarms', () => {
    const cases = [
      {
        truths: [truthAt(0, 20), truthAt(100, 40), truthAt(200, 16)],
        found: [foundAt(300, 0.99, 10), foundAt(0, 0.9, 20), foundAt(100, 0.8, 40), foundAt(400, 0.7, 70)],
      },
    ];
    const rows = figuresByHeight([judgeForCoco(cases, 100)]);
    expect(rows.map(({ heightPx }) => heightPx)).toEqual(['< 16', '16–32', '32–64', '≥ 64']);
    expect(rows[0]?.ap50).toBeUndefined();
    // one of two, and no false alarm of that height before it: precision 1 up to recall 0.5
    expect(rows[1]?.ap50).toBeCloseTo(51 / 101, 12);
    expect(rows[2]?.ap50).toBeCloseTo(1, 12);
  });
});
