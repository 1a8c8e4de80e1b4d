/** A quantity over a square of the site's plane around its origin. */
export interface PlaneGrid {
  readonly halfM: number;
  readonly stepM: number;
  readonly columns: number;
  /** (columns, columns), row-major from the south-west. */
  readonly values: Float32Array;
}

/** Samples a function at the nodes of a grid. */
export function sampleGrid(halfM: number, stepM: number, value: (eastM: number, northM: number) => number): PlaneGrid {
  const columns = Math.ceil((2 * halfM) / stepM) + 1;
  const values = new Float32Array(columns * columns);
  for (let row = 0; row < columns; row++) {
    for (let column = 0; column < columns; column++) {
      values[row * columns + column] = value(column * stepM - halfM, row * stepM - halfM);
    }
  }
  return { halfM, stepM, columns, values };
}

/** The bilinear value at a place; beyond the edge the edge's. */
export function readGrid({ halfM, stepM, columns, values }: PlaneGrid, eastM: number, northM: number): number {
  const x = Math.min(Math.max((eastM + halfM) / stepM, 0), columns - 1.001);
  const y = Math.min(Math.max((northM + halfM) / stepM, 0), columns - 1.001);
  const column = Math.floor(x);
  const row = Math.floor(y);
  const sx = x - column;
  const at = row * columns + column;
  const above = at + columns;
  const south = (values[at] as number) * (1 - sx) + (values[at + 1] as number) * sx;
  const north = (values[above] as number) * (1 - sx) + (values[above + 1] as number) * sx;
  return south + (north - south) * (y - row);
}

/** The same as sampling a grid and reading it, but a node is sampled when it is first read: a long lens sees few of them. */
export function sampleWhenAsked(
  halfM: number,
  stepM: number,
  value: (eastM: number, northM: number) => number,
): (eastM: number, northM: number) => number {
  const columns = Math.ceil((2 * halfM) / stepM) + 1;
  const values = new Float32Array(columns * columns).fill(Number.NaN);
  const grid: PlaneGrid = { halfM, stepM, columns, values };
  const fill = (row: number, column: number): void => {
    const at = row * columns + column;
    if (Number.isNaN(values[at])) values[at] = value(column * stepM - halfM, row * stepM - halfM);
  };
  return (eastM, northM) => {
    const column = Math.floor(Math.min(Math.max((eastM + halfM) / stepM, 0), columns - 1.001));
    const row = Math.floor(Math.min(Math.max((northM + halfM) / stepM, 0), columns - 1.001));
    fill(row, column);
    fill(row, column + 1);
    fill(row + 1, column);
    fill(row + 1, column + 1);
    return readGrid(grid, eastM, northM);
  };
}
