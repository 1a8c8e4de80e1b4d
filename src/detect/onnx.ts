import { ServiceError } from '../errors.ts';
import type { Box } from '../geo/frames.ts';
import { resize } from '../picture/codec.ts';
import type { Image } from '../picture/image.ts';
import { withConfidence } from './confidence/confidence-rule.ts';
import { withContext } from './confidence/context-rule.ts';
import { readerOf } from './decoders/decode.ts';
import type { Detection } from './detection.ts';
import type { Detector } from './detector.ts';
import type { Manifest } from './manifest.ts';
import { suppress } from './merge/nms.ts';
import { placeSlice, toPhotoBox } from './network/letterbox.ts';
import { readNetwork } from './network/network.ts';
import { startNetwork } from './network/network-thread.ts';
import type { Network } from './network/onnx-session.ts';
import { toTensor } from './network/tensor.ts';
import type { ModelEntry } from './registry.ts';
import { detectOnSlices, planLooks } from './slices/detect-on-slices.ts';

/**
 * Loads a model and gives its detector.
 * @param threads Threads of one inference; 0: as many as cores.
 * @param provider What computes, as ONNX Runtime calls it: 'cpu', 'cuda', 'coreml', 'dml', 'webgpu' …
 * @throws ServiceError weights-missing, weights-mismatch, model-invalid, model-not-onnx, model-opset,
 *   model-op-unsupported, model-value-missing, model-value-unknown, model-shape, provider-missing
 */
export async function createOnnxDetector(model: ModelEntry, threads: number, provider = 'cpu'): Promise<Detector> {
  const { manifest } = model;
  const network = await startNetwork({ network: await readNetwork(model), manifest, threads, provider });
  const detector: Detector = {
    manifest,
    detect: (image, { minConfidence, slices = planLooks(image.sizePx, manifest.slice) }) => {
      const detectSlice = sliceDetector({ network, manifest }, image, minConfidence);
      return detectOnSlices({ photo: image.sizePx, slices, merge: manifest.merge, minConfidence }, detectSlice);
    },
    close: () => network.close(),
  };
  return withConfidence(withContext(detector));
}

interface Loaded {
  readonly network: Network;
  readonly manifest: Manifest;
}

function sliceDetector(
  { network, manifest }: Loaded,
  image: Image,
  minConfidence: number,
): (slice: Box) => Promise<readonly Detection[]> {
  const { id, input, labels, classes, merge } = manifest;
  const { manyBoxes } = readerOf(manifest);
  return async (slice) => {
    const placement = placeSlice({ widthPx: slice.w, heightPx: slice.h }, input);
    const scaled = await resize(image, placement.sizePx, slice);
    const raw = await network.look(toTensor(scaled, input, placement), minConfidence);
    const found = raw.flatMap(({ classIndex, confidence, box }) => {
      const name = classes[classIndex];
      if (name === undefined) {
        throw new ServiceError('model-class-unknown', { model: id, index: classIndex, count: classes.length });
      }
      const label = labels[name];
      return label === undefined ? [] : [{ label, confidence, box: toPhotoBox(box, placement, slice) }];
    });
    return manyBoxes ? suppress(found, merge) : found;
  };
}
