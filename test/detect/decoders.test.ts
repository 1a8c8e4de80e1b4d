import { describe, expect, it } from 'vitest';
import { decodeDetr, decodeDetrList } from '../../src/detect/decoders/decode-detr.ts';
import { decodeDistribution } from '../../src/detect/decoders/decode-distribution.ts';
import { decodeFastestdet } from '../../src/detect/decoders/decode-fastestdet.ts';
import { decodeSsd, toAnchors } from '../../src/detect/decoders/decode-ssd.ts';
import { decodeYolo } from '../../src/detect/decoders/decode-yolo.ts';
import { decodeYolox } from '../../src/detect/decoders/decode-yolox.ts';
import type { Box } from '../../src/geo/frames.ts';

/** Wider than high, so that rows and columns cannot be exchanged. */
const input = { widthPx: 32, heightPx: 16 };
const classes = 2;

function expectBox(found: readonly { box: Box }[], box: Box): void {
  expect(found).toHaveLength(1);
  for (const key of ['x', 'y', 'w', 'h'] as const) expect(found[0]?.box[key]).toBeCloseTo(box[key], 4);
}

describe('YOLOX', () => {
  // 4 × 2 cells of 8 px, then 2 × 1 of 16 px
  const stridesPx = [8, 16];
  const rowsWith = (cell: number, row: readonly number[]): Float32Array => {
    const rows = new Float32Array(10 * 7);
    rows.set(row, cell * 7);
    return rows;
  };

  it('counts a middle from the corner of its cell, and takes sides as logarithms', () => {
    const rows = rowsWith(6, [0.25, 0.5, Math.log(2), Math.log(0.5), 0.8, 0.1, 0.5]);
    const found = decodeYolox({ rows, classes, input, stridesPx }, 0.3);
    expectBox(found, { x: 18 - 8, y: 12 - 2, w: 16, h: 4 });
    expect(found[0]).toMatchObject({ classIndex: 1, confidence: expect.closeTo(0.4, 6) });
  });

  it('begins the next grid after the last cell of the one before', () => {
    const rows = rowsWith(9, [0, 0, 0, 0, 1, 1, 0]);
    expectBox(decodeYolox({ rows, classes, input, stridesPx }, 0.3), { x: 16 - 8, y: -8, w: 16, h: 16 });
  });

  it('gives nothing where the object or its class is not sure enough', () => {
    for (const sure of [
      [0.25, 1],
      [1, 0.25],
      [0.5, 0.5],
    ]) {
      const rows = rowsWith(0, [0, 0, 0, 0, ...sure, 0]);
      expect(decodeYolox({ rows, classes, input, stridesPx }, 0.3)).toEqual([]);
    }
  });
});

describe('YOLO', () => {
  // three boxes side by side: u, v, w, h, person, kite
  const planes = Float32Array.of(0, 8, 0, 0, 6, 0, 0, 4, 0, 0, 2, 0, 0.1, 0.2, 0.05, 0.2, 0.6, 0.1);

  it('reads a box down its column, from middle and sides', () => {
    const found = decodeYolo({ planes, classes, boxes: 3, unitPx: { widthPx: 1, heightPx: 1 } }, 0.3);
    expectBox(found, { x: 6, y: 5, w: 4, h: 2 });
    expect(found[0]).toMatchObject({ classIndex: 1, confidence: expect.closeTo(0.6, 6) });
  });

  it('makes pixels of shares', () => {
    const shares = planes.map((value, index) => (index < 12 ? value / 16 : value));
    const found = decodeYolo({ planes: shares, classes, boxes: 3, unitPx: input }, 0.3);
    expectBox(found, { x: 16 - 4, y: 6 - 1, w: 8, h: 2 });
  });
});

describe('a distribution over distances', () => {
  const bins = 3;
  const cells = 8;
  // all weight on one bin, or half on each of two neighbours
  const bin = (at: number): number[] => [0, 1, 2].map((index) => (index === at ? 50 : 0));
  const between = [50, 50, 0];
  const tables = (cell: number): { scores: Float32Array; distances: Float32Array } => {
    const scores = new Float32Array(cells * classes);
    scores.set([0.2, 0.7], cell * classes);
    const distances = new Float32Array(cells * 4 * bins);
    distances.set([...bin(0), ...bin(1), ...bin(2), ...between], cell * 4 * bins);
    return { scores, distances };
  };
  const levelOf = ({ scores, distances }: ReturnType<typeof tables>) => ({
    stridePx: 8,
    scores: { values: scores, first: 0, step: classes },
    distances: { values: distances, first: 0, step: 4 * bins },
  });

  it('reaches from the middle of its cell to the left, top, right and bottom, by mean bins and strides', () => {
    const of = { levels: [levelOf(tables(6))], classes, bins, input, centre: 0.5 };
    // cell 6 of 4 columns: its middle is (20, 12)
    expectBox(decodeDistribution(of, 0.3), { x: 20, y: 4, w: 16, h: 12 });
    expect(decodeDistribution(of, 0.3)[0]).toMatchObject({ classIndex: 1 });
    expect(decodeDistribution(of, 0.8)).toEqual([]);
  });

  it('or from its corner, where the network was taught so', () => {
    const of = { levels: [levelOf(tables(6))], classes, bins, input, centre: 0 };
    expectBox(decodeDistribution(of, 0.3), { x: 16, y: 0, w: 16, h: 12 });
  });

  it('reads tables that lie side by side in one', () => {
    const { scores, distances } = tables(5);
    const step = classes + 4 * bins;
    const values = new Float32Array(3 + cells * step);
    for (let cell = 0; cell < cells; cell++) {
      values.set(scores.subarray(cell * classes, (cell + 1) * classes), 3 + cell * step);
      values.set(distances.subarray(cell * 4 * bins, (cell + 1) * 4 * bins), 3 + cell * step + classes);
    }
    const level = {
      stridePx: 8,
      scores: { values, first: 3, step },
      distances: { values, first: 3 + classes, step },
    };
    const found = decodeDistribution({ levels: [level], classes, bins, input, centre: 0.5 }, 0.3);
    expectBox(found, { x: 12, y: 4, w: 16, h: 12 });
  });
});

