import { ServiceError } from '../../errors.ts';
import { z } from '../../schema.ts';

/** Reads a TensorFlow.js graph model. Source: tfjs-converter, GraphDef as JSON and the weights manifest. */

export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

const attributeSchema = z.object({
  /** base64 */
  s: z.string().optional(),
  b: z.boolean().optional(),
  list: z.object({ i: z.array(z.coerce.number()).optional(), s: z.array(z.string()).optional() }).optional(),
});
const nodeSchema = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attributeSchema).default({}),
});
const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  dtype: z.enum(['float32', 'int32']),
  quantization: z.object({ dtype: z.literal('float16') }).optional(),
});
const modelSchema = z.object({
  modelTopology: z.object({ node: z.array(nodeSchema) }),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(weightSchema) })),
});

export type GraphNode = z.output<typeof nodeSchema>;
type WeightEntry = z.output<typeof weightSchema>;

export interface TfGraph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly constants: ReadonlyMap<string, Tensor>;
}

/**
 * Parses a graph and its weights.
 * @param shards The weight files by the name that the graph gives them.
 * @throws ServiceError model-invalid
 */
export function parseTfjsGraph(json: Uint8Array, shards: ReadonlyMap<string, Uint8Array>, model: string): TfGraph {
  const parsed = modelSchema.safeParse(JSON.parse(new TextDecoder().decode(json)));
  if (!parsed.success) throw new ServiceError('model-invalid', { model, why: z.prettifyError(parsed.error) });
  const constants = new Map<string, Tensor>();
  const table = halfTable();
  for (const group of parsed.data.weightsManifest) {
    const bytes = joinShards(group.paths, shards, model);
    let offset = 0;
    for (const weight of group.weights) {
      const length = byteLength(weight);
      if (offset + length > bytes.byteLength) {
        throw new ServiceError('model-invalid', { model, why: `its weights end before ${weight.name}` });
      }
      const values = valuesOf(weight, bytes.slice(offset, offset + length), table);
      constants.set(weight.name, { shape: weight.shape, values });
      offset += length;
    }
  }
  return { nodes: new Map(parsed.data.modelTopology.node.map((node) => [node.name, node])), constants };
}

/** Whole numbers of a list attribute; empty when the node has none. */
export function intsOf(node: GraphNode, key: string): readonly number[] {
  return node.attr[key]?.list?.i ?? [];
}

/** Strings of a list attribute; empty when the node has none. */
export function stringsOf(node: GraphNode, key: string): readonly string[] {
  return (node.attr[key]?.list?.s ?? []).map(fromBase64);
}

/** One string attribute. */
export function stringOf(node: GraphNode, key: string): string | undefined {
  const text = node.attr[key]?.s;
  return text === undefined ? undefined : fromBase64(text);
}

/** The inputs that carry data: a control input starts with '^'. Output 0 of a node is named as the node. */
export function dataInputs(node: GraphNode): readonly string[] {
  return node.input.filter((input) => !input.startsWith('^')).map((input) => input.replace(/:0$/, ''));
}

function joinShards(paths: readonly string[], shards: ReadonlyMap<string, Uint8Array>, model: string): Uint8Array {
  const parts = paths.map((path) => {
    const shard = shards.get(path);
    if (!shard) throw new ServiceError('model-invalid', { model, why: `its manifest does not list ${path}` });
    return shard;
  });
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}

function byteLength(weight: WeightEntry): number {
  const count = weight.shape.reduce((product, side) => product * side, 1);
  return count * (weight.quantization ? 2 : 4);
}

/** `bytes` starts at a multiple of 4 of its own buffer: it is a copy. Files are little-endian, as every machine that Node runs on. */
function valuesOf(weight: WeightEntry, bytes: Uint8Array, table: Float32Array): Tensor['values'] {
  if (weight.quantization) return halfToFloat(new Uint16Array(bytes.buffer), table);
  return weight.dtype === 'int32' ? new Int32Array(bytes.buffer) : new Float32Array(bytes.buffer);
}

/** The float32 of each of the 65,536 binary16 numbers. Source: IEEE 754-2019, binary16. */
function halfTable(): Float32Array {
  return Float32Array.from({ length: 0x10000 }, (_, half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

function halfToFloat(halves: Uint16Array, table: Float32Array): Float32Array {
  const floats = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) floats[i] = table[halves[i] ?? 0] ?? 0;
  return floats;
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}
