import type { Geometry } from 'geojson';
import { ServiceError } from '../errors.ts';
import type { Db } from './db.ts';
import type { MapView } from './map-views.ts';
import { findSqlState } from './session.ts';

/** Which features of a view are wanted. */
export interface FeatureWish {
  /** West, south, east, north, degrees; west > east crosses the 180th meridian. */
  readonly bbox: readonly [number, number, number, number] | undefined;
  /** Both ends included; an undefined end is open. On a date column the UTC days of the ends count. */
  readonly datetime: { readonly from: Date | undefined; readonly to: Date | undefined } | undefined;
  /** Column → value it must equal; undefined: not asked. */
  readonly filters: Readonly<Record<string, unknown>>;
  readonly limit: number;
  readonly offset: number;
}

export interface MapFeature {
  readonly type: 'Feature';
  readonly id: number;
  /** EPSG:4326, 7 decimals (1 cm). */
  readonly geometry: Geometry;
  /** The view's columns but `geom`; instants as ISO 8601 text in UTC. */
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface FoundFeatures {
  readonly features: readonly MapFeature[];
  /** How many match, on all pages. */
  readonly numberMatched: number;
}

/**
 * One page of a view's features, by fid. Only names that the database's catalogue gave get into the SQL, quoted; values
 * are parameters.
 * @throws ServiceError bad-request for a filter on a column that is not there, or a value that does not fit its type
 */
export async function readFeatures(db: Db, view: MapView, wish: FeatureWish): Promise<FoundFeatures> {
  const params: unknown[] = [];
  const conditions = [
    ...boxCondition(wish, params),
    ...timeCondition(view, wish, params),
    ...filterConditions(view, wish, params),
  ];
  const matching = `from rivage.${quoteName(view.name)} as v ${conditions.length ? `where ${conditions.join(' and ')}` : ''}`;
  const columns = view.columns.map((column) => `v.${quoteName(column.name)}`).join(', ');
  try {
    const [count] = await db.query<{ total: number }>(`select count(*) as total ${matching}`, params);
    const rows = await db.query<{ geometry: Geometry; properties: Record<string, unknown> & { fid: number } }>(
      `select ST_AsGeoJSON(v.geom, 7)::json as geometry, (select row_to_json(p) from (select ${columns}) as p) as properties
       ${matching} order by v.fid limit ${add(params, wish.limit)} offset ${add(params, wish.offset)}`,
      params,
    );
    const features = rows.map(({ geometry, properties }): MapFeature => {
      return { type: 'Feature', id: properties.fid, geometry, properties };
    });
    return { features, numberMatched: count?.total ?? 0 };
  } catch (error) {
    // class 22: a value that does not fit the type of its column
    if (!findSqlState(error)?.startsWith('22')) throw error;
    throw new ServiceError('bad-request', { why: (error as Error).message }, { cause: error });
  }
}

/** A name as SQL writes it; no character of it can end the quotation. */
function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function add(params: unknown[], value: unknown): string {
  params.push(value);
  return `$${params.length}`;
}

function boxCondition({ bbox }: FeatureWish, params: unknown[]): string[] {
  if (!bbox) return [];
  const [west, south, east, north] = bbox;
  const touches = (from: number, to: number): string =>
    `ST_Intersects(v.geom, ST_MakeEnvelope(${[from, south, to, north].map((edge) => `${add(params, edge)}::float8`).join(', ')}, 4326))`;
  if (west <= east) return [touches(west, east)];
  return [`(${touches(west, 180)} or ${touches(-180, east)})`];
}

function timeCondition(view: MapView, { datetime }: FeatureWish, params: unknown[]): string[] {
  const { timeColumn, timeEndColumn = timeColumn } = view;
  if (!datetime || timeColumn === undefined || timeEndColumn === undefined) return [];
  const isDate = view.columns.some((column) => column.name === timeColumn && column.type === 'date');
  const bound = (instant: Date): string => {
    return isDate ? `${add(params, instant.toISOString().slice(0, 10))}::date` : `${add(params, instant)}::timestamptz`;
  };
  const { from, to } = datetime;
  return [
    ...(from ? [`v.${quoteName(timeEndColumn)} >= ${bound(from)}`] : []),
    ...(to ? [`v.${quoteName(timeColumn)} <= ${bound(to)}`] : []),
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
