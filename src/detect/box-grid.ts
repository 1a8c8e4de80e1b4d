import type { Box } from '../geo/frames.ts';

interface Level<T> {
  /** All boxes of this level have a longer side of at most this, px. */
  readonly sidePx: number;
  readonly cells: Map<number, T[]>;
}

/** Columns beyond this many would share a key with the next row; then cells mix, and nothing is lost. */
const columnsOfKey = 2 ** 26;

/**
 * Boxes by place: each lies in the one cell of its centre, in a grid whose cells are as large as it is. So it takes
 * the same time to find the neighbours of a box however large boxes are and however many lie elsewhere.
 */
export class BoxGrid<T extends { readonly box: Box }> {
  readonly #levels = new Map<number, Level<T>>();

  add(entry: T): void {
    const { box } = entry;
    const exponent = Math.ceil(Math.log2(Math.max(1, box.w, box.h)));
    let level = this.#levels.get(exponent);
    if (!level) {
      level = { sidePx: 2 ** exponent, cells: new Map() };
      this.#levels.set(exponent, level);
    }
    const key = keyOf(toCell(box.x + box.w / 2, level.sidePx), toCell(box.y + box.h / 2, level.sidePx));
    const cell = level.cells.get(key);
    if (cell) cell.push(entry);
    else level.cells.set(key, [entry]);
  }

  /** All entries whose box may touch this one, and some that do not. */
  *near(box: Box): Generator<T> {
    for (const { sidePx, cells } of this.#levels.values()) {
      const reachPx = sidePx / 2;
      const [fromX, toX] = [toCell(box.x - reachPx, sidePx), toCell(box.x + box.w + reachPx, sidePx)];
      const [fromY, toY] = [toCell(box.y - reachPx, sidePx), toCell(box.y + box.h + reachPx, sidePx)];
      if ((toX - fromX + 1) * (toY - fromY + 1) > cells.size) {
        for (const cell of cells.values()) yield* cell;
        continue;
      }
      for (let y = fromY; y <= toY; y++) {
        for (let x = fromX; x <= toX; x++) yield* cells.get(keyOf(x, y)) ?? [];
      }
    }
  }
}

function toCell(px: number, sidePx: number): number {
  return Math.floor(px / sidePx);
}

function keyOf(column: number, row: number): number {
  return row * columnsOfKey + column;
}
