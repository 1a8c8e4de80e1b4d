import type { Box } from '../../geo/frames.ts';

/** Where a photo changed. Cells are squares from its top-left corner, row by row. */
export class ChangeMap {
  /** Side of a cell, px of the photo. */
  readonly cellPx: number;
  readonly #cols: number;
  /** (rows, cols): 1 where something changed. */
  readonly #changed: Uint8Array;

  /** @param changed (rows, cols): 1 where something changed; kept, and written to by `mark`. */
  constructor(cellPx: number, cols: number, changed: Uint8Array) {
    this.cellPx = cellPx;
    this.#cols = cols;
    this.#changed = changed;
  }

  /** Marks all cells that a box touches, px of the photo. */
  mark(box: Box): void {
    for (const row of this.#rowsOf(box)) row.fill(1);
  }

  /** How many changed cells a box touches, px of the photo. */
  count(box: Box): number {
    let count = 0;
    for (const row of this.#rowsOf(box)) for (const changed of row) count += changed;
    return count;
  }

  /** The cells that a box touches, row by row. */
  #rowsOf({ x, y, w, h }: Box): readonly Uint8Array[] {
    const rows = this.#changed.length / this.#cols;
    const cellsOf = (start: number, length: number, most: number) => ({
      from: Math.min(most, Math.max(0, Math.floor(start / this.cellPx))),
      to: Math.min(most, Math.max(0, Math.ceil((start + length) / this.cellPx))),
    });
    const [across, down] = [cellsOf(x, w, this.#cols), cellsOf(y, h, rows)];
    return Array.from({ length: Math.max(0, down.to - down.from) }, (_, at) => {
      const start = (down.from + at) * this.#cols;
      return this.#changed.subarray(start + across.from, start + across.to);
    });
  }
}
