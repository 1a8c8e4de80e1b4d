import { InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
import { ServiceError } from '../../errors.ts';
import { type GetTensor, type NetworkReader, type Tensor as ReadTensor, readerOf } from '../decoders/decode.ts';
import type { RawDetection } from '../decoders/raw-detection.ts';
import type { Manifest } from '../manifest.ts';
import { checkFinite, checkValues, type ExpectedValue, type FoundValue } from './network-shape.ts';
import { toOnnxRefusal } from './onnx-refusal.ts';

/** The only door to onnxruntime-node. Its `run` holds the thread that calls it, so network-worker.ts does. */

/** What a network is opened with. */
export interface NetworkStart {
  /** The bytes of an ONNX file. */
  readonly network: Uint8Array;
  readonly manifest: Manifest;
  /** Threads of one inference; 0: as many as cores. */
  readonly threads: number;
  /** What computes, as ONNX Runtime calls it: 'cpu', 'cuda', 'coreml', 'dml', 'webgpu' … */
  readonly provider: string;
}

/** An open network. */
export interface Network {
  /** @param picture As `toTensor` gives it. @throws ServiceError model-run, model-shape, model-not-finite */
  look(picture: Float32Array, minConfidence: number): Promise<readonly RawDetection[]>;
  close(): Promise<void>;
}

/**
 * Opens a network in the thread that calls.
 * @throws ServiceError model-invalid, model-not-onnx, model-opset, model-value-missing, model-value-unknown,
 *   model-shape, provider-missing
 */
export async function openNetwork(start: NetworkStart): Promise<Network> {
  const { manifest } = start;
  const reader = readerOf(manifest);
  const session = await openSession(start);
  try {
    checkSession(session, manifest, reader.outputs);
  } catch (error) {
    await session.release();
    throw error;
  }
  return {
    look: async (picture, minConfidence) => reader.decode(await run(session, start, reader, picture), minConfidence),
    close: () => session.release(),
  };
}

async function openSession({ network, manifest, threads, provider }: NetworkStart): Promise<InferenceSession> {
  const model = manifest.id;
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

/** Runs a network once and checks what it gives: shapes that only show now, and every number. */
async function run(
  session: InferenceSession,
  { manifest }: NetworkStart,
  reader: NetworkReader,
  picture: Float32Array,
): Promise<GetTensor> {
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
