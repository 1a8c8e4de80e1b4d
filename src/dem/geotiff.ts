import { writeFile } from 'node:fs/promises';
import { fromFile, type GeoTIFFImage, writeArrayBuffer } from 'geotiff';
import { ServiceError } from '../errors.ts';
import { type Crs, getCrs } from '../geo/crs.ts';
import type { PlaneOrigin } from '../geo/frames.ts';
import { fromEnu } from '../geo/plane.ts';
import { type DemGrid, layDem } from './grid.ts';
import { type DemRaster, unknownHeight } from './raster.ts';

/** An elevation model on disk. */
export interface DemFile {
  readonly file: string;
  /** EPSG code of its axes; undefined: the file says it. */
  readonly epsg: number | undefined;
}

/** A rectangle of nodes: first column and row, and how many. */
interface Window {
  readonly col: number;
  readonly row: number;
  readonly cols: number;
  readonly rows: number;
}

/** All that a GeoTIFF says about its nodes, without the heights. */
interface DemHeader {
  readonly file: string;
  readonly image: GeoTIFFImage;
  readonly crs: Crs;
  readonly grid: Omit<DemRaster, 'heights'>;
}

/**
 * Reads the elevations within `radiusM` of a camera and lays them under its tangent plane. Only that window is read.
 * @throws ServiceError file-missing, dem-unreadable, dem-without-epsg, epsg-unknown, dem-not-covering, dem-empty
 */
export async function readDemAround(dem: DemFile, origin: PlaneOrigin, radiusM: number): Promise<DemGrid> {
  const header = await readHeader(dem);
  const window = windowAround(header, origin, radiusM);
  const raster = await readWindow(header, window);
  if (raster.heights.every((height) => height === unknownHeight)) {
    throw new ServiceError('dem-empty', { file: dem.file, radiusM, at: sayPlace(origin) });
  }
  return layDem(raster, header.crs, origin);
}

/**
 * Reads a whole elevation model: for small ones, such as a simulated lake's.
 * @throws ServiceError file-missing, dem-unreadable, dem-without-epsg, epsg-unknown
 */
export async function readDemRaster(dem: DemFile): Promise<DemRaster & { readonly epsg: number }> {
  const header = await readHeader(dem);
  const { cols, rows } = header.grid;
  return { ...(await readWindow(header, { col: 0, row: 0, cols, rows })), epsg: header.crs.epsg };
}

/** Writes a Float32 GeoTIFF, one strip, PixelIsArea: each node becomes the centre of a pixel. */
export async function writeDemGeotiff(file: string, raster: DemRaster, epsg: number): Promise<void> {
  const crsKey = getCrs(epsg).geographic
    ? { GTModelTypeGeoKey: 2, GeographicTypeGeoKey: epsg }
    : { GTModelTypeGeoKey: 1, ProjectedCSTypeGeoKey: epsg };
  const bytes = writeArrayBuffer(Float32Array.from(raster.heights), {
    width: raster.cols,
    height: raster.rows,
    ModelPixelScale: [raster.stepX, raster.stepY, 0],
    ModelTiepoint: [0, 0, 0, raster.x0 - raster.stepX / 2, raster.y0 + raster.stepY / 2, 0],
    GTRasterTypeGeoKey: 1,
    GDAL_NODATA: String(unknownHeight),
    ...crsKey,
  });
  await writeFile(file, new Uint8Array(bytes as ArrayBuffer));
}

async function readHeader({ file, epsg }: DemFile): Promise<DemHeader> {
  const image = await openImage(file);
  const code = epsg ?? epsgOf(image);
  if (code === undefined) throw new ServiceError('dem-without-epsg', { file });
  return { file, image, crs: getCrs(code), grid: gridOf(image, file) };
}

async function openImage(file: string): Promise<GeoTIFFImage> {
  try {
    const tiff = await fromFile(file);
    return await tiff.getImage();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const missing = cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'EACCES');
    throw new ServiceError(missing ? 'file-missing' : 'dem-unreadable', { file, why }, { cause });
  }
}

/** EPSG code that the file itself names; 32767 means "described otherwise". */
function epsgOf(image: GeoTIFFImage): number | undefined {
  const keys = image.getGeoKeys();
  const code = keys?.ProjectedCSTypeGeoKey ?? keys?.GeographicTypeGeoKey;
  return typeof code === 'number' && code > 0 && code !== 32767 ? code : undefined;
}

