import { describe, expect, it } from 'vitest';
import type { OnnxGraph } from '../../src/detect/network/onnx-file.ts';
import { parseTfjsGraph } from '../../src/detect/network/tfjs-graph.ts';
import { depthwiseToOnnx, kernelToOnnx, padsOf } from '../../src/detect/network/tfjs-kernel.ts';
import { convertToOnnx } from '../../src/detect/network/tfjs-to-onnx.ts';

const input = { name: 'x', heightPx: 8, widthPx: 8 };
const scalar = (name: string) => ({ name, shape: [], dtype: 'float32' });

function convert(nodes: readonly object[], weights: readonly object[], values: readonly number[]): OnnxGraph {
  const placeholder = { name: 'x', op: 'Placeholder' };
  const json = { modelTopology: { node: [placeholder, ...nodes] }, weightsManifest: [{ paths: ['w.bin'], weights }] };
  const shards = new Map([['w.bin', new Uint8Array(Float32Array.from(values).buffer)]]);
  const graph = parseTfjsGraph(new TextEncoder().encode(JSON.stringify(json)), shards, 'test');
  return convertToOnnx(graph, 'test', input, ['y']);
}

describe('a TensorFlow.js graph', () => {
  it('is refused by the name of the layer that has no ONNX form here', () => {
    const act = () => convert([{ name: 'y', op: 'Atan2', input: ['x', 'x'] }], [], []);
    expect(act).toThrow(expect.objectContaining({ code: 'model-op-unsupported' }));
    expect(act).toThrow(/Atan2 at y/);
  });

  it('keeps hard swish as one layer and one product', () => {
    const graph = convert(
      [
        { name: 'sum', op: 'Add', input: ['x', 'three'] },
        { name: 'six', op: 'Relu6', input: ['sum'] },
        { name: 'part', op: 'Mul', input: ['sixth', 'x'] },
        { name: 'y', op: 'Mul', input: ['part', 'six'] },
      ],
      [scalar('three'), scalar('sixth')],
      [3, 1 / 6],
    );
    expect(graph.nodes.map((node) => node.op)).toEqual(['HardSigmoid', 'Mul']);
  });

  it('multiplies a scale in where no layer can take it', () => {
    const graph = convert([{ name: 'y', op: 'Mul', input: ['x', 'two'] }], [scalar('two')], [2]);
    expect(graph.nodes.map((node) => [node.op, node.output])).toEqual([
      ['Mul', 'x/scaled'],
      ['Identity', 'y'],
    ]);
    expect(graph.weights[0]?.values).toEqual(Float32Array.of(2));
  });

  it('is refused when its weights end early', () => {
    expect(() => convert([], [{ name: 'w', shape: [3], dtype: 'float32' }], [1, 2])).toThrow(
      expect.objectContaining({ code: 'model-invalid' }),
    );
  });
});

describe('a kernel', () => {
  it('goes from (height, width, in, out) to (out, in, height, width), scaled', () => {
    const kernel = kernelToOnnx({ shape: [1, 2, 2, 3], values: Float32Array.from({ length: 12 }, (_, i) => i) }, 2);
    expect(kernel.shape).toEqual([3, 2, 1, 2]);
    expect([...kernel.values]).toEqual([0, 12, 6, 18, 2, 14, 8, 20, 4, 16, 10, 22]);
  });

  it('of a depth-wise layer has one group a channel', () => {
    const kernel = depthwiseToOnnx({ shape: [1, 2, 3, 1], values: Float32Array.of(0, 1, 2, 3, 4, 5) }, 1);
    expect(kernel.shape).toEqual([3, 1, 1, 2]);
    expect([...kernel.values]).toEqual([0, 3, 1, 4, 2, 5]);
  });

  it.each([
    { lengthPx: 512, kernel: 3, stride: 2, same: true, expected: { before: 0, after: 1, outPx: 256 } },
    { lengthPx: 512, kernel: 3, stride: 1, same: true, expected: { before: 1, after: 1, outPx: 512 } },
    { lengthPx: 7, kernel: 5, stride: 2, same: true, expected: { before: 2, after: 2, outPx: 4 } },
    { lengthPx: 7, kernel: 3, stride: 2, same: false, expected: { before: 0, after: 0, outPx: 3 } },
  ])('of $kernel px with stride $stride over $lengthPx px is padded as TensorFlow does', ({ expected, ...by }) => {
    expect(padsOf(by)).toEqual(expected);
  });
});
