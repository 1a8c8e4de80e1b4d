import type { Geometry } from 'geojson';
import { ServiceError } from '../errors.ts';
import type { Db } from './db.ts';
import type { MapColumn, MapView } from './map-views.ts';
import { findSqlState } from './session.ts';

/** How coordinates are written. */
export interface Axes {
  /** EPSG code, one that PostGIS knows. */
  readonly srid: number;
  /** True where a coordinate is north, east (EPSG:4326 to the letter); PostGIS itself always has east first. */
  readonly northFirst: boolean;
  readonly decimals: number;
}

/** Longitude, latitude in degrees; 7 decimals are 1 cm. */
export const lngLatAxes: Axes = { srid: 4326, northFirst: false, decimals: 7 };

/** A rectangle in the axes of a CRS, east before north; for EPSG:4326, west > east crosses the 180th meridian. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly srid: number;
}

/** Which features of a view are wanted. */
export interface FeatureWish {
  /** Features that touch it, and those without a geometry. */
  readonly box: Box | undefined;
  /**
   * Both ends included; an undefined end is open. On a date column the UTC days of the ends count. Features without a
   * time are found too.
   */
  readonly datetime: { readonly from: Date | undefined; readonly to: Date | undefined } | undefined;
  /** Column → value it must equal; undefined: not asked. */
  readonly filters: Readonly<Record<string, unknown>>;
  readonly limit: number;
  readonly offset: number;
  /** Of the answer. */
  readonly axes: Axes;
}

