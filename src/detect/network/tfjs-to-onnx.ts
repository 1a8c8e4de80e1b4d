import { ServiceError } from '../../errors.ts';
import type { OnnxGraph, OnnxNode, OnnxValue, OnnxWeight } from './onnx-file.ts';
import { dataInputs, type GraphNode, intsOf, stringOf, stringsOf, type Tensor, type TfGraph } from './tfjs-graph.ts';
import { depthwiseToOnnx, kernelToOnnx, padsOf } from './tfjs-kernel.ts';

/**
 * Turns the layers of a TensorFlow.js graph into ONNX. TensorFlow keeps (1, height, width, channels), ONNX Runtime
 * is quick on (1, channels, height, width): every value is turned once, at the input, and never turned back.
 */

/** A value of the ONNX graph: what the TensorFlow node stands for is `scale` times the ONNX value. */
interface Value {
  readonly name: string;
  readonly channels: number;
  readonly heightPx: number;
  readonly widthPx: number;
  readonly scale: number;
}

interface Conversion {
  readonly graph: TfGraph;
  readonly model: string;
  readonly values: Map<string, Value>;
  readonly nodes: OnnxNode[];
  readonly weights: Map<string, OnnxWeight>;
}

type Convert = (at: Conversion, node: GraphNode) => Value;

/**
 * Converts what the outputs need of a graph.
 * @param input Name and size of the one input, RGB, (1, 3, height, width).
 * @throws ServiceError model-op-unsupported, model-invalid
 */
export function convertToOnnx(
  graph: TfGraph,
  model: string,
  input: { readonly name: string; readonly heightPx: number; readonly widthPx: number },
  outputs: readonly string[],
): OnnxGraph {
  const at: Conversion = { graph, model, values: new Map(), nodes: [], weights: new Map() };
  at.values.set(input.name, { ...input, channels: 3, scale: 1 });
  const results = outputs.map((output): OnnxValue => {
    const value = unscaled(at, convertedValue(at, output));
    if (value.name !== output) emit(at, { op: 'Identity', inputs: [value.name], output });
    return { name: output, shape: shapeOf(value) };
  });
  const inputs = [{ name: input.name, shape: [1, 3, input.heightPx, input.widthPx] }];
  return { name: model, inputs, outputs: results, nodes: at.nodes, weights: [...at.weights.values()] };
}

const converters: Readonly<Record<string, Convert>> = {
  _FusedConv2D: (at, node) => convolve(at, node, false),
  Conv2D: (at, node) => convolve(at, node, false),
  FusedDepthwiseConv2dNative: (at, node) => convolve(at, node, true),
  DepthwiseConv2dNative: (at, node) => convolve(at, node, true),
  Add: add,
  Mul: multiply,
  Relu: (at, node) => activate(at, node, { op: 'Relu' }),
  Sigmoid: (at, node) => activate(at, node, { op: 'Sigmoid' }),
  Relu6: hardSigmoid,
  Identity: (at, node) => convertedValue(at, inputOf(at, node, 0)),
  Mean: poolAll,
  ConcatV2: concatenate,
  ResizeBilinear: resize,
};

function convertedValue(at: Conversion, name: string): Value {
  const known = at.values.get(name);
  if (known) return known;
  const node = at.graph.nodes.get(name);
  if (!node) throw invalid(at, `it has no node ${name}`);
  const convert = converters[node.op];
  if (!convert) throw unsupported(at, node, node.op);
  const value = convert(at, node);
  at.values.set(name, value);
  return value;
}

