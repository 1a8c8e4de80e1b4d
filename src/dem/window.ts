import { ServiceError } from '../errors.ts';
import type { PlaneOrigin } from '../geo/frames.ts';
import { fromEnu } from '../geo/plane.ts';
import type { DemHeader, NodeGrid } from './header.ts';

/** A rectangle of nodes: first column and row, and how many. */
export interface Window {
  readonly col: number;
  readonly row: number;
  readonly cols: number;
  readonly rows: number;
}

/** The nodes of a grid within `radiusM` of a camera; undefined: the camera is not on it. */
export function windowAround(
  { crs }: Pick<DemHeader, 'crs'>,
  grid: NodeGrid,
  origin: PlaneOrigin,
  radiusM: number,
): Window | undefined {
  const corners = [-1, 0, 1].flatMap((e) =>
    [-1, 0, 1].map((n) => ({ eastM: e * radiusM, northM: n * radiusM, upM: 0 })),
  );
  const nodes = corners.map((corner) => {
    const { x, y } = crs.fromLngLat(fromEnu(origin, corner));
    return { col: (x - grid.x0) / grid.stepX, row: (grid.y0 - y) / grid.stepY };
  });
  const camera = nodes[4];
  if (!camera || !(camera.col >= 0 && camera.row >= 0)) return undefined;
  if (!(camera.col <= grid.cols - 1 && camera.row <= grid.rows - 1)) return undefined;
  const clamp = (value: number, max: number) => Math.min(Math.max(value, 0), max);
  const col = clamp(Math.floor(Math.min(...nodes.map((node) => node.col))), grid.cols - 1);
  const row = clamp(Math.floor(Math.min(...nodes.map((node) => node.row))), grid.rows - 1);
  const lastCol = clamp(Math.ceil(Math.max(...nodes.map((node) => node.col))), grid.cols - 1);
  const lastRow = clamp(Math.ceil(Math.max(...nodes.map((node) => node.row))), grid.rows - 1);
  return { col, row, cols: lastCol - col + 1, rows: lastRow - row + 1 };
}

/** A place on a grid, by its number among those asked for. */
export interface Spot {
  readonly at: number;
  readonly col: number;
  readonly row: number;
}

/** The nodes around all of some spots that lie on a grid. */
export function windowOver({ cols, rows }: NodeGrid, spots: readonly Spot[]): Window {
  const [colFrom, colTo] = span(spots.map(({ col }) => col));
  const [rowFrom, rowTo] = span(spots.map(({ row }) => row));
  // the last node has no cell of its own: it is the end of the one before
  const col = Math.max(0, Math.min(Math.floor(colFrom), cols - 2));
  const row = Math.max(0, Math.min(Math.floor(rowFrom), rows - 2));
  const lastCol = Math.min(Math.floor(colTo) + 1, cols - 1);
  const lastRow = Math.min(Math.floor(rowTo) + 1, rows - 1);
  return { col, row, cols: lastCol - col + 1, rows: lastRow - row + 1 };
}

function span(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

/** Says where the camera would be on a DEM that does not reach it. */
export function notCovering({ file, crs }: DemHeader, extent: string, origin: PlaneOrigin): ServiceError {
  const { x, y } = crs.fromLngLat(origin);
  const place = `x ${Number(x.toFixed(3))}, y ${Number(y.toFixed(3))}`;
  return new ServiceError('dem-not-covering', { file, epsg: crs.epsg, extent, at: sayPlace(origin), place });
}

export function sayPlace({ lng, lat }: PlaneOrigin): string {
  return `${lng.toFixed(5)}, ${lat.toFixed(5)}`;
}
