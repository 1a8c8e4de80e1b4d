import { InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
import { ServiceError } from '../errors.ts';
import type { Box } from '../geo/frames.ts';
import { resize } from '../picture/codec.ts';
import type { Image } from '../picture/image.ts';
import { withConfidence } from './confidence-rule.ts';
import { type NetworkReader, type Tensor as ReadTensor, readerOf } from './decode.ts';
import { detectOnSlices, planLooks } from './detect-on-slices.ts';
import type { Detection } from './detection.ts';
import type { Detector } from './detector.ts';
import { placeSlice, toPhotoBox } from './letterbox.ts';
import type { Manifest } from './manifest.ts';
import { readNetwork } from './network.ts';
import { checkFinite, checkValues, type ExpectedValue, type FoundValue } from './network-shape.ts';
import { suppress } from './nms.ts';
import { toOnnxRefusal } from './onnx-refusal.ts';
import type { ModelEntry } from './registry.ts';
import { toTensor } from './tensor.ts';

/** The only door to onnxruntime-node. */

/**
 * Loads a model and gives its detector.
 * @param threads Threads of one inference; 0: as many as cores.
 * @param provider What computes, as ONNX Runtime calls it: 'cpu', 'cuda', 'coreml', 'dml', 'webgpu' …
 * @throws ServiceError weights-missing, weights-mismatch, model-invalid, model-not-onnx, model-opset,
 *   model-op-unsupported, model-value-missing, model-value-unknown, model-shape, provider-missing
 */
export async function createOnnxDetector(model: ModelEntry, threads: number, provider = 'cpu'): Promise<Detector> {
  const { manifest } = model;
  const reader = readerOf(manifest);
  const session = await openSession(await readNetwork(model), manifest.id, threads, provider);
  try {
    checkSession(session, manifest, reader.outputs);
  } catch (error) {
    await session.release();
    throw error;
  }
  return withConfidence({
    manifest,
    detect: (image, { minConfidence, slices = planLooks(image.sizePx, manifest.slice) }) => {
      const detectSlice = sliceDetector({ session, manifest, reader }, image, minConfidence);
      return detectOnSlices({ photo: image.sizePx, slices, merge: manifest.merge, minConfidence }, detectSlice);
    },
    close: () => session.release(),
  });
}

async function openSession(
  network: Uint8Array,
  model: string,
  threads: number,
  provider: string,
): Promise<InferenceSession> {
  const known = listSupportedBackends().map(({ name }) => name);
  if (!known.includes(provider)) throw providerMissing(provider, known, 'it is not part of this installation');
  const options: InferenceSession.SessionOptions = {
    intraOpNumThreads: threads,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    // Idle threads that spin take the cores from the service beside: 254 → 107 ms a run on two busy cores.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
  const open = (executionProviders: string[]): Promise<InferenceSession> =>
    InferenceSession.create(network, { ...options, executionProviders });
  if (provider === 'cpu') return open(['cpu']).catch((cause) => Promise.reject(toOnnxRefusal(model, cause)));
  return open([provider, 'cpu']).catch(async (cause: unknown) => {
    // whether the network or the provider is to blame, the processor tells
    const onCpu = await open(['cpu']).catch((other: unknown) => Promise.reject(toOnnxRefusal(model, other)));
    await onCpu.release();
    throw providerMissing(provider, known, cause instanceof Error ? cause.message : String(cause), cause);
  });
}

function providerMissing(provider: string, known: readonly string[], why: string, cause?: unknown): ServiceError {
  return new ServiceError('provider-missing', { provider, known: known.join(', '), why }, { cause });
}

function checkSession(session: InferenceSession, manifest: Manifest, outputs: readonly ExpectedValue[]): void {
  const { id, input } = manifest;
  const { widthPx, heightPx, layout } = input;
  const inputs = session.inputMetadata.map(toFoundValue);
  const picture: ExpectedValue =
    layout === 'NCHW'
      ? { name: input.name, type: 'float32', dims: [1, 3, heightPx, widthPx], axes: '1, 3, heightPx, widthPx' }
      : { name: input.name, type: 'float32', dims: [1, heightPx, widthPx, 3], axes: '1, heightPx, widthPx, 3' };
  const sizes = input.sizes;
  const others: ExpectedValue[] =
    sizes === undefined ? [] : [{ name: sizes, type: 'integer', dims: [1, 2], axes: '1, 2' }];
  checkValues(id, [picture, ...others], inputs);
  const unknown = inputs.find(({ name }) => name !== input.name && name !== sizes);
  if (unknown) throw new ServiceError('model-value-unknown', { model: id, name: unknown.name });
  checkValues(id, outputs, session.outputMetadata.map(toFoundValue));
}

function toFoundValue(value: InferenceSession.ValueMetadata): FoundValue {
  if (!value.isTensor) return { name: value.name, type: 'no tensor', dims: undefined };
  // ONNX Runtime gives an empty list where the file gives none
  if (value.shape.length === 0) return { name: value.name, type: value.type, dims: undefined };
  const dims = value.shape.map((size) => (typeof size === 'number' ? size : undefined));
  return { name: value.name, type: value.type, dims };
}

interface Loaded {
  readonly session: InferenceSession;
  readonly manifest: Manifest;
  readonly reader: NetworkReader;
}

function sliceDetector(
  loaded: Loaded,
  image: Image,
  minConfidence: number,
): (slice: Box) => Promise<readonly Detection[]> {
  const { manifest, reader } = loaded;
  const { id, input, labels, classes, merge } = manifest;
  return async (slice) => {
    const placement = placeSlice({ widthPx: slice.w, heightPx: slice.h }, input);
    const scaled = await resize(image, placement.sizePx, slice);
    const outputs = await run(loaded, toTensor(scaled, input, placement));
    const found = reader.decode(outputs, minConfidence).flatMap(({ classIndex, confidence, box }) => {
      const name = classes[classIndex];
      if (name === undefined) {
        throw new ServiceError('model-class-unknown', { model: id, index: classIndex, count: classes.length });
      }
      const label = labels[name];
      return label === undefined ? [] : [{ label, confidence, box: toPhotoBox(box, placement, slice) }];
    });
    return reader.manyBoxes ? suppress(found, merge) : found;
  };
}

/** Runs a network once and checks what it gives: shapes that only show now, and every number. */
async function run(
  { session, manifest, reader }: Loaded,
  picture: Float32Array,
): Promise<(name: string) => ReadTensor> {
  const { id, input } = manifest;
  const { widthPx, heightPx } = input;
  const dims = input.layout === 'NCHW' ? [1, 3, heightPx, widthPx] : [1, heightPx, widthPx, 3];
  const feeds: Record<string, Tensor> = { [input.name]: new Tensor('float32', picture, dims) };
  if (input.sizes !== undefined) {
    feeds[input.sizes] = new Tensor('int64', BigInt64Array.of(BigInt(widthPx), BigInt(heightPx)), [1, 2]);
  }
  const names = reader.outputs.map(({ name }) => name);
  const outputs = await session.run(feeds, names).catch((cause: unknown) => {
    const why = (cause instanceof Error ? cause.message : String(cause)).trim().slice(0, 300);
    throw new ServiceError('model-run', { model: id, why }, { cause });
  });
  const values = Object.entries(outputs).map(([name, { type, dims: found }]) => ({ name, type, dims: found }));
  checkValues(id, reader.outputs, values);
  const tensors = new Map<string, ReadTensor>();
  for (const [name, { data, dims: found }] of Object.entries(outputs)) {
    const floats = data instanceof Float32Array ? data : Float32Array.from(data as BigInt64Array, Number);
    checkFinite(id, name, floats);
    tensors.set(name, { data: floats, dims: found });
  }
  return (name) => tensors.get(name) ?? { data: new Float32Array(), dims: [] };
}
