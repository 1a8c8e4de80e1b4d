import type { Detection } from '../../detect/detection.ts';
import type { Detector } from '../../detect/detector.ts';
import { foundLabels } from '../../detect/manifest.ts';
import { planLooks, planThoroughLooks } from '../../detect/slices/detect-on-slices.ts';
import type { Slice } from '../../detect/slices/slicing.ts';
import { ServiceError } from '../../errors.ts';
import type { ModelFindings } from '../../evaluate/labelled-photo.ts';
import type { SizePx } from '../../geo/frames.ts';
import { decodePicture } from '../../picture/codec.ts';
import type { CliContext } from '../context.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { judgeLight } from '../dataset/light.ts';
import { openDetector } from '../open-detector.ts';
import { createProgress } from '../progress.ts';
import type { ModelSpec } from './model-spec.ts';
import { writeDetections } from './write-evaluation.ts';

/** What models found on the photos of a dataset, and the light that the photos have. */
export interface AllFindings {
  readonly models: readonly ModelFindings[];
  /** By photo, in the dataset's order. */
  readonly lights: readonly (string | undefined)[];
}

/**
 * Runs models on every photo of a dataset, one model after the other, and writes what each one found into
 * `out`, where there is one. The time of a photo
 * is that of its slices and their merging; reading the file is not in it.
 * @throws ServiceError dataset-photo-missing, evaluation-stopped, and those of a damaged photo or model
 */
export async function findAll(
  dataset: Dataset,
  specs: readonly ModelSpec[],
  options: { readonly minConfidence: number; readonly out: string | undefined },
  context: CliContext,
): Promise<AllFindings> {
  const { minConfidence, out } = options;
  const models: ModelFindings[] = [];
  const lights: (string | undefined)[] = dataset.photos.map(({ light }) => light);
  const label = { en: 'Detecting', fr: 'Détection' };
  const bar = createProgress(context, specs.length * dataset.photos.length, label);
  try {
    for (const { name, model, slicePx } of specs) {
      const detector = await openDetector(model, context);
      try {
        const [found, msPerPhoto]: [(readonly Detection[])[], number[]] = [[], []];
        for (const [at, photo] of dataset.photos.entries()) {
          if (context.signal.aborted) throw new ServiceError('evaluation-stopped');
          const image = await decodePicture(fileOf(photo.name, dataset), { name: photo.name });
          lights[at] ??= await judgeLight(image);
          const slices = slicesOf(image.sizePx, slicePx, detector);
          // what is loaded and compiled at a first run is no time of a photo
          if (at === 0) await detector.detect(image, { minConfidence, slices: slices?.slice(0, 1) });
          const started = performance.now();
          found.push(await detector.detect(image, { minConfidence, slices }));
          msPerPhoto.push(performance.now() - started);
          bar.advance();
        }
        const { manifest } = detector;
        models.push({ name, labels: foundLabels(manifest), thresholds: manifest.thresholds, found, msPerPhoto });
        if (out !== undefined) await writeDetections(out, name, dataset, found);
      } finally {
        await detector.close();
      }
    }
  } finally {
    bar.stop();
  }
  return { models, lights };
}

function fileOf(name: string, { files }: Dataset): string {
  const file = files.get(name);
  if (file) return file;
  throw new ServiceError('dataset-photo-missing', { photo: name });
}

function slicesOf(photo: SizePx, slicePx: ModelSpec['slicePx'], detector: Detector): readonly Slice[] | undefined {
  if (slicePx === undefined) return undefined;
  if (slicePx === 'whole') return [{ x: 0, y: 0, w: photo.widthPx, h: photo.heightPx }];
  if (slicePx === 'thorough') return planThoroughLooks(photo, detector.manifest.slice);
  return planLooks(photo, { sidePx: slicePx, overlapRatio: detector.manifest.slice.overlapRatio });
}
