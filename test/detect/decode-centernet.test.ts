import { describe, expect, it } from 'vitest';
import { decodeCenternet } from '../../src/detect/decoders/decode-centernet.ts';

const rows = 4;
const columns = 5;
const plane = rows * columns;

function output(heat: readonly { classIndex: number; row: number; column: number; value: number }[]) {
  const heatmap = new Float32Array(3 * plane);
  for (const { classIndex, row, column, value } of heat) heatmap[classIndex * plane + row * columns + column] = value;
  const extents = new Float32Array(4 * plane);
  [1, 2, 3, 4].forEach((reach, side) => {
    extents.fill(reach, side * plane, (side + 1) * plane);
  });
  return { heatmap, extents, rows, columns, stridePx: 4 };
}

describe('a heat map', () => {
  it('gives a box around each peak: left, top, right, bottom of it', () => {
    const found = decodeCenternet(output([{ classIndex: 1, row: 2, column: 3, value: 0.5 }]), [0, 1], 0.1);
    expect(found).toEqual([{ classIndex: 1, confidence: 0.5, box: { x: 11, y: 6, w: 4, h: 6 } }]);
  });

  it('gives nothing for the slope of a peak, nor below the confidence asked', () => {
    const peak = { classIndex: 0, row: 1, column: 1, value: 0.5 };
    const slope = { classIndex: 0, row: 2, column: 2, value: 0.4 };
    const low = { classIndex: 0, row: 3, column: 4, value: 0.09 };
    expect(decodeCenternet(output([peak, slope, low]), [0], 0.1)).toHaveLength(1);
  });

  it('gives nothing where another class is stronger, also one that nobody wants', () => {
    const person = { classIndex: 0, row: 1, column: 1, value: 0.3 };
    const kite = { classIndex: 2, row: 1, column: 1, value: 0.31 };
    expect(decodeCenternet(output([person, kite]), [0], 0.1)).toEqual([]);
  });

  it('takes peaks at its border', () => {
    const corners = [
      { classIndex: 0, row: 0, column: 0, value: 0.2 },
      { classIndex: 0, row: 3, column: 4, value: 0.2 },
    ];
    expect(decodeCenternet(output(corners), [0], 0.1)).toHaveLength(2);
  });
});
