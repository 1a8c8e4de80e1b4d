import type { Db } from './db.ts';

/** What is to be counted in hexagons around a lake. Days are local, both included; undefined: not restricted. */
export interface DensityWish {
  readonly lakeId: string;
  readonly label: string;
  /** 'YYYY-MM-DD'; for tents bivouac nights. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Local, 0–24: the first included, the last not; from 19 to 9 goes past midnight. Tents have their own. */
  readonly hourFrom: number | undefined;
  readonly hourTo: number | undefined;
  /** Width of a hexagon, m; undefined: 20 or more. */
  readonly cellM: number | undefined;
}

/** The hexagons as GeoJSON text, EPSG:4326: cell, count (null: nobody watched), frames or nights, rate, widthM. */
export async function readDensity(db: Db, wish: DensityWish): Promise<string> {
  const { lakeId, label, from, to, hourFrom, hourTo, cellM } = wish;
  const [row] = await db.query<{ text: string }>(
    `select json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(json_build_object(
       'type', 'Feature', 'geometry', ST_AsGeoJSON(geom, 7)::json, 'properties', json_build_object(
         'cell', cell, 'count', count, 'frames', frames, 'nights', nights, 'rate', rate, 'widthM', width_m
       ))), '[]'))::text as text
     from rivage.density($1, $2, $3::date, $4::date, $5, $6, $7)`,
    [lakeId, label, from, to, hourFrom, hourTo, cellM],
  );
  return row?.text ?? '';
}

/** About how many hexagons of a width cover the box around a lake and its zones. */
export async function countCells(db: Db, lakeId: string, cellM: number): Promise<number> {
  const [row] = await db.query<{ area: number }>(
    `select ST_Area(ST_Envelope(ST_Collect(geom))::geography) as area from (
       select geom from rivage.lake where lake_id = $1 union all select geom from rivage.zone where lake_id = $1
     ) as place`,
    [lakeId],
  );
  return (row?.area ?? 0) / (Math.sqrt(0.75) * cellM ** 2);
}

/** True when some model here can find a label. */
export async function isLabelKnown(db: Db, label: string): Promise<boolean> {
  const [row] = await db.query('select from rivage.label_threshold where label = $1 limit 1', [label]);
  return row !== undefined;
}
