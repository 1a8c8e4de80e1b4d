import { writeFile } from 'node:fs/promises';
import { fromFile, type GeoTIFF, type GeoTIFFImage, writeArrayBuffer } from 'geotiff';
import { ServiceError } from '../errors.ts';
import { getCrs } from '../geo/crs.ts';
import type { LngLat, PlaneOrigin } from '../geo/frames.ts';
import { type DemGrid, elevationAt, groundAt, layDem } from './grid.ts';
import { type DemFile, type DemHeader, type NodeGrid, parseHeader, sayExtent } from './header.ts';
import { type DemRaster, unknownHeight } from './raster.ts';
import { RowGatherer } from './thin.ts';
import { notCovering, type Spot, sayPlace, type Window, windowAround, windowOver } from './window.ts';

/** How many nodes are kept in memory: 36 million are 144 MB, as doubles 288 MB. */
export interface NodeLimits {
  /** Around the camera, as fine as the file has them. */
  readonly near: number;
  /** Over the whole radius, thinned to so many. */
  readonly far: number;
}
const nodeLimits: NodeLimits = { near: 24e6, far: 12e6 };

/** Nodes that are decoded at once, but for a file whose own blocks are larger. */
const bandNodes = 2e6;
/** A larger block of a file is refused: it is decoded whole, for however small a window. Nodes. */
const largestBlock = 250e6;

/** One picture of a file: the elevations themselves, or a smaller copy of them (an overview). */
interface Level {
  readonly image: GeoTIFFImage;
  readonly grid: NodeGrid;
}

interface OpenDem {
  readonly header: DemHeader;
  /** The finest first. */
  readonly levels: readonly [Level, ...Level[]];
}

/**
 * Reads the elevations within `radiusM` of a camera and lays them under its tangent plane. Only that window is read,
 * and of no more than `limits`: where the window has more nodes, those near the camera are kept as they are and the
 * whole window is kept thinned, as the grid `beyond` it.
 * @throws ServiceError file-missing, dem-unreadable, dem-without-epsg, epsg-unknown, dem-axes, dem-not-covering, dem-empty, dem-in-feet
 */
export async function readDemAround(
  dem: DemFile,
  origin: PlaneOrigin,
  radiusM: number,
  limits = nodeLimits,
): Promise<DemGrid> {
  return withDem(dem, async (open) => {
    const [{ grid }] = open.levels;
    const whole = windowOf(open.header, grid, origin, radiusM);
    const nodes = whole.cols * whole.rows;
    const isSmall = nodes <= limits.near + limits.far;
    const wide = await readThinned(open, origin, radiusM, isSmall ? nodes : limits.far);
    if (wide.heights.every((height) => height === unknownHeight)) {
      throw new ServiceError('dem-empty', { file: dem.file, radiusM, at: sayPlace(origin) });
    }
    const beyond = layDem(wide, open.header.crs, origin);
    refuseFeet(dem.file, beyond, origin);
    if (isSmall) return beyond;
    const nearM = radiusM * Math.sqrt(limits.near / nodes);
    const near = await readWindow(open, open.levels[0], windowOf(open.header, grid, origin, nearM), 1);
    return { ...layDem(near, open.header.crs, origin), beyond };
  });
}

/**
 * Reads a whole elevation model: for small ones, such as a simulated lake's.
 * @throws ServiceError file-missing, dem-unreadable, dem-without-epsg, epsg-unknown, dem-axes
 */
export async function readDemRaster(dem: DemFile): Promise<DemRaster & { readonly epsg: number }> {
  return withDem(dem, async (open) => {
    const { cols, rows } = open.header.grid;
    return {
      ...(await readWindow(open, open.levels[0], { col: 0, row: 0, cols, rows }, 1)),
      epsg: open.header.crs.epsg,
    };
  });
}

/** Nodes read at once for single places: about 100 ms. */
const partNodes = 4e6;