function convolve(at: Conversion, node: GraphNode, depthwise: boolean): Value {
  const x = convertedValue(at, inputOf(at, node, 0));
  const filter = constantOf(at, inputOf(at, node, 1));
  const [, strideY = 1, strideX = 1] = intsOf(node, 'strides');
  if (intsOf(node, 'dilations').some((step) => step !== 1)) throw unsupported(at, node, `${node.op} with dilations`);
  const kernel = depthwise ? depthwiseToOnnx(filter, x.scale) : kernelToOnnx(filter, x.scale);
  const [channels, , kernelH, kernelW] = kernel.shape;
  const same = stringOf(node, 'padding') === 'SAME';
  const vertical = padsOf({ lengthPx: x.heightPx, kernel: kernelH, stride: strideY, same });
  const horizontal = padsOf({ lengthPx: x.widthPx, kernel: kernelW, stride: strideX, same });
  const fused = stringsOf(node, 'fused_ops');
  const inputs = [x.name, weight(at, `${node.name}/kernel`, kernel)];
  if (fused.includes('BiasAdd')) inputs.push(weight(at, `${node.name}/bias`, constantOf(at, inputOf(at, node, 2))));
  const activation = fused.find((name) => name !== 'BiasAdd');
  if (activation !== undefined && activation !== 'Relu') throw unsupported(at, node, `${node.op} with ${activation}`);
  const ints = {
    kernel_shape: [kernelH, kernelW],
    strides: [strideY, strideX],
    pads: [vertical.before, horizontal.before, vertical.after, horizontal.after],
    group: depthwise ? x.channels : 1,
  };
  const linear = activation ? `${node.name}/linear` : node.name;
  emit(at, { op: 'Conv', inputs, output: linear, ints });
  if (activation) emit(at, { op: 'Relu', inputs: [linear], output: node.name });
  return { name: node.name, channels, heightPx: vertical.outPx, widthPx: horizontal.outPx, scale: 1 };
}

function add(at: Conversion, node: GraphNode): Value {
  const a = unscaled(at, convertedValue(at, inputOf(at, node, 0)));
  const b = unscaled(at, convertedValue(at, inputOf(at, node, 1)));
  if (String(shapeOf(a)) !== String(shapeOf(b))) throw unsupported(at, node, 'Add of two shapes');
  return { ...a, name: emit(at, { op: 'Add', inputs: [a.name, b.name], output: node.name }) };
}

/** A product with a number only changes the scale; the next layer takes it into its weights. */
function multiply(at: Conversion, node: GraphNode): Value {
  const [left, right] = [inputOf(at, node, 0), inputOf(at, node, 1)];
  const number = scalarOf(at, left) ?? scalarOf(at, right);
  if (number !== undefined) {
    const x = convertedValue(at, scalarOf(at, left) === undefined ? left : right);
    return { ...x, scale: x.scale * number };
  }
  const [a, b] = [convertedValue(at, left), convertedValue(at, right)];
  const larger = a.heightPx * a.widthPx >= b.heightPx * b.widthPx ? a : b;
  const name = emit(at, { op: 'Mul', inputs: [a.name, b.name], output: node.name });
  return { ...larger, name, scale: a.scale * b.scale };
}

function activate(at: Conversion, node: GraphNode, by: Pick<OnnxNode, 'op' | 'floats'>): Value {
  const x = unscaled(at, convertedValue(at, inputOf(at, node, 0)));
  return { ...x, name: emit(at, { ...by, inputs: [x.name], output: node.name }) };
}

/** min(max(x + 3, 0), 6) = 6 · HardSigmoid(x); MobileNetV3 uses it in no other way. */
function hardSigmoid(at: Conversion, node: GraphNode): Value {
  const sum = at.graph.nodes.get(inputOf(at, node, 0));
  if (sum?.op !== 'Add' || scalarOf(at, inputOf(at, sum, 1)) !== 3) throw unsupported(at, node, 'Relu6 without x + 3');
  const x = unscaled(at, convertedValue(at, inputOf(at, sum, 0)));
  const name = emit(at, {
    op: 'HardSigmoid',
    inputs: [x.name],
    output: node.name,
    floats: { alpha: 1 / 6, beta: 0.5 },
  });
  return { ...x, name, scale: 6 };
}

