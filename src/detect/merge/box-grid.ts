import type { Box } from '../../geo/frames.ts';

interface Level<T> {
  /** All boxes of this level have a longer side of at most this, px. */
  readonly sidePx: number;
  readonly cells: Map<number, T[]>;
}

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
  near(box: Box): readonly T[] {
    const found: T[] = [];
    for (const { sidePx, cells } of this.#levels.values()) {
      const reachPx = sidePx / 2;
      const [fromX, toX] = [toCell(box.x - reachPx, sidePx), toCell(box.x + box.w + reachPx, sidePx)];
      const [fromY, toY] = [toCell(box.y - reachPx, sidePx), toCell(box.y + box.h + reachPx, sidePx)];
      if ((toX - fromX + 1) * (toY - fromY + 1) > cells.size) {
        for (const cell of cells.values()) for (const entry of cell) found.push(entry);
        continue;
      }
      for (let y = fromY; y <= toY; y++) {
        for (let x = fromX; x <= toX; x++) for (const entry of cells.get(keyOf(x, y)) ?? []) found.push(entry);
      }
    }
    return found;
  }
}

/** The grid of a label; made when it is first asked for. */
export function gridOf<T extends { readonly box: Box }>(grids: Map<string, BoxGrid<T>>, label: string): BoxGrid<T> {
  const known = grids.get(label);
  if (known) return known;
  const made = new BoxGrid<T>();
  grids.set(label, made);
  return made;
}

function toCell(px: number, sidePx: number): number {
  return Math.floor(px / sidePx);
}

/** A small integer, which maps find sooner than a large one; cells 32,768 apart share one, and nothing is lost. */
function keyOf(column: number, row: number): number {
  return ((row & 0x7fff) << 15) | (column & 0x7fff);
}