/**
 * Elevations at places, in their order, m: bilinear between the four nodes around each; undefined off the model and
 * beside unknown nodes. What lies between the places is read with them, in parts where that is much.
 * @throws ServiceError file-missing, dem-unreadable, dem-without-epsg, epsg-unknown, dem-axes
 */
export async function readElevations(
  dem: DemFile,
  places: readonly LngLat[],
  mostNodes = partNodes,
): Promise<readonly (number | undefined)[]> {
  return withDem(dem, async (open) => {
    const { crs, grid } = open.header;
    const spots = places.map((place, at) => {
      const { x, y } = crs.fromLngLat(place);
      return { at, col: (x - grid.x0) / grid.stepX, row: (grid.y0 - y) / grid.stepY };
    });
    const isOn = ({ col, row }: Spot) => col >= 0 && row >= 0 && col <= grid.cols - 1 && row <= grid.rows - 1;
    const heights = new Map<number, number | undefined>();
    await gatherHeights(open, spots.filter(isOn), mostNodes, heights);
    return spots.map(({ at }) => heights.get(at));
  });
}

/** Reads the window over some spots; one with more than `mostNodes` is halved first, half of the spots to each side. */
async function gatherHeights(
  open: OpenDem,
  spots: readonly Spot[],
  mostNodes: number,
  heights: Map<number, number | undefined>,
): Promise<void> {
  if (spots.length === 0) return;
  const window = windowOver(open.header.grid, spots);
  if (window.cols * window.rows > mostNodes && spots.length > 1) {
    const axis = window.cols > window.rows ? 'col' : 'row';
    const sorted = spots.toSorted((one, other) => one[axis] - other[axis]);
    await gatherHeights(open, sorted.slice(0, spots.length / 2), mostNodes, heights);
    await gatherHeights(open, sorted.slice(spots.length / 2), mostNodes, heights);
    return;
  }
  const raster = await readWindow(open, open.levels[0], window, 1);
  for (const { at, col, row } of spots) heights.set(at, elevationAt(raster, col - window.col, row - window.row));
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

async function withDem<Result>(dem: DemFile, act: (open: OpenDem) => Promise<Result>): Promise<Result> {
  const tiff = await decoding(dem.file, () => fromFile(dem.file));
  try {
    const image = await decoding(dem.file, () => tiff.getImage());
    const header = await parseHeader(image, dem);
    const overviews = await decoding(dem.file, () => readOverviews(tiff, header.grid));
    return await act({ header, levels: [{ image, grid: header.grid }, ...overviews] });
  } finally {
    await tiff.close();
  }
}

/** Runs one act of the decoder; its failure becomes a coded error. */
async function decoding<Result>(file: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const missing = cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'EACCES');
    throw new ServiceError(missing ? 'file-missing' : 'dem-unreadable', { file, why }, { cause });
  }
}

/** The smaller copies in the file, finest first. Each covers the same ground with larger pixels. */
async function readOverviews(tiff: GeoTIFF, full: NodeGrid): Promise<readonly Level[]> {
  const count = await tiff.getImageCount();
  const levels: Level[] = [];
  for (let index = 1; index < count; index++) {
    const image = await tiff.getImage(index);
    // Bit 0: a smaller copy; bit 2: a mask. Source: TIFF 6.0, NewSubfileType.
    if (((image.fileDirectory.getValue('NewSubfileType') ?? 0) & 0b101) !== 1) continue;
    const [cols, rows] = [image.getWidth(), image.getHeight()];
    const stepX = (full.stepX * full.cols) / cols;
    const stepY = (full.stepY * full.rows) / rows;
    const x0 = full.x0 + (stepX - full.stepX) / 2;
    const y0 = full.y0 - (stepY - full.stepY) / 2;
    levels.push({ image, grid: { cols, rows, x0, y0, stepX, stepY } });
  }
  return levels.sort((a, b) => a.grid.stepX - b.grid.stepX);
}

function windowOf(header: DemHeader, grid: NodeGrid, origin: PlaneOrigin, radiusM: number): Window {
  const window = windowAround(header, grid, origin, radiusM);
  if (!window) throw notCovering(header, sayExtent(header.grid), origin);
  return window;
}

