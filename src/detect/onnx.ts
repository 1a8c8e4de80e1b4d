import { ServiceError } from '../errors.ts';
import { resize } from '../picture/codec.ts';
import type { Image } from '../picture/image.ts';
import { findCheck } from './check/find-check.ts';
import { openCheck } from './check/open-check.ts';
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
import { detectOnSlices, planLooks, type SeenSlice } from './slices/detect-on-slices.ts';
import type { Slice } from './slices/slicing.ts';

/**
 * Loads a model, and the one that its manifest's `check` names, and gives its detector.
 * @param threads Threads of one inference; 0: as many as cores.
 * @param provider What computes, as ONNX Runtime calls it: 'cpu', 'cuda', 'coreml', 'dml', 'webgpu' …
 * @throws ServiceError weights-missing, weights-mismatch, model-invalid, model-not-onnx, model-opset,
 *   model-op-unsupported, model-value-missing, model-value-unknown, model-shape, provider-missing, model-no-detector,
 *   model-check-missing, model-check-unfit
 */
export async function createOnnxDetector(model: ModelEntry, threads: number, provider = 'cpu'): Promise<Detector> {
  const { manifest } = model;
  const { merge } = manifest;
  const { manyBoxes } = readerOf(manifest);
  const named = findCheck(model);
  const network = await startNetwork({ network: await readNetwork(model), manifest, threads, provider });
  const check = await (named && openCheck(named, merge))?.catch(async (error: unknown) => {
    await network.close();
    throw error;
  });
  const detector: Detector = {
    manifest,
    detect: async (image, { minConfidence, slices = planLooks(image.sizePx, manifest.slice) }) => {
      const look = lookAtSlices({ network, manifest }, image, Math.min(minConfidence, named?.rule.proposals.from ?? 1));
      const seen: SeenSlice[] = [];
      const found = await detectOnSlices({ photo: image.sizePx, slices, merge, minConfidence }, async (slice) => {
        const inSlice = await look(slice);
        seen.push({ slice, inSlice });
        const labelled = toLabels(inSlice, manifest, minConfidence);
        return manyBoxes ? suppress(labelled, merge) : labelled;
      });
      return check ? check.look(image, { seen, found }, minConfidence) : found;
    },
    close: async () => {
      await Promise.all([network.close(), check?.close()]);
    },
  };
  return withConfidence(withContext(detector));
}

interface Loaded {
  readonly network: Network;
  readonly manifest: Manifest;
}

/** Gives every box of a slice, in px of the photo; its label is the name of its class. */
function lookAtSlices(
  { network, manifest }: Loaded,
  image: Image,
  minConfidence: number,
): (slice: Slice) => Promise<readonly Detection[]> {
  const { id, input, classes } = manifest;
  return async (slice) => {
    const placement = placeSlice({ widthPx: slice.w, heightPx: slice.h }, input);
    const scaled = await resize(image, placement.sizePx, slice);
    const raw = await network.look(toTensor(scaled, input, placement), minConfidence);
    return raw.map(({ classIndex, confidence, box }) => {
      const label = classes[classIndex];
      if (label !== undefined) return { label, confidence, box: toPhotoBox(box, placement, slice) };
      throw new ServiceError('model-class-unknown', { model: id, index: classIndex, count: classes.length });
    });
  };
}

/** Those boxes whose class has a label. */
function toLabels(inSlice: readonly Detection[], { labels }: Manifest, minConfidence: number): readonly Detection[] {
  return inSlice.flatMap((one) => {
    const label = labels[one.label];
    return label === undefined || one.confidence < minConfidence ? [] : [{ ...one, label }];
  });
}
