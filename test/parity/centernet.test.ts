import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { decodeCenternet } from '../../src/detect/decoders/decode-centernet.ts';
import { readNetwork } from '../../src/detect/network/network.ts';
import { toTensor } from '../../src/detect/network/tensor.ts';
import { getModel } from '../../src/detect/registry.ts';
import { drawShore } from './drawn-shore.ts';

interface Reference {
  readonly heatmap: { readonly rows: readonly (readonly [number, number, number, number])[] };
  readonly extents: { readonly rows: readonly (readonly number[])[] };
  readonly firstDetection: {
    readonly box: readonly number[];
    readonly confidence: number;
    readonly classIndex: number;
  };
}

it('the converted network answers as TensorFlow.js does', async () => {
  const file = new URL('../golden/centernet-tfjs.json', import.meta.url);
  const reference: Reference = JSON.parse(await readFile(file, 'utf8'));
  const model = await getModel('centernet-mobilenetv3-512');
  const { input, decoder, classes } = model.manifest;
  if (decoder.kind !== 'centernet') throw new Error('not a CenterNet');
  const session = await InferenceSession.create(await readNetwork(model), { logSeverityLevel: 3 });
  const tensor = toTensor({ sizePx: { widthPx: 512, heightPx: 512 }, rgb: drawShore() }, input);
  const outputs = await session.run({ [input.name]: new Tensor('float32', tensor, [1, 3, 512, 512]) });
  const heatmap = outputs[decoder.heatmap]?.data as Float32Array;
  const extents = outputs[decoder.extents]?.data as Float32Array;
  const cellOf = (row: number, column: number): number => row * 128 + column;

  for (const [classIndex, row, column, value] of reference.heatmap.rows) {
    expect(heatmap[classIndex * 16384 + cellOf(row, column)]).toBeCloseTo(value, 5);
  }
  for (const [row = 0, column = 0, ...sides] of reference.extents.rows) {
    sides.forEach((side, index) => {
      expect(Math.abs((extents[index * 16384 + cellOf(row, column)] ?? 0) - side)).toBeLessThan(0.01);
    });
  }

  const every = classes.map((_, index) => index);
  const found = decodeCenternet({ heatmap, extents, rows: 128, columns: 128, stridePx: 4 }, every, 0.2);
  const [left = 0, top = 0, right = 0, bottom = 0] = reference.firstDetection.box;
  expect(found).toHaveLength(1);
  expect(found[0]?.classIndex).toBe(reference.firstDetection.classIndex);
  expect(found[0]?.confidence).toBeCloseTo(reference.firstDetection.confidence, 5);
  expect(found[0]?.box.x).toBeCloseTo(left, 2);
  expect(found[0]?.box.y).toBeCloseTo(top, 2);
  expect(found[0]?.box.w).toBeCloseTo(right - left, 2);
  expect(found[0]?.box.h).toBeCloseTo(bottom - top, 2);
  await session.release();
});
