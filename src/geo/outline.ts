import type { Position } from 'geojson';
import { signedArea } from './polygon.ts';

/** Cells that are in or out: (rows, cols), row-major, northern row first; 0: out. */
export interface Mask {
  readonly cols: number;
  readonly rows: number;
  readonly cells: Uint8Array;
}

/** Sides of a block of four cells, between which a segment runs: middle of the top, right, bottom, left. */
type Side = 0 | 1 | 2 | 3;

/** Segments by which corners are in (8: north-west, 4: north-east, 2: south-east, 1: south-west), with these on their left. */
const segments: readonly (readonly Side[])[] = [
  ...[[], [2, 3], [1, 2], [1, 3], [0, 1], [0, 1, 2, 3], [0, 2], [0, 3]],
  ...[[3, 0], [2, 0], [3, 0, 1, 2], [1, 0], [3, 1], [2, 1], [3, 2], []],
] as const;

/**
 * Polygons around the cells that are in, in columns and rows: x grows to the east, y to the north, the first cell's
 * centre is (0, 0) and its southern neighbour's (0, −1). Edges run midway between centres; outer rings run
 * counter-clockwise. Cells that touch by a corner alone are apart, so that no ring meets another.
 * Source: marching squares, W. E. Lorensen and H. E. Cline (1987), in two dimensions.
 */
export function outlineCells(mask: Mask): readonly Position[][][] {
  const next = linkSides(mask);
  const parts = labelParts(mask);
  const polygons = new Map<number, { outer: Position[][]; holes: Position[][] }>();
  const wide = mask.cols + 2;
  for (let start = 0; start < next.length; start++) {
    if ((next[start] ?? -1) < 0) continue;
    const ring = followRing(next, start, wide);
    const [col, row] = [((start >> 1) % wide) - 1, Math.floor((start >> 1) / wide) - 1];
    const isIn = (c: number, r: number) => c >= 0 && r >= 0 && c < mask.cols && mask.cells[r * mask.cols + c];
    const [c, r] = isIn(col, row) ? [col, row] : start % 2 === 0 ? [col + 1, row] : [col, row + 1];
    const part = parts[r * mask.cols + c] ?? 0;
    const polygon = polygons.get(part) ?? { outer: [], holes: [] };
    (signedArea(ring) > 0 ? polygon.outer : polygon.holes).push(ring);
    polygons.set(part, polygon);
  }
  return [...polygons.values()].map(({ outer, holes }) => [...outer, ...holes]);
}

/**
 * Where a segment leads from the middle of each side; −1: nowhere. Side 2·n lies east of the centre of cell n, side
 * 2·n + 1 south of it, with cells numbered on a grid that is one cell wider all around.
 */
function linkSides({ cols, rows, cells }: Mask): Int32Array {
  const wide = cols + 2;
  const next = new Int32Array(2 * wide * (rows + 2)).fill(-1);
  const at = (c: number, r: number): number =>
    c >= 0 && r >= 0 && c < cols && r < rows ? (cells[r * cols + c] ?? 0) : 0;
  for (let r = -1; r < rows; r++) {
    let west = 0;
    for (let c = -1; c < cols; c++) {
      const east = (at(c + 1, r) ? 4 : 0) + (at(c + 1, r + 1) ? 2 : 0);
      const corners = segments[west + east] ?? [];
      west = (east & 4 ? 8 : 0) + (east & 2 ? 1 : 0);
      const cell = (r + 1) * wide + c + 1;
      const sides = [2 * cell, 2 * (cell + 1) + 1, 2 * (cell + wide), 2 * cell + 1];
      for (let i = 0; i < corners.length; i += 2) next[sides[corners[i] ?? 0] ?? 0] = sides[corners[i + 1] ?? 0] ?? -1;
    }
  }
  return next;
}

/** Walks a ring to its end and unlinks it. Points in the middle of a straight edge are left out. */
function followRing(next: Int32Array, start: number, wide: number): Position[] {
  const ring: Position[] = [];
  for (let side = start, ahead = next[side] ?? -1; ahead >= 0; ahead = next[side] ?? -1) {
    next[side] = -1;
    const point = placeOf(side, wide);
    const [before, last] = [ring.at(-2), ring.at(-1)];
    if (before && last && isStraight(before, last, point)) ring.pop();
    ring.push(point);
    side = ahead;
  }
  const [first = []] = ring;
  return [...ring, first];
}

function placeOf(side: number, wide: number): Position {
  const cell = side >> 1;
  const [x, y] = [(cell % wide) - 1, 1 - Math.floor(cell / wide)];
  return side % 2 === 0 ? [x + 0.5, y] : [x, y - 0.5];
}

function isStraight([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position, [cx = 0, cy = 0]: Position): boolean {
  return (bx - ax) * (cy - by) === (by - ay) * (cx - bx);
}

/** The number of its connected part for each cell that is in; 0: out. Cells are neighbours by their sides. */
function labelParts({ cols, rows, cells }: Mask): Int32Array {
  const parts = new Int32Array(cols * rows);
  const stack: number[] = [];
  let part = 0;
  for (let seed = 0; seed < cells.length; seed++) {
    if (!cells[seed] || parts[seed]) continue;
    part++;
    stack.push(seed);
    for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
      if (!cells[cell] || parts[cell]) continue;
      parts[cell] = part;
      const col = cell % cols;
      if (col > 0) stack.push(cell - 1);
      if (col < cols - 1) stack.push(cell + 1);
      stack.push(cell - cols, cell + cols);
    }
  }
  return parts;
}
