import { drawResamples, type Estimate, sampleFigure, toEstimate } from '../../../src/evaluate/bootstrap.ts';
import { createRandom } from '../../../src/simulate/random.ts';

/** A shrunk tent, and how surely it was found. */
export interface SeenTent {
  readonly scene: string;
  readonly light: string;
  readonly widthPx: number;
  /** Whether no other tent touches it. */
  readonly alone: boolean;
  /** Of the surest box of a tent that lies on it; 0: none. */
  readonly confidence: number;
}

/** A photo without tents, and the confidences of the tents found on it. */
export interface SeenNegative {
  readonly scene: string;
  readonly set: string;
  readonly light: string;
  readonly confidences: readonly number[];
}

/** One false tent in so many photos is the most that is allowed. */
const allowedFalse = 1 / 20;

/** How many resamples of scenes an interval takes. */
const resamples = 1000;

/** undefined: no tents. */
export function recall(tents: readonly SeenTent[], threshold: number): number | undefined {
  if (tents.length === 0) return undefined;
  return tents.filter(({ confidence }) => confidence >= threshold).length / tents.length;
}

/** False tents a photo; undefined: no photos. */
export function falseRate(photos: readonly SeenNegative[], threshold: number): number | undefined {
  if (photos.length === 0) return undefined;
  const all = photos.flatMap(({ confidences }) => confidences);
  return all.filter((confidence) => confidence >= threshold).length / photos.length;
}

/** The lowest threshold, to a hundredth, at which these photos show no more false tents than allowed. */
export function strictThreshold(photos: readonly SeenNegative[]): number {
  for (let percent = 5; percent < 100; percent++) {
    if ((falseRate(photos, percent / 100) ?? 0) <= allowedFalse) return percent / 100;
  }
  return 1;
}

/** A figure of all that was seen, with the interval that it has where scenes are drawn again. */
export function byScene<Seen extends { readonly scene: string }>(
  seen: readonly Seen[],
  figure: (seen: readonly Seen[]) => number | undefined,
): Estimate | undefined {
  return overScenes(seen, (scenes) => figure(scenes.flat()));
}

/** The mean of a figure of each scene, so that a camp of many like tents counts once; interval as of `byScene`. */
export function meanOfScenes<Seen extends { readonly scene: string }>(
  seen: readonly Seen[],
  figure: (seen: readonly Seen[]) => number | undefined,
): Estimate | undefined {
  return overScenes(seen, (scenes) => {
    const figures = scenes.map(figure).filter((value) => value !== undefined);
    return figures.length === 0 ? undefined : figures.reduce((sum, value) => sum + value, 0) / figures.length;
  });
}

function overScenes<Seen extends { readonly scene: string }>(
  seen: readonly Seen[],
  figure: (scenes: readonly (readonly Seen[])[]) => number | undefined,
): Estimate | undefined {
  const names = [...new Set(seen.map(({ scene }) => scene))];
  const scenes = names.map((name) => seen.filter(({ scene }) => scene === name));
  const draws = drawResamples(scenes.length, scenes.length > 1 ? resamples : 0, createRandom(1, 'tents').unit);
  const of = (weights?: Int32Array) =>
    figure(scenes.flatMap((scene, at) => Array.from({ length: weights ? (weights[at] ?? 0) : 1 }, () => scene)));
  return toEstimate(sampleFigure(of, draws));
}

/** Scenes are dealt to so many folds, by turns. */
const folds = 5;

/**
 * What a threshold gives on photos that had no part in it: for each fold of scenes, the strict threshold of the other
 * photos without tents, on this fold's tents and photos.
 */
export function leaveScenesOut(tents: readonly SeenTent[], negatives: readonly SeenNegative[]) {
  const [foldOfTent, foldOfNegative] = [dealScenes(tents), dealScenes(negatives)];
  const thresholds = Array.from({ length: folds }, (_, fold) =>
    strictThreshold(negatives.filter(({ scene }) => foldOfNegative.get(scene) !== fold)),
  );
  const isShown = (confidence: number, fold: number | undefined) => confidence >= (thresholds[fold ?? 0] ?? 1);
  return {
    thresholds,
    /** 1 for a tent that is found, 0 for one that is not. */
    tents: tents.map((tent) => ({ ...tent, found: isShown(tent.confidence, foldOfTent.get(tent.scene)) })),
    negatives: negatives.map((photo) => ({
      ...photo,
      confidences: photo.confidences.filter((one) => isShown(one, foldOfNegative.get(photo.scene))),
    })),
  };
}

function dealScenes(seen: readonly { readonly scene: string }[]): ReadonlyMap<string, number> {
  const names = [...new Set(seen.map(({ scene }) => scene))].sort();
  return new Map(names.map((name, at) => [name, at % folds]));
}