export interface MapFeature {
  readonly type: 'Feature';
  readonly id: number;
  /** In the axes asked for. */
  readonly geometry: Geometry | null;
  /** The view's columns but `geom`; instants as ISO 8601 text in UTC. */
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface FoundFeatures {
  readonly features: readonly MapFeature[];
  /** How many match, on all pages. */
  readonly numberMatched: number;
}

/** Features as the database wrote them, for answers that would only parse and write them again. */
export interface WrittenFeatures extends Omit<FoundFeatures, 'features'> {
  /** GeoJSON of the features, between brackets and separated by commas. */
  readonly text: string;
  /** How many are in it. */
  readonly numberReturned: number;
}

/** As writeFeatures, parsed. */
export async function readFeatures(db: Db, view: MapView, wish: FeatureWish): Promise<FoundFeatures> {
  const { text, numberMatched } = await writeFeatures(db, view, wish);
  return { features: JSON.parse(text) as readonly MapFeature[], numberMatched };
}

/**
 * One page of a view's features, by fid. Only names that the database's catalogue gave get into the SQL, quoted; values
 * are parameters.
 * @throws ServiceError bad-request for a filter on a column that is not there, or a value that does not fit its type
 */
export async function writeFeatures(db: Db, view: MapView, wish: FeatureWish): Promise<WrittenFeatures> {
  const params: unknown[] = [];
  const conditions = [
    ...boxCondition(view, wish, params),
    ...timeCondition(view, wish, params),
    ...filterConditions(view, wish, params),
  ];
  const matching = `from rivage.${quoteName(view.name)} as v ${conditions.length ? `where ${conditions.join(' and ')}` : ''}`;
  try {
    // side by side: a server has two cores
    const [[count], page] = await Promise.all([
      db.query<{ total: number }>(`select count(*) as total ${matching}`, [...params]),
      writePage(db, view, { ...wish, matching, params }),
    ]);
    return { ...page, numberMatched: count?.total ?? 0 };
  } catch (error) {
    // class 22: a value that does not fit the type of its column
    if (!findSqlState(error)?.startsWith('22')) throw error;
    throw new ServiceError('bad-request', { why: (error as Error).message }, { cause: error });
  }
}

interface PageWish extends Pick<FeatureWish, 'limit' | 'offset' | 'axes'> {
  /** The end of a statement: from … as v where … */
  readonly matching: string;
  readonly params: readonly unknown[];
}

/**
 * The keys of the page first: columns that are costly to compute are not computed for features that are left out, and
 * their order makes the order of the text, with nothing large to sort.
 */
async function writePage(db: Db, view: MapView, { matching, limit, offset, axes, ...wish }: PageWish) {
  const params = [...wish.params];
  const columns = view.columns.map(writtenColumn).join(', ');
  const [page] = await db.query<{ text: string | null; returned: number }>(
    `select string_agg(feature, ',') as text, count(*) as returned from (
       select '{"type":"Feature","id":' || v.fid
         || ',"geometry":' || coalesce(ST_AsGeoJSON(${placed(view, axes)}, ${axes.decimals}, 0), 'null')
         || ',"properties":' || (select row_to_json(p)::text from (select ${columns}) as p) || '}' as feature
       from (select v.fid ${matching} order by v.fid limit ${add(params, limit)} offset ${add(params, offset)}) as page
       join rivage.${quoteName(view.name)} as v using (fid)
       order by fid
     ) as written`,
    params,
  );
  return { text: `[${page?.text ?? ''}]`, numberReturned: page?.returned ?? 0 };
}

/**
 * A column as it goes into an answer. A decimal number keeps its point, 11.0: clients guess the type of a field from
 * the first page that they read, and QGIS would take 11 for an integer and lose the 11.9 that comes later.
 */
function writtenColumn({ name, type }: MapColumn): string {
  const column = `v.${quoteName(name)}`;
  if (type !== 'number') return column;
  const value = `${column}::float8`;
  const whole = `${value} = trunc(${value}) and abs(${value}) < 1e15`;
  return `case when ${whole} then (${value}::text || '.0')::json else to_json(${value}) end as ${quoteName(name)}`;
}

/** The geometry of a feature in other axes than its own. */
function placed(view: MapView, { srid, northFirst }: Axes): string {
  const geometry = inCrs(view, srid);
  return northFirst ? `ST_FlipCoordinates(${geometry})` : geometry;
}

function inCrs(view: MapView, srid: number): string {
  return srid === view.srid ? 'v.geom' : `ST_Transform(v.geom, ${srid})`;
}

/** A name as SQL writes it; no character of it can end the quotation. */
function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function add(params: unknown[], value: unknown): string {
  params.push(value);
  return `$${params.length}`;
}

function boxCondition(view: MapView, { box }: FeatureWish, params: unknown[]): string[] {
  if (!box) return [];
  const { west, south, east, north, srid } = box;
  const touches = (from: number, to: number): string => {
    const edges = [from, south, to, north].map((edge) => `${add(params, edge)}::float8`).join(', ');
    return `ST_Intersects(${inCrs(view, srid)}, ST_MakeEnvelope(${edges}, ${srid}))`;
  };
  const parts = west <= east ? [touches(west, east)] : [touches(west, 180), touches(-180, east)];
  return [`(${parts.join(' or ')} or v.geom is null)`];
}

function timeCondition(view: MapView, { datetime }: FeatureWish, params: unknown[]): string[] {
  const { timeColumn, timeEndColumn = timeColumn } = view;
  if (!datetime || timeColumn === undefined || timeEndColumn === undefined) return [];
  const isDate = view.columns.some((column) => column.name === timeColumn && column.type === 'date');
  const bound = (instant: Date): string => {
    return isDate ? `${add(params, instant.toISOString().slice(0, 10))}::date` : `${add(params, instant)}::timestamptz`;
  };
  const { from, to } = datetime;
  const start = `v.${quoteName(timeColumn)}`;
  const end = `v.${quoteName(timeEndColumn)}`;
  return [
    ...(from ? [`(${end} >= ${bound(from)} or ${end} is null)`] : []),
    ...(to ? [`(${start} <= ${bound(to)} or ${start} is null)`] : []),
  ];
}

function filterConditions(view: MapView, { filters }: FeatureWish, params: unknown[]): string[] {
  return Object.entries(filters).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (!view.columns.some((column) => column.name === name)) {
      throw new ServiceError('bad-request', { why: `${view.name} has no column "${name}"` });
    }
    return [`v.${quoteName(name)} = ${add(params, value)}`];
  });
}
