import { type CocoFigures, cocoFigures, judgeForCoco } from '../../src/evaluate/coco-figures.ts';
import { type BoxScene, casesOf, drawBoxScene } from './random-coco.ts';

/** In the order of COCOeval.stats; a number that cannot be said is -1, as there. */
export function twelveFigures(scene: BoxScene, maxDetections: number): readonly number[] {
  const judged = scene.labels.map((label) => judgeForCoco(casesOf(scene, label), maxDetections));
  const figures: CocoFigures = cocoFigures(judged, maxDetections);
  const { ap, ap50, ap75, apSmall, apMedium, apLarge, ar1, ar10, arMax, arSmall, arMedium, arLarge } = figures;
  const all = [ap, ap50, ap75, apSmall, apMedium, apLarge, ar1, ar10, arMax, arSmall, arMedium, arLarge];
  return all.map((figure) => figure ?? -1);
}

/** A scene of another shape for each seed: few objects or hundreds, 1 to 6 labels, 1 to 12 photos. */
export function sceneOfSeed(seed: number): BoxScene {
  const objects = [3, 12, 40, 260][seed % 4] ?? 3;
  return drawBoxScene(seed, { photos: 1 + (seed % 12), labels: 1 + (seed % 6), objects });
}

/** Fewer detections than some photos have, COCO's own number, and more than any has. */
export function maxDetectionsOfSeed(seed: number): number {
  return [100, 100, 20, 500][seed % 4] ?? 100;
}