function gridOf(image: GeoTIFFImage, file: string): DemHeader['grid'] {
  let origin: readonly number[];
  let resolution: readonly number[];
  try {
    origin = image.getOrigin();
    resolution = image.getResolution();
  } catch (cause) {
    throw new ServiceError('dem-unreadable', { file, why: 'it has no position on the Earth' }, { cause });
  }
  const [x = 0, y = 0] = origin;
  const [stepX = 0, negativeStepY = 0] = resolution;
  const transformation: unknown = image.fileDirectory.getValue('ModelTransformation');
  const [, skewX = 0, , , skewY = 0] = isNumbers(transformation) ? transformation : [];
  if (!(stepX > 0 && negativeStepY < 0) || skewX !== 0 || skewY !== 0) {
    throw new ServiceError('dem-unreadable', { file, why: 'its rows do not run from west to east, north first' });
  }
  // PixelIsPoint: the position is that of the first node. PixelIsArea: of the corner of its pixel.
  const half = image.getGeoKeys()?.GTRasterTypeGeoKey === 2 ? 0 : 0.5;
  return {
    cols: image.getWidth(),
    rows: image.getHeight(),
    x0: x + half * stepX,
    y0: y + half * negativeStepY,
    stepX,
    stepY: -negativeStepY,
  };
}

/** The nodes within `radiusM` of the camera. */
function windowAround({ file, crs, grid }: DemHeader, origin: PlaneOrigin, radiusM: number): Window {
  const corners = [-1, 0, 1].flatMap((e) =>
    [-1, 0, 1].map((n) => ({ eastM: e * radiusM, northM: n * radiusM, upM: 0 })),
  );
  const nodes = corners.map((corner) => {
    const { x, y } = crs.fromLngLat(fromEnu(origin, corner));
    return { col: (x - grid.x0) / grid.stepX, row: (grid.y0 - y) / grid.stepY };
  });
  const camera = nodes[4] ?? { col: -1, row: -1 };
  if (!(camera.col >= 0 && camera.row >= 0 && camera.col <= grid.cols - 1 && camera.row <= grid.rows - 1)) {
    const end = { x: grid.x0 + (grid.cols - 1) * grid.stepX, y: grid.y0 - (grid.rows - 1) * grid.stepY };
    const extent = `x ${sayNumber(grid.x0)} – ${sayNumber(end.x)}, y ${sayNumber(end.y)} – ${sayNumber(grid.y0)}`;
    throw new ServiceError('dem-not-covering', { file, epsg: crs.epsg, extent, at: sayPlace(origin) });
  }
  const clamp = (value: number, max: number) => Math.min(Math.max(value, 0), max);
  const col = clamp(Math.floor(Math.min(...nodes.map((node) => node.col))), grid.cols - 1);
  const row = clamp(Math.floor(Math.min(...nodes.map((node) => node.row))), grid.rows - 1);
  const lastCol = clamp(Math.ceil(Math.max(...nodes.map((node) => node.col))), grid.cols - 1);
  const lastRow = clamp(Math.ceil(Math.max(...nodes.map((node) => node.row))), grid.rows - 1);
  return { col, row, cols: lastCol - col + 1, rows: lastRow - row + 1 };
}

async function readWindow({ file, image, grid }: DemHeader, { col, row, cols, rows }: Window): Promise<DemRaster> {
  if (cols < 2 || rows < 2) throw new ServiceError('dem-unreadable', { file, why: 'it has fewer than 2 × 2 nodes' });
  let values: ArrayLike<number>;
  try {
    const [first] = await image.readRasters({ window: [col, row, col + cols, row + rows], samples: [0] });
    if (typeof first === 'number' || first === undefined) throw new TypeError('no band');
    values = first;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ServiceError('dem-unreadable', { file, why }, { cause });
  }
  const heights = values instanceof Float64Array ? values : Float32Array.from(values);
  const nodata = image.getGDALNoData();
  for (let at = 0; at < heights.length; at++) {
    const height = heights[at];
    if (height === undefined || !Number.isFinite(height) || isNodata(height, nodata)) heights[at] = unknownHeight;
  }
  return { ...grid, cols, rows, x0: grid.x0 + col * grid.stepX, y0: grid.y0 - row * grid.stepY, heights };
}

/** True for the file's nodata value, also as Float32 rounds it, and for values that no place on Earth has. */
function isNodata(height: number, nodata: number | null): boolean {
  return (nodata !== null && (height === nodata || height === Math.fround(nodata))) || Math.abs(height) > 1e5;
}

function isNumbers(value: unknown): value is ArrayLike<number> & Iterable<number> {
  return Array.isArray(value) || value instanceof Float64Array;
}

function sayPlace({ lng, lat }: PlaneOrigin): string {
  return `${lng.toFixed(5)}, ${lat.toFixed(5)}`;
}

function sayNumber(value: number): string {
  return String(Number(value.toFixed(3)));
}
