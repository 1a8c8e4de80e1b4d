import type { Crs } from '../geo/crs.ts';
import type { Enu, PlaneOrigin } from '../geo/frames.ts';
import { fromEnu } from '../geo/plane.ts';
import { buildPeaks, type Peaks } from './peaks.ts';
import { type DemRaster, unknownHeight } from './raster.ts';

/**
 * Where a point of a tangent plane lies on the grid: three polynomials in (east, north, up), of the terms
 * 1, e, n, u, e², en, n², eu, nu.
 */
interface Placement {
  readonly col: Float64Array;
  readonly row: Float64Array;
  /** Height in the datum of the DEM. */
  readonly height: Float64Array;
}

/** A DEM laid under a tangent plane: what rays of that plane can hit. Bilinear between nodes. */
export interface DemGrid extends DemRaster {
  readonly placement: Placement;
  readonly peaks: Peaks;
  /** Coarser ground over a wider window, laid under the same plane: for what lies off this grid. */
  readonly beyond?: DemGrid;
}

/**
 * Lays a raster under the tangent plane at `origin`.
 * The placement is the second-order expansion of the exact conversion (ellipsoid and projection): it is within 1 mm
 * at 3 km and grows with the cube of the distance, to about 4 cm at 10 km.
 */
export function layDem(raster: DemRaster, crs: Crs, origin: PlaneOrigin): DemGrid {
  const place = (eastM: number, northM: number, upM: number): readonly [number, number, number] => {
    const position = fromEnu(origin, { eastM, northM, upM });
    const { x, y } = crs.fromLngLat(position);
    return [(x - raster.x0) / raster.stepX, (raster.y0 - y) / raster.stepY, position.heightM];
  };
  const placement = { col: expand(place, 0), row: expand(place, 1), height: expand(place, 2) };
  return { ...raster, placement, peaks: buildPeaks(raster) };
}

/** Lays a raster of a flat metric frame: east is x, north is y, up is the height, all from `origin`. */
export function layFlatDem(raster: DemRaster, origin: { x: number; y: number; heightM: number }): DemGrid {
  const col = new Float64Array(9);
  const row = new Float64Array(9);
  const height = new Float64Array(9);
  col.set([(origin.x - raster.x0) / raster.stepX, 1 / raster.stepX]);
  row.set([(raster.y0 - origin.y) / raster.stepY, 0, -1 / raster.stepY]);
  height.set([origin.heightM, 0, 0, 1]);
  return { ...raster, placement: { col, row, height }, peaks: buildPeaks(raster) };
}

/** The value of one polynomial of a placement. Terms are read by number: taking the array apart is 2.5 times slower. */
export function evaluate(terms: Float64Array, { eastM: e, northM: n, upM: u }: Enu): number {
  const k = (term: number): number => terms[term] ?? 0;
  return (
    k(0) + k(1) * e + k(2) * n + k(3) * u + k(4) * e * e + k(5) * e * n + k(6) * n * n + k(7) * e * u + k(8) * n * u
  );
}

/** Elevation of the ground at a column and row, m in the datum of the DEM; undefined off the grid and beside unknown nodes. */
export function elevationAt(dem: DemRaster, col: number, row: number): number | undefined {
  if (!(col >= 0 && row >= 0 && col <= dem.cols - 1 && row <= dem.rows - 1)) return undefined;
  const c = Math.min(Math.floor(col), dem.cols - 2);
  const r = Math.min(Math.floor(row), dem.rows - 2);
  const at = r * dem.cols + c;
  const h00 = dem.heights[at] ?? unknownHeight;
  const h10 = dem.heights[at + 1] ?? unknownHeight;
  const h01 = dem.heights[at + dem.cols] ?? unknownHeight;
  const h11 = dem.heights[at + dem.cols + 1] ?? unknownHeight;
  if (Math.min(h00, h10, h01, h11) === unknownHeight) return undefined;
  const x = col - c;
  const y = row - r;
  return (h00 * (1 - x) + h10 * x) * (1 - y) + (h01 * (1 - x) + h11 * x) * y;
}

/** The grid that holds the place of a point: this one, or off it the coarser one beyond. */
function gridUnder(dem: DemGrid, point: Enu): DemGrid {
  if (!dem.beyond) return dem;
  const col = evaluate(dem.placement.col, point);
  const row = evaluate(dem.placement.row, point);
  const isOn = col >= 0 && row >= 0 && col <= dem.cols - 1 && row <= dem.rows - 1;
  return isOn ? dem : gridUnder(dem.beyond, point);
}

/** Elevation of the ground under a point of the tangent plane, m in the datum of the DEM; undefined where the DEM has none. */
export function elevationUnder(dem: DemGrid, point: Enu): number | undefined {
  const grid = gridUnder(dem, point);
  return elevationAt(grid, evaluate(grid.placement.col, point), evaluate(grid.placement.row, point));
}

/** The larger side of a cell under a point, m. */
export function stepUnder(dem: DemGrid, point: Enu): number {
  const { col, row } = gridUnder(dem, point).placement;
  const along = ([, perEast = 0, perNorth = 0]: Float64Array): number => 1 / Math.hypot(perEast, perNorth);
  return Math.max(along(col), along(row));
}

/** The ground straight under or over a place of the tangent plane; undefined where the DEM has no elevation. */
export function groundAt(dem: DemGrid, eastM: number, northM: number): Enu | undefined {
  let point: Enu = { eastM, northM, upM: 0 };
  for (let step = 0; step < 3; step++) {
    const elevation = elevationUnder(dem, point);
    if (elevation === undefined) return undefined;
    const stepM = elevation - evaluate(dem.placement.height, point);
    point = { eastM, northM, upM: point.upM + stepM };
    // the next step would be smaller by the slope times distance over the Earth's radius
    if (Math.abs(stepM) < 1e-3) break;
  }
  return point;
}

/** Steps of the central differences: third-order terms cancel or stay below 1 mm within it. */
const stepM = 1000;

/** The second-order expansion of one output of `place` around the origin, by central differences. */
function expand(place: (e: number, n: number, u: number) => readonly [number, number, number], output: 0 | 1 | 2) {
  const s = stepM;
  const at = (e: number, n: number, u: number) => place(e * s, n * s, u * s)[output];
  const middle = at(0, 0, 0);
  const slope = (plus: number, minus: number) => (plus - minus) / (2 * s);
  const bow = (plus: number, minus: number) => (plus + minus - 2 * middle) / (2 * s * s);
  const twist = (pp: number, pm: number, mp: number, mm: number) => (pp - pm - mp + mm) / (4 * s * s);
  return Float64Array.of(
    middle,
    slope(at(1, 0, 0), at(-1, 0, 0)),
    slope(at(0, 1, 0), at(0, -1, 0)),
    slope(at(0, 0, 1), at(0, 0, -1)),
    bow(at(1, 0, 0), at(-1, 0, 0)),
    twist(at(1, 1, 0), at(1, -1, 0), at(-1, 1, 0), at(-1, -1, 0)),
    bow(at(0, 1, 0), at(0, -1, 0)),
    twist(at(1, 0, 1), at(1, 0, -1), at(-1, 0, 1), at(-1, 0, -1)),
    twist(at(0, 1, 1), at(0, 1, -1), at(0, -1, 1), at(0, -1, -1)),
  );
}
