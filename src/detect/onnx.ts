import { InferenceSession, Tensor } from 'onnxruntime-node';
import { ServiceError } from '../errors.ts';
import type { Box } from '../geo/frames.ts';
import { resize } from '../picture/codec.ts';
import type { Image } from '../picture/image.ts';
import { decodeCenternet, type RawDetection } from './decode-centernet.ts';
import { detectOnSlices, planLooks } from './detect-on-slices.ts';
import type { Detection } from './detection.ts';
import type { Detector } from './detector.ts';
import { placeSlice, toPhotoBox } from './letterbox.ts';
import type { Manifest } from './manifest.ts';
import { readNetwork } from './network.ts';
import type { ModelEntry } from './registry.ts';
import { toTensor } from './tensor.ts';

/** The only door to onnxruntime-node. */

/**
 * Loads a model and gives its detector.
 * @param threads Threads of one inference; 0: as many as cores.
 * @throws ServiceError weights-missing, weights-mismatch, model-invalid, model-op-unsupported
 */
export async function createOnnxDetector(model: ModelEntry, threads: number): Promise<Detector> {
  const { manifest } = model;
  const network = await readNetwork(model);
  const session = await InferenceSession.create(network, {
    intraOpNumThreads: threads,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    // Idle threads that spin take the cores from the service beside: 254 → 107 ms a run on two busy cores.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  }).catch((cause: unknown) => {
    throw new ServiceError('model-invalid', { model: manifest.id, why: String(cause) }, { cause });
  });
  return {
    manifest,
    detect: (image, { minConfidence, slices = planLooks(image.sizePx, manifest.slice) }) => {
      const detectSlice = sliceDetector(session, manifest, image, minConfidence);
      return detectOnSlices(image.sizePx, slices, detectSlice, manifest.merge.iou);
    },
    close: () => session.release(),
  };
}

function sliceDetector(
  session: InferenceSession,
  manifest: Manifest,
  image: Image,
  minConfidence: number,
): (slice: Box) => Promise<Detection[]> {
  const { input, labels, classes } = manifest;
  return async (slice) => {
    const placement = placeSlice({ widthPx: slice.w, heightPx: slice.h }, input, input.fit);
    const scaled = await resize(image, placement.sizePx, slice);
    const tensor = new Tensor('float32', toTensor(scaled, input), [1, 3, input.heightPx, input.widthPx]);
    const outputs = await session.run({ [input.name]: tensor });
    return decode(manifest, outputs, minConfidence).flatMap(({ classIndex, confidence, box }) => {
      const label = labels[classes[classIndex] ?? ''];
      return label === undefined ? [] : [{ label, confidence, box: toPhotoBox(box, placement, slice) }];
    });
  };
}

function decode(manifest: Manifest, outputs: InferenceSession.ReturnType, minConfidence: number): RawDetection[] {
  const { decoder, classes, labels, input, id } = manifest;
  const heatmap = outputOf(outputs, decoder.heatmap, id);
  const [, , rows = 0, columns = 0] = heatmap.dims;
  const wanted = classes.flatMap((name, index) => (name in labels ? [index] : []));
  return decodeCenternet(
    {
      heatmap: heatmap.data,
      extents: outputOf(outputs, decoder.extents, id).data,
      rows,
      columns,
      stridePx: input.widthPx / columns,
    },
    wanted,
    minConfidence,
  );
}

function outputOf(
  outputs: InferenceSession.ReturnType,
  name: string,
  model: string,
): { data: Float32Array; dims: readonly number[] } {
  const { data, dims } = outputs[name] ?? { data: undefined, dims: [] };
  if (data instanceof Float32Array) return { data, dims };
  throw new ServiceError('model-invalid', { model, why: `it has no output ${name} of 32-bit numbers` });
}