it('FastestDet shifts by the hyperbolic tangent and sizes by the sigmoid, both of the whole input', () => {
  const planes = new Float32Array(7 * 8);
  // cell 6 of 4 × 2
  [0.9, Math.atanh(0.5), Math.atanh(-0.25), 0, Math.log(1 / 3), 0.2, 0.8].forEach((value, plane) => {
    planes[plane * 8 + 6] = value;
  });
  const found = decodeFastestdet({ planes, classes, rows: 2, columns: 4, input }, 0.3);
  expectBox(found, { x: 20 - 8, y: 6 - 2, w: 16, h: 4 });
  expect(found[0]).toMatchObject({ classIndex: 1, confidence: expect.closeTo(0.9 ** 0.6 * 0.8 ** 0.4, 6) });
});

describe('SSD', () => {
  const anchors = toAnchors(
    [
      { rows: 1, columns: 2, sizes: [[0.25, 0.5]] },
      {
        rows: 1,
        columns: 1,
        sizes: [
          [0.5, 1],
          [1, 0.5],
        ],
      },
    ],
    input,
  );
  const common = { classes, anchors, background: true, activation: 'none' as const, variances: [0.1, 0.2] as const };

  it('lays anchors around the middles of cells, grid by grid', () => {
    expect(anchors).toEqual([
      { x: 4, y: 4, w: 8, h: 8 },
      { x: 20, y: 4, w: 8, h: 8 },
      { x: 8, y: 0, w: 16, h: 16 },
      { x: 0, y: 4, w: 32, h: 8 },
    ]);
  });

  it('moves an anchor by its own size and the variances, in either order of the axes', () => {
    const scores = new Float32Array(4 * 3);
    scores.set([0.9, 0.1, 0.6], 3 * 3);
    const offsets = new Float32Array(4 * 4);
    offsets.set([1, -2.5, Math.log(0.5) / 0.2, Math.log(2) / 0.2], 3 * 4);
    const moved = { x: 16 + 3.2 - 8, y: 8 - 2 - 8, w: 16, h: 16 };
    expectBox(decodeSsd({ ...common, offsets, scores, axes: 'uv' }, 0.3), moved);
    const turned = new Float32Array(4 * 4);
    turned.set([-2.5, 1, Math.log(2) / 0.2, Math.log(0.5) / 0.2], 3 * 4);
    const found = decodeSsd({ ...common, offsets: turned, scores, axes: 'vu' }, 0.3);
    expectBox(found, moved);
    expect(found[0]?.classIndex).toBe(1);
  });

  it('makes confidences of logits, the background among them', () => {
    const offsets = new Float32Array(16);
    const scores = Float32Array.from({ length: 12 }, () => -20);
    scores.set([0, -20, Math.log(3)], 0);
    const soft = decodeSsd({ ...common, offsets, scores, axes: 'uv', activation: 'softmax' }, 0.5);
    expect(soft).toEqual([expect.objectContaining({ classIndex: 1, confidence: expect.closeTo(0.75, 5) })]);
    const sigmoid = decodeSsd({ ...common, offsets, scores, axes: 'uv', activation: 'sigmoid' }, 0.5);
    expect(sigmoid).toEqual([expect.objectContaining({ confidence: expect.closeTo(0.75, 5) })]);
  });
});

describe('DETR', () => {
  it('takes the strongest class of a query, and a box from shares of the input', () => {
    const logits = Float32Array.of(-3, -4, Math.log(3), -1);
    const boxes = Float32Array.of(0, 0, 0, 0, 0.5, 0.25, 0.25, 0.5);
    const found = decodeDetr({ logits, boxes, classes, input }, 0.3);
    expectBox(found, { x: 16 - 4, y: 4 - 4, w: 8, h: 8 });
    expect(found[0]).toMatchObject({ classIndex: 0, confidence: expect.closeTo(0.75, 6) });
  });

  it('takes a list of labels, corners and scores as it is', () => {
    const found = decodeDetrList(
      {
        labels: Float32Array.of(1, 0),
        boxes: Float32Array.of(1, 2, 4, 8, 0, 0, 1, 1),
        scores: Float32Array.of(0.5, 0.1),
      },
      0.3,
    );
    expect(found).toEqual([{ classIndex: 1, confidence: 0.5, box: { x: 1, y: 2, w: 3, h: 6 } }]);
  });
});
