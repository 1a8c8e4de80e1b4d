import type { Detection } from '../detection.ts';

/** Spread of a neighbourhood, in heights of the box in its middle; farther than three times that nothing counts. */
const spreadHeights = 24;
const reach = 3;
/** Spread of heights that are alike: a factor of e. */
const spreadLogHeight = 1;
/** Side of a cell, in heights; boxes of one cell have heights from one power of two to the next, and count as one. */
const cellHeights = 16;

/** Boxes so near and so alike that they count as one, in their middle. */
interface Cell {
  confidence: number;
  /** Sums of each box's, weighted by its confidence. */
  u: number;
  v: number;
  logHeight: number;
}

/**
 * What is around each box of one label: the confidences of others, each by how near it is and how like in height. A
 * photo has room for few cells, so it takes time in proportion to the number of boxes.
 */
export class Neighbourhood {
  readonly #cells: readonly Cell[];

  constructor(found: readonly Detection[]) {
    const cells = new Map<string, Cell>();
    for (const one of found) {
      const { u, v, logHeight } = placeOf(one);
      const level = Math.floor(logHeight / Math.LN2);
      const sidePx = cellHeights * 2 ** level;
      const key = `${level} ${Math.floor(u / sidePx)} ${Math.floor(v / sidePx)}`;
      const cell = cells.get(key) ?? { confidence: 0, u: 0, v: 0, logHeight: 0 };
      cells.set(key, cell);
      cell.confidence += one.confidence;
      cell.u += one.confidence * u;
      cell.v += one.confidence * v;
      cell.logHeight += one.confidence * logHeight;
    }
    this.#cells = [...cells.values()].map(({ confidence, u, v, logHeight }) => ({
      ...{ confidence, u: u / confidence, v: v / confidence, logHeight: logHeight / confidence },
    }));
  }

  /** What is around a box, without some others and without itself. */
  around(one: Detection, without: readonly Detection[]): number {
    const middle = placeOf(one);
    const perPx = 1 / (spreadHeights * one.box.h);
    let sum = 0;
    for (const cell of this.#cells) sum += cell.confidence * weightOf(cell, middle, perPx);
    for (const other of without) sum -= other.confidence * weightOf(placeOf(other), middle, perPx);
    return Math.max(0, sum);
  }
}

type Place = Omit<Cell, 'confidence'>;

/** The middle of a box's foot, px, and the logarithm of its height. */
function placeOf({ box }: Detection): Place {
  return { u: box.x + box.w / 2, v: box.y + box.h, logHeight: Math.log(box.h) };
}

/** How much of a neighbour something is: 1 at the same place and height, 0 out of reach. */
function weightOf(other: Place, middle: Place, perPx: number): number {
  const right = (other.u - middle.u) * perPx;
  const down = (other.v - middle.v) * perPx;
  const taller = (other.logHeight - middle.logHeight) / spreadLogHeight;
  const far = right * right + down * down + taller * taller;
  return far > reach * reach ? 0 : Math.exp(-far / 2);
}
