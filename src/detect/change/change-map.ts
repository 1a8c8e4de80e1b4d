import type { Box } from '../../geo/frames.ts';

/** Where a photo changed. Cells are squares from its top-left corner, row by row. */
export class ChangeMap {
  /** Side of a cell, px of the photo. */
  readonly cellPx: number;
  readonly cols: number;
  readonly rows: number;
  readonly #changed: Uint8Array;
  /** (rows + 1, cols + 1): changed cells above and left of each corner. */
  #sums: Uint32Array | undefined;

  /** @param changed (rows, cols): 1 where something changed. */
  constructor(cellPx: number, cols: number, changed: Uint8Array) {
    this.cellPx = cellPx;
    this.cols = cols;
    this.rows = changed.length / cols;
    this.#changed = changed.slice();
  }

  /** Marks all cells that a box touches, px of the photo. */
  mark(box: Box): void {
    const { left, top, right, bottom } = this.#cellsOf(box);
    for (let row = top; row < bottom; row++) this.#changed.fill(1, row * this.cols + left, row * this.cols + right);
    this.#sums = undefined;
  }

  /** How many changed cells a box touches, px of the photo. */
  count(box: Box): number {
    this.#sums ??= this.#sum();
    const sums = this.#sums;
    const { left, top, right, bottom } = this.#cellsOf(box);
    const at = (row: number, col: number): number => sums[row * (this.cols + 1) + col] as number;
    return at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left);
  }

  #cellsOf({ x, y, w, h }: Box) {
    const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
    const [left, top] = [clamp(Math.floor(x / this.cellPx), this.cols), clamp(Math.floor(y / this.cellPx), this.rows)];
    return {
      ...{ left, top },
      right: Math.max(left, clamp(Math.ceil((x + w) / this.cellPx), this.cols)),
      bottom: Math.max(top, clamp(Math.ceil((y + h) / this.cellPx), this.rows)),
    };
  }

  #sum(): Uint32Array {
    const width = this.cols + 1;
    const sums = new Uint32Array(width * (this.rows + 1));
    for (let row = 0; row < this.rows; row++) {
      let line = 0;
      for (let col = 0; col < this.cols; col++) {
        line += this.#changed[row * this.cols + col] as number;
        sums[(row + 1) * width + col + 1] = (sums[row * width + col + 1] as number) + line;
      }
    }
    return sums;
  }
}
