import protobuf from 'protobufjs/light.js';

/** Writes ONNX files, through protobufjs. Source: onnx.proto3 of ONNX IR version 8; only the fields that are used. */

export interface OnnxNode {
  readonly op: string;
  /** Names of values; '' where an optional input is left out. */
  readonly inputs: readonly string[];
  readonly output: string;
  readonly ints?: Readonly<Record<string, number | readonly number[]>>;
  readonly floats?: Readonly<Record<string, number>>;
  readonly strings?: Readonly<Record<string, string>>;
}

export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface OnnxWeight extends OnnxValue {
  readonly values: Float32Array;
}

/** A network of float32 values; nodes come after the ones they read. */
export interface OnnxGraph {
  readonly name: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly nodes: readonly OnnxNode[];
  readonly weights: readonly OnnxWeight[];
}

const irVersion = 8;
const opsetVersion = 13;
const float32 = 1;
const attributeType = { float: 1, int: 2, string: 3, ints: 7 };

type Field = { type: string; id: number; rule?: 'repeated' };
const many = (type: string, id: number): Field => ({ type, id, rule: 'repeated' });
const one = (type: string, id: number): Field => ({ type, id });

const root = protobuf.Root.fromJSON({
  nested: {
    Model: {
      fields: {
        irVersion: one('int64', 1),
        producerName: one('string', 2),
        graph: one('Graph', 7),
        opsetImport: many('Opset', 8),
      },
    },
    Opset: { fields: { domain: one('string', 1), version: one('int64', 2) } },
    Graph: {
      fields: {
        node: many('Node', 1),
        name: one('string', 2),
        initializer: many('Tensor', 5),
        input: many('ValueInfo', 11),
        output: many('ValueInfo', 12),
      },
    },
    Node: {
      fields: {
        input: many('string', 1),
        output: many('string', 2),
        name: one('string', 3),
        opType: one('string', 4),
        attribute: many('Attribute', 5),
      },
    },
    Attribute: {
      fields: {
        name: one('string', 1),
        f: one('float', 2),
        i: one('int64', 3),
        s: one('bytes', 4),
        ints: many('int64', 8),
        type: one('int32', 20),
      },
    },
    Tensor: {
      fields: { dims: many('int64', 1), dataType: one('int32', 2), name: one('string', 8), rawData: one('bytes', 9) },
    },
    ValueInfo: { fields: { name: one('string', 1), type: one('Type', 2) } },
    Type: { fields: { tensorType: one('TensorType', 1) } },
    TensorType: { fields: { elemType: one('int32', 1), shape: one('Shape', 2) } },
    Shape: { fields: { dim: many('Dimension', 1) } },
    Dimension: { fields: { dimValue: one('int64', 1) } },
  },
});
const modelType = root.lookupType('Model');

/** The bytes of an ONNX file that holds a graph. */
export function encodeOnnx(graph: OnnxGraph): Uint8Array {
  const model = {
    irVersion,
    producerName: 'rivage',
    opsetImport: [{ domain: '', version: opsetVersion }],
    graph: {
      name: graph.name,
      node: graph.nodes.map((node) => ({
        name: node.output,
        opType: node.op,
        input: node.inputs,
        output: [node.output],
        attribute: attributesOf(node),
      })),
      initializer: graph.weights.map(({ name, shape, values }) => ({
        name,
        dims: shape,
        dataType: float32,
        rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      })),
      input: graph.inputs.map(valueInfo),
      output: graph.outputs.map(valueInfo),
    },
  };
  return modelType.encode(model).finish();
}

function attributesOf(node: OnnxNode): object[] {
  const ints = Object.entries(node.ints ?? {}).map(([name, value]) =>
    typeof value === 'number'
      ? { name, type: attributeType.int, i: value }
      : { name, type: attributeType.ints, ints: value },
  );
  const floats = Object.entries(node.floats ?? {}).map(([name, f]) => ({ name, type: attributeType.float, f }));
  const strings = Object.entries(node.strings ?? {}).map(([name, text]) => ({
    name,
    type: attributeType.string,
    s: new TextEncoder().encode(text),
  }));
  return [...ints, ...floats, ...strings];
}

function valueInfo({ name, shape }: OnnxValue): object {
  const dim = shape.map((dimValue) => ({ dimValue }));
  return { name, type: { tensorType: { elemType: float32, shape: { dim } } } };
}
