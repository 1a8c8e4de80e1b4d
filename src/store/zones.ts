import type { Zone } from '../geo/lake.ts';
import type { Db } from './db.ts';
import { checkOutline } from './outline.ts';

/**
 * Stores the zones of a workspace, all of them: others are deleted. Sightings that were stored before are put into the
 * zones anew where an outline changed.
 * @throws ServiceError geometry-invalid
 */
export async function writeZones(db: Db, zones: readonly Zone[]): Promise<void> {
  await db.transaction(async (tx) => {
    for (const zone of zones) await checkOutline(tx, 'zone', zone.id, zone.polygon);
    const rows = JSON.stringify(zones.map((zone) => ({ ...zone, polygon: JSON.stringify(zone.polygon) })));
    await tx.query('delete from rivage.zone where zone_id <> all ($1::text[])', [zones.map((zone) => zone.id)]);
    const changed = await tx.query<{ id: string }>(
      `${fromJson} select id from r left join rivage.zone as z on z.zone_id = r.id
       where z.geom is null or z.lake_id <> r."lakeId" or not ST_OrderingEquals(z.geom, r.geom)`,
      [rows],
    );
    await tx.query(
      `${fromJson} insert into rivage.zone as z (zone_id, lake_id, kind, name, geom)
       select id, "lakeId", kind, name, geom from r
       on conflict (zone_id) do update set
         lake_id = excluded.lake_id, kind = excluded.kind, name = excluded.name, geom = excluded.geom`,
      [rows],
    );
    const ids = changed.map((zone) => zone.id);
    await tx.query('delete from rivage.sighting_zone where zone_id = any ($1::text[])', [ids]);
    if (ids.length > 0) await tx.query('select rivage.fill_zones(array(select analysis_id from rivage.analysis))');
  });
}

const fromJson = `with r as (
  select id, "lakeId", kind, name, ST_Force2D(ST_GeomFromGeoJSON(polygon)) as geom
  from json_to_recordset($1::json) as r (id text, "lakeId" text, kind text, name text, polygon text))`;
