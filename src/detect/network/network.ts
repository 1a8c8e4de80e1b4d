import { ServiceError } from '../../errors.ts';
import { readerOf } from '../decoders/decode.ts';
import type { ModelEntry } from '../registry.ts';
import { readWeights } from '../weights.ts';
import { encodeOnnx } from './onnx-file.ts';
import { parseTfjsGraph } from './tfjs-graph.ts';
import { convertToOnnx } from './tfjs-to-onnx.ts';

/**
 * A model's network as the bytes of an ONNX file; its weights are checked first. A TensorFlow.js graph is
 * converted in memory: that takes a tenth of a second, so nothing is kept on disk.
 * @throws ServiceError weights-missing, weights-mismatch, model-invalid, model-op-unsupported
 */
export async function readNetwork(model: ModelEntry): Promise<Uint8Array> {
  const { id, format, input } = model.manifest;
  const weights = await readWeights(model);
  const [first] = weights;
  if (!first) throw new ServiceError('model-invalid', { model: id, why: 'it lists no weights' });
  if (format === 'onnx') return first.bytes;
  const shards = new Map(weights.map(({ name, bytes }) => [name, bytes]));
  const graph = parseTfjsGraph(first.bytes, shards, id);
  const outputs = readerOf(model.manifest).outputs.map(({ name }) => name);
  return encodeOnnx(convertToOnnx(graph, id, input, outputs));
}
