import type { NodeGrid, StoredValues } from './header.ts';
import { type DemRaster, unknownHeight } from './raster.ts';
import type { Window } from './window.ts';

/** Values beyond this are no height on Earth: fillers that a file forgot to name. m */
const highestHeightM = 1e5;

/**
 * Gathers rows of stored numbers into heights, `every` × `every` nodes into the mean of those that are known; a block
 * whose nodes are mostly unknown is unknown. A class because it owns the block that is being filled.
 */
export class RowGatherer {
  readonly raster: DemRaster;
  private readonly values: StoredValues;
  private readonly every: number;
  private readonly sums: Float64Array;
  private readonly known: Uint32Array;
  /** Rows taken so far. */
  private taken = 0;

  /** `exact`: heights keep all digits of a double. */
  constructor(
    grid: NodeGrid,
    window: Window,
    values: StoredValues,
    { every, exact }: { every: number; exact: boolean },
  ) {
    const cols = Math.floor(window.cols / every);
    const rows = Math.floor(window.rows / every);
    const heights = exact ? new Float64Array(cols * rows) : new Float32Array(cols * rows);
    // The mean of a block stands in the middle of its nodes.
    const middle = (every - 1) / 2;
    this.raster = {
      cols,
      rows,
      x0: grid.x0 + (window.col + middle) * grid.stepX,
      y0: grid.y0 - (window.row + middle) * grid.stepY,
      stepX: grid.stepX * every,
      stepY: grid.stepY * every,
      heights,
    };
    this.values = values;
    this.every = every;
    this.sums = new Float64Array(cols);
    this.known = new Uint32Array(cols);
  }

  /** Takes the next rows of the window: (rows, window.cols), row-major. */
  take(stored: ArrayLike<number>, windowCols: number): void {
    const { every, raster } = this;
    for (let start = 0; start < stored.length; start += windowCols) {
      if (this.taken >= raster.rows * every) return;
      this.takeRow(stored, start);
      this.taken++;
      if (this.taken % every === 0) this.flush(this.taken / every - 1);
    }
  }

  /** Adds one row to the blocks. Its loop is the hot one of a read: everything it touches is local. */
  private takeRow(stored: ArrayLike<number>, start: number): void {
    const { every, sums, known } = this;
    const { scale, offset, nodata = Number.NaN } = this.values;
    const nodata32 = Math.fround(nodata);
    for (let block = 0, at = start; block < sums.length; block++) {
      for (let cell = 0; cell < every; cell++, at++) {
        const value = stored[at] ?? Number.NaN;
        const height = value * scale + offset;
        // NaN, infinities and nameless fillers fail this comparison.
        if (!(Math.abs(height) <= highestHeightM) || value === nodata || value === nodata32) continue;
        sums[block] = (sums[block] ?? 0) + height;
        known[block] = (known[block] ?? 0) + 1;
      }
    }
  }

  private flush(row: number): void {
    const { cols, heights } = this.raster;
    const needed = (this.every * this.every) / 2;
    for (let col = 0; col < cols; col++) {
      const known = this.known[col] ?? 0;
      heights[row * cols + col] = known > 0 && known >= needed ? (this.sums[col] ?? 0) / known : unknownHeight;
    }
    this.sums.fill(0);
    this.known.fill(0);
  }
}