/** The whole window in at most `nodes` nodes: from the smallest copy that still has about as many, thinned further. */
async function readThinned(open: OpenDem, origin: PlaneOrigin, radiusM: number, nodes: number): Promise<DemRaster> {
  const windows = open.levels.flatMap((level) => {
    const window = windowAround(open.header, level.grid, origin, radiusM);
    return window && (level === open.levels[0] || window.cols * window.rows >= nodes / 2) ? [{ level, window }] : [];
  });
  const [first, ...coarser] = windows;
  if (!first) throw notCovering(open.header, sayExtent(open.header.grid), origin);
  const { level, window } = coarser.at(-1) ?? first;
  return readWindow(open, level, window, Math.ceil(Math.sqrt((window.cols * window.rows) / nodes)));
}

/** Reads a window band by band, so that no more than a band of it is decoded at a time. */
async function readWindow(open: OpenDem, { image, grid }: Level, window: Window, every: number): Promise<DemRaster> {
  const { file, values } = open.header;
  const { col, row, cols, rows } = window;
  if (cols < 2 * every || rows < 2 * every) {
    const why = { en: 'it has fewer than 2 × 2 nodes there', fr: 'il y a moins de 2 × 2 nœuds' };
    throw new ServiceError('dem-unreadable', { file, why });
  }
  const blockRows = image.getTileHeight();
  refuseLargeBlocks(file, image.getTileWidth() * blockRows);
  const gatherer = new RowGatherer(grid, window, values, { every, exact: needsDoubles(open, image) });
  const bandRows = blockRows * Math.max(1, Math.floor(bandNodes / (cols * blockRows)));
  for (let start = row; start < row + rows; ) {
    const end = Math.min(Math.floor(start / blockRows) * blockRows + bandRows, row + rows);
    gatherer.take(await readBand(file, image, [col, start, col + cols, end]), cols);
    start = end;
  }
  const coarser = Math.round(gatherer.raster.stepX / open.header.grid.stepX);
  return coarser > 1 ? { ...gatherer.raster, thinned: coarser } : gatherer.raster;
}

async function readBand(file: string, image: GeoTIFFImage, window: number[]): Promise<ArrayLike<number>> {
  return decoding(file, async () => {
    const [band] = await image.readRasters({ window, samples: [0] });
    if (typeof band === 'number' || band === undefined) throw new TypeError('no band');
    return band;
  });
}

/** True where a Float32 would round heights: 0.06 mm at 1000 m, and a grazing ray makes 1000 times that of it. */
function needsDoubles({ header: { values } }: OpenDem, image: GeoTIFFImage): boolean {
  const isFloat = image.getSampleFormat() === 3;
  const isPlain = values.scale === 1 && values.offset === 0;
  return !(isPlain && image.getBitsPerSample() <= (isFloat ? 32 : 16));
}

function refuseLargeBlocks(file: string, nodes: number): void {
  if (nodes <= largestBlock) return;
  const million = Math.round(nodes / 1e6);
  const why = {
    en: `it is stored in blocks of ${million} million cells, each of which must be read whole (add -co TILED=YES)`,
    fr: `il est rangé par blocs de ${million} millions de cellules, à lire chacun en entier (ajoutez -co TILED=YES)`,
  };
  throw new ServiceError('dem-unreadable', { file, why });
}

/** Refuses heights in feet that the file does not call feet: read as metres they put the camera deep in the ground. */
function refuseFeet(file: string, grid: DemGrid, origin: PlaneOrigin): void {
  const ground = groundAt(grid, 0, 0);
  if (!ground) return;
  const groundM = ground.upM + origin.heightM;
  const asFeetM = groundM * 0.3048;
  if (groundM - origin.heightM < 300 || Math.abs(asFeetM - origin.heightM) > 100) return;
  throw new ServiceError('dem-in-feet', {
    file,
    at: sayPlace(origin),
    ground: Math.round(groundM),
    camera: Math.round(origin.heightM),
    metres: Math.round(asFeetM),
  });
}