function poolAll(at: Conversion, node: GraphNode): Value {
  const axes = constantOf(at, inputOf(at, node, 1)).values;
  if (String(axes) !== '1,2' || node.attr.keep_dims?.b !== true)
    throw unsupported(at, node, 'Mean but over the picture');
  const x = convertedValue(at, inputOf(at, node, 0));
  const name = emit(at, { op: 'GlobalAveragePool', inputs: [x.name], output: node.name });
  return { ...x, name, heightPx: 1, widthPx: 1 };
}

function concatenate(at: Conversion, node: GraphNode): Value {
  const names = dataInputs(node);
  if (scalarOf(at, names.at(-1) ?? '') !== 3) throw unsupported(at, node, 'ConcatV2 but of channels');
  const parts = names.slice(0, -1).map((name) => unscaled(at, convertedValue(at, name)));
  const [first] = parts;
  if (!first) throw invalid(at, `${node.name} has no input`);
  const inputs = parts.map((part) => part.name);
  emit(at, { op: 'Concat', inputs, output: node.name, ints: { axis: 1 } });
  return { ...first, name: node.name, channels: parts.reduce((sum, part) => sum + part.channels, 0) };
}

function resize(at: Conversion, node: GraphNode): Value {
  const x = convertedValue(at, inputOf(at, node, 0));
  const [heightPx = 0, widthPx = 0] = constantOf(at, inputOf(at, node, 1)).values;
  if (node.attr.align_corners?.b || node.attr.half_pixel_centers?.b)
    throw unsupported(at, node, 'ResizeBilinear by centres');
  const values = Float32Array.of(1, 1, heightPx / x.heightPx, widthPx / x.widthPx);
  const scales = weight(at, `${node.name}/scales`, { shape: [4], values });
  const strings = { mode: 'linear', coordinate_transformation_mode: 'asymmetric' };
  emit(at, { op: 'Resize', inputs: [x.name, '', scales], output: node.name, strings });
  return { ...x, name: node.name, heightPx, widthPx };
}

/** The value with its scale multiplied in, where the next layer cannot take it. */
function unscaled(at: Conversion, value: Value): Value {
  if (Math.abs(value.scale - 1) < 1e-5) return { ...value, scale: 1 };
  const output = `${value.name}/scaled`;
  if (!at.nodes.some((node) => node.output === output)) {
    const factor = weight(at, `${value.name}/scale`, { shape: [], values: Float32Array.of(value.scale) });
    emit(at, { op: 'Mul', inputs: [value.name, factor], output });
  }
  return { ...value, name: output, scale: 1 };
}

function emit(at: Conversion, node: OnnxNode): string {
  at.nodes.push(node);
  return node.output;
}

function weight(at: Conversion, name: string, tensor: Tensor): string {
  at.weights.set(name, { name, shape: tensor.shape, values: Float32Array.from(tensor.values) });
  return name;
}

function shapeOf(value: Value): readonly number[] {
  return [1, value.channels, value.heightPx, value.widthPx];
}

function inputOf(at: Conversion, node: GraphNode, index: number): string {
  const name = dataInputs(node)[index];
  if (name === undefined) throw invalid(at, `${node.name} has no input ${index}`);
  return name;
}

function constantOf(at: Conversion, name: string): Tensor {
  const tensor = at.graph.constants.get(name);
  if (!tensor) throw invalid(at, `${name} is not a constant`);
  return tensor;
}

function scalarOf(at: Conversion, name: string): number | undefined {
  const tensor = at.graph.constants.get(name);
  return tensor?.values.length === 1 ? tensor.values[0] : undefined;
}

function unsupported(at: Conversion, node: GraphNode, op: string): ServiceError {
  return new ServiceError('model-op-unsupported', { model: at.model, node: node.name, op });
}

function invalid(at: Conversion, why: string): ServiceError {
  return new ServiceError('model-invalid', { model: at.model, why });
}
