import type { GeoTIFFImage } from 'geotiff';
import { type Bilingual, ServiceError } from '../errors.ts';
import { type Crs, getCrs } from '../geo/crs.ts';
import type { DemRaster } from './raster.ts';

/** An elevation model on disk. */
export interface DemFile {
  readonly file: string;
  /** EPSG code of its axes; undefined: the file says it. */
  readonly epsg: number | undefined;
}

/** Where the nodes of a grid are, without their heights. */
export type NodeGrid = Omit<DemRaster, 'heights'>;

/** All that a GeoTIFF says about its nodes, without the heights. */
export interface DemHeader {
  readonly file: string;
  readonly crs: Crs;
  readonly grid: NodeGrid;
  readonly values: StoredValues;
}

/** How stored numbers become heights: m = stored · scale + offset. */
export interface StoredValues {
  readonly scale: number;
  readonly offset: number;
  /** The number that means "no elevation"; undefined: none. */
  readonly nodata: number | undefined;
}

/**
 * Reads what a GeoTIFF says of its axes and its heights.
 * @throws ServiceError dem-unreadable, dem-without-epsg, epsg-unknown, dem-axes
 */
export async function parseHeader(image: GeoTIFFImage, { file, epsg }: DemFile): Promise<DemHeader> {
  const code = epsg ?? epsgOf(image);
  if (code === undefined) throw new ServiceError('dem-without-epsg', { file });
  const header = { file, crs: getCrs(code), grid: parseGrid(image, file), values: await parseValues(image) };
  refuseOtherAxes(header);
  return header;
}

/** West, south, east and north of the nodes, in words. */
export function sayExtent({ x0, y0, cols, rows, stepX, stepY }: NodeGrid): string {
  const say = (value: number): string => String(Number(value.toFixed(3)));
  return `x ${say(x0)} – ${say(x0 + (cols - 1) * stepX)}, y ${say(y0 - (rows - 1) * stepY)} – ${say(y0)}`;
}

/** EPSG code that the file itself names; 32767 means "described otherwise". */
function epsgOf(image: GeoTIFFImage): number | undefined {
  const keys = image.getGeoKeys();
  const code = keys?.ProjectedCSTypeGeoKey ?? keys?.GeographicTypeGeoKey;
  return typeof code === 'number' && code > 0 && code !== 32767 ? code : undefined;
}

/** Column and row to x and y: x = x0 + col·stepX, y = y0 + row·down. */
interface Axes {
  readonly x0: number;
  readonly y0: number;
  readonly stepX: number;
  readonly down: number;
}

function parseGrid(image: GeoTIFFImage, file: string): NodeGrid {
  const { x0, y0, stepX, down } = parseAxes(image, file);
  if (!(stepX > 0 && down < 0)) {
    const why = {
      en: 'its rows do not run from west to east, north first',
      fr: "ses lignes ne vont pas d'ouest en est, nord en premier",
    };
    throw new ServiceError('dem-unreadable', { file, why });
  }
  // PixelIsPoint: the position is that of the first node. PixelIsArea: of the corner of its pixel.
  const half = image.getGeoKeys()?.GTRasterTypeGeoKey === 2 ? 0 : 0.5;
  return {
    cols: image.getWidth(),
    rows: image.getHeight(),
    x0: x0 + half * stepX,
    y0: y0 + half * down,
    stepX,
    stepY: -down,
  };
}

