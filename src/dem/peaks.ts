import { type DemRaster, unknownHeight } from './raster.ts';

/** One level of the max-pyramid: each block covers `span` × `span` cells. */
interface PeakLevel {
  readonly cols: number;
  readonly rows: number;
  /** Cells along a side of a block: a power of two. */
  readonly span: number;
  /** (rows, cols): no ground inside the block is higher, m. */
  readonly tops: Float32Array;
}

/** Max-pyramid over the cells of a grid. Lets a ray skip the air over whole blocks. */
export interface Peaks {
  /** Finest first; the last one is a single block. */
  readonly levels: readonly PeakLevel[];
  /** The highest node, m. An unknown node counts as high as this: no ground is known to be higher. */
  readonly highestM: number;
}

/** Cells along a side of the finest block: smaller ones cost more to visit than they save. */
const finestSpan = 4;

type Nodes = Pick<DemRaster, 'cols' | 'rows' | 'heights'>;

/** Builds the pyramid. Bilinear ground is never higher than the highest node of its cell. */
export function buildPeaks(nodes: Nodes): Peaks {
  let highest = unknownHeight;
  for (const height of nodes.heights) highest = Math.max(highest, height);
  const highestM = roundUp(highest);
  let level = finestLevel(nodes, highestM);
  const levels = [level];
  while (level.cols > 1 || level.rows > 1) {
    level = coarserLevel(level);
    levels.push(level);
  }
  return { levels, highestM };
}

function finestLevel({ cols, rows, heights }: Nodes, highestM: number): PeakLevel {
  const blockCols = Math.max(1, Math.ceil((cols - 1) / finestSpan));
  const blockRows = Math.max(1, Math.ceil((rows - 1) / finestSpan));
  const tops = new Float32Array(blockCols * blockRows).fill(unknownHeight);
  for (let row = 0; row < rows; row++) {
    const [firstRow, lastRow] = blocksOfNode(row, blockRows);
    for (let col = 0; col < cols; col++) {
      const height = heights[row * cols + col] ?? unknownHeight;
      const top = height === unknownHeight ? highestM : height;
      const [firstCol, lastCol] = blocksOfNode(col, blockCols);
      for (let r = firstRow; r <= lastRow; r++) {
        for (let c = firstCol; c <= lastCol; c++) {
          const at = r * blockCols + c;
          if (top > (tops[at] ?? top)) tops[at] = roundUp(top);
        }
      }
    }
  }
  return { cols: blockCols, rows: blockRows, span: finestSpan, tops };
}

/** First and last block that a node belongs to: two when it lies on their border. */
function blocksOfNode(node: number, blocks: number): readonly [number, number] {
  const last = Math.min(Math.floor(node / finestSpan), blocks - 1);
  return [node % finestSpan === 0 ? Math.max(0, Math.min(last, node / finestSpan - 1)) : last, last];
}

function coarserLevel(fine: PeakLevel): PeakLevel {
  const cols = Math.ceil(fine.cols / 2);
  const rows = Math.ceil(fine.rows / 2);
  const tops = new Float32Array(cols * rows).fill(unknownHeight);
  for (let row = 0; row < fine.rows; row++) {
    for (let col = 0; col < fine.cols; col++) {
      const at = (row >> 1) * cols + (col >> 1);
      tops[at] = Math.max(tops[at] ?? unknownHeight, fine.tops[row * fine.cols + col] ?? unknownHeight);
    }
  }
  return { cols, rows, span: fine.span * 2, tops };
}

/** The nearest value that Float32 holds and that is not lower: a rounded-down top would hide ground. */
function roundUp(value: number): number {
  const rounded = Math.fround(value);
  return rounded >= value ? rounded : Math.fround(rounded + Math.abs(rounded) * 2 ** -23);
}
