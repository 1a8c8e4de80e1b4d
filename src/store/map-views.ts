import type { Db } from './db.ts';

/** What a column of a map view holds. */
export type ColumnType = 'integer' | 'number' | 'text' | 'boolean' | 'date' | 'instant';

export interface MapColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** The column's comment, with its unit. */
  readonly description: string;
}

/** A view that a map can show: it has a `fid` and a typed `geom`. */
export interface MapView {
  /** Name in schema rivage. */
  readonly name: string;
  /** The view's comment up to its first colon. */
  readonly title: string;
  /** The rest of the comment. */
  readonly description: string;
  /** As PostGIS names it: POINT, POLYGON. */
  readonly geometryType: string;
  readonly srid: number;
  /** Column that places a feature in time, if there is one; a feature lasts until `timeEndColumn`, if there is one. */
  readonly timeColumn: string | undefined;
  readonly timeEndColumn: string | undefined;
  /** All columns but `geom`, in order. */
  readonly columns: readonly MapColumn[];
}

interface ViewRow {
  readonly name: string;
  readonly comment: string | null;
  readonly geometryType: string;
  readonly srid: number;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly description: string | null }[];
}

/** The views of schema rivage that have a geometry, described by their own comments. */
export async function listMapViews(db: Db): Promise<readonly MapView[]> {
  const rows = await db.query<ViewRow>(`
    select c.relname as name, obj_description(c.oid) as comment,
      upper(postgis_typmod_type(g.atttypmod)) as "geometryType", postgis_typmod_srid(g.atttypmod) as srid,
      (
        select jsonb_agg(jsonb_build_object(
          'name', a.attname, 'type', format_type(a.atttypid, null), 'description', col_description(c.oid, a.attnum)
        ) order by a.attnum)
        from pg_attribute as a where a.attrelid = c.oid and a.attnum > 0 and a.attname <> 'geom'
      ) as columns
    from pg_class as c
    join pg_attribute as g on g.attrelid = c.oid and g.attname = 'geom' and format_type(g.atttypid, null) = 'geometry'
    where c.relnamespace = 'rivage'::regnamespace and c.relkind in ('v', 'm')
      and exists (select from pg_attribute as k where k.attrelid = c.oid and k.attname = 'fid')
    order by c.relname`);
  return rows.map(toMapView);
}

const columnTypes: Readonly<Record<string, ColumnType>> = {
  integer: 'integer',
  bigint: 'integer',
  'double precision': 'number',
  numeric: 'number',
  boolean: 'boolean',
  date: 'date',
  'timestamp with time zone': 'instant',
};

function toMapView({ name, comment, geometryType, srid, columns }: ViewRow): MapView {
  const [title = name, ...rest] = (comment ?? name).split(': ');
  const findColumn = (...names: string[]) => names.find((wanted) => columns.some((column) => column.name === wanted));
  const timeColumn = findColumn('taken_at', 'first_seen', 'night');
  return {
    name,
    title,
    description: rest.join(': '),
    geometryType,
    srid,
    timeColumn,
    timeEndColumn: timeColumn === 'first_seen' ? findColumn('last_seen') : undefined,
    columns: columns.map(({ name, type, description }) => {
      return { name, type: columnTypes[type] ?? 'text', description: description ?? '' };
    }),
  };
}