/** Source: OGC GeoTIFF 1.1, 7.1.2: ModelPixelScale with one tie point, or ModelTransformation. */
function parseAxes({ fileDirectory }: GeoTIFFImage, file: string): Axes {
  const matrix = numbersOf(fileDirectory.getValue('ModelTransformation'));
  const [stepX = 0, stepY = 0] = numbersOf(fileDirectory.getValue('ModelPixelScale'));
  const tie = numbersOf(fileDirectory.getValue('ModelTiepoint'));
  if (matrix.length === 16) {
    const [a = 0, b = 0, , x0 = 0, d = 0, e = 0, , y0 = 0] = matrix;
    if (b === 0 && d === 0) return { x0, y0, stepX: a, down: e };
    const why = { en: 'its rows are turned against the axes', fr: 'ses lignes sont tournées par rapport aux axes' };
    throw new ServiceError('dem-unreadable', { file, why });
  }
  const [col = 0, row = 0, , x = 0, y = 0] = tie;
  if (tie.length === 6 && stepX !== 0 && stepY !== 0) {
    return { x0: x - col * stepX, y0: y + row * stepY, stepX, down: -stepY };
  }
  const why = { en: 'it has no position on the Earth', fr: "il n'a pas de position sur la Terre" };
  throw new ServiceError('dem-unreadable', { file, why });
}

/** International and US survey foot, m. Source: EPSG units 9002, 9003. */
const [foot, surveyFoot] = [0.3048, 1200 / 3937];
/** Codes that mean such heights: of the unit, or of a vertical CRS that counts in it. Source: EPSG. */
const inFeet = [9002, 6130, 6131, 6132, 8050, 8228];
const inSurveyFeet = [9003, 5702, 6360, 8052];
/** Names of the foot in GDAL's band units and in what people write. */
const footNames = /^(ft|foot|feet|international foot|us-ft|ftus|us_survey_foot|us survey foot)$/i;

async function parseValues(image: GeoTIFFImage): Promise<StoredValues> {
  const metadata = (await image.getGDALMetadata(0)) ?? {};
  const metres = metresPerUnit(image.getGeoKeys(), String(metadata.UNITTYPE ?? '').trim());
  const nodata = image.getGDALNoData();
  return {
    scale: finite(metadata.SCALE, 1) * metres,
    offset: finite(metadata.OFFSET, 0) * metres,
    nodata: nodata === null || Number.isNaN(nodata) ? undefined : nodata,
  };
}

/** The unit of the heights as the file says it, in its band or else in its coordinate system; unsaid: the metre. */
function metresPerUnit(keys: ReturnType<GeoTIFFImage['getGeoKeys']>, bandUnit: string): number {
  if (footNames.test(bandUnit)) return /us/i.test(bandUnit) ? surveyFoot : foot;
  if (bandUnit !== '') return 1;
  const codes: readonly unknown[] = [keys?.VerticalUnitsGeoKey, keys?.VerticalCSTypeGeoKey];
  if (codes.some((code) => inSurveyFeet.some((known) => known === code))) return surveyFoot;
  return codes.some((code) => inFeet.some((known) => known === code)) ? foot : 1;
}

/** Refuses axes that cannot be those of the CRS: degrees where it has metres or feet, or the reverse. */
function refuseOtherAxes({ file, crs, grid }: DemHeader): void {
  const { x0, y0, cols, rows, stepX, stepY } = grid;
  const reachX = Math.max(Math.abs(x0), Math.abs(x0 + cols * stepX));
  const reachY = Math.max(Math.abs(y0), Math.abs(y0 - rows * stepY));
  const mayBeDegrees = reachX <= 361 && reachY <= 91;
  if (crs.geographic === mayBeDegrees) return;
  const params = { file, epsg: crs.epsg, name: crs.name, extent: sayExtent(grid) };
  throw new ServiceError('dem-axes', { ...params, ...(mayBeDegrees ? degreesNotLength : lengthNotDegrees) });
}

const degrees: Bilingual = { en: 'degrees', fr: 'degrés' };
const length: Bilingual = { en: 'metres or feet', fr: 'mètres ou pieds' };
const degreesNotLength = { seen: degrees, needed: length, example: 'EPSG:4326' };
const lengthNotDegrees = { seen: length, needed: degrees, example: 'EPSG:2154, EPSG:32632' };

function finite(text: unknown, otherwise: number): number {
  const value = typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : otherwise;
}

function numbersOf(value: unknown): readonly number[] {
  return Array.isArray(value) || value instanceof Float64Array ? Array.from(value, Number) : [];
}
