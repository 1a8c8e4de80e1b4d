/** Stands in `heights` for a node whose elevation is not known. */
export const unknownHeight = -1e9;

/** Elevations at the nodes of a north-up grid in some CRS. In a GeoTIFF a node is the centre of a pixel. */
export interface DemRaster {
  readonly cols: number;
  readonly rows: number;
  /** x and y of the first node, the north-western one, in the CRS. */
  readonly x0: number;
  readonly y0: number;
  /** Distances between columns (x grows) and rows (y shrinks), both positive, in the unit of the CRS. */
  readonly stepX: number;
  readonly stepY: number;
  /** (rows, cols), row-major, northern row first, m; `unknownHeight` where there is none. */
  readonly heights: Float32Array | Float64Array;
  /** How many times coarser than its file it was read; absent: as fine. */
  readonly thinned?: number;
}
