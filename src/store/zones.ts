import type { Zone } from '../geo/lake.ts';
import { fillActivitiesAt } from './activities.ts';
import type { Db } from './db.ts';
import { checkOutline } from './outline.ts';

/**
 * Stores the zones of a workspace, all of them: others are deleted. Sightings that were stored before are put into the
 * zones anew where an outline changed; `moved` counts those whose point lies in other zones than before.
 * @throws ServiceError geometry-invalid
 */
export async function writeZones(db: Db, zones: readonly Zone[]): Promise<{ readonly moved: number }> {
  return db.transaction(async (tx) => {
    for (const zone of zones) await checkOutline(tx, 'zone', zone.id, zone.polygon);
    // an analysis that is being stored beside us is waited for, and the next one waits for us: see holdZones
    await tx.query('lock table rivage.zone in share row exclusive mode');
    const rows = JSON.stringify(zones.map((zone) => ({ ...zone, polygon: JSON.stringify(zone.polygon) })));
    const changed = await tx.query<{ id: string; lakes: readonly string[]; lies: boolean }>(
      `${fromJson} select coalesce(r.id, z.zone_id) as id, array_remove(array[r."lakeId", z.lake_id], null) as lakes, lies
       from r full join rivage.zone as z on z.zone_id = r.id
       cross join lateral (
         select z.geom is null or r.geom is null or z.lake_id <> r."lakeId" or not ST_OrderingEquals(z.geom, r.geom) as lies
       ) as elsewhere
       where lies or z.kind <> r.kind`,
      [rows],
    );
    const ids = changed.filter(({ lies }) => lies).map((zone) => zone.id);
    const before = await readHolders(tx, ids);
    await tx.query('delete from rivage.zone where zone_id <> all ($1::text[])', [zones.map((zone) => zone.id)]);
    await tx.query(
      `${fromJson} insert into rivage.zone as z (zone_id, lake_id, kind, name, geom)
       select id, "lakeId", kind, name, geom from r
       on conflict (zone_id) do update set
         lake_id = excluded.lake_id, kind = excluded.kind, name = excluded.name, geom = excluded.geom`,
      [rows],
    );
    if (changed.length === 0) return { moved: 0 };
    await tx.query('select rivage.refill_zones($1)', [ids]);
    await fillActivitiesAt(tx, new Set(changed.flatMap(({ lakes }) => lakes)));
    const after = await readHolders(tx, ids);
    const fids = [...new Set([...before.keys(), ...after.keys()])];
    return { moved: fids.filter((fid) => before.get(fid) !== after.get(fid)).length };
  });
}

/**
 * Keeps zones as they are until a transaction ends. Who replaces sightings asks for it first: who draws zones anew
 * replaces the same rows, and each would wait for the other.
 */
export async function holdZones(tx: Db): Promise<void> {
  await tx.query('lock table rivage.zone in share mode');
}

/** Ids of the zones, of those named, that hold the point of a sighting, by its number. */
async function readHolders(db: Db, zones: readonly string[]): Promise<ReadonlyMap<number, string>> {
  const rows = await db.query<{ fid: number; holders: string }>(
    `select detection_fid as fid, string_agg(zone_id, ' ' order by zone_id) as holders from rivage.sighting_zone
     where zone_id = any ($1::text[]) and holds_point group by detection_fid`,
    [zones],
  );
  return new Map(rows.map(({ fid, holders }) => [fid, holders]));
}

const fromJson = `with r as (
  select id, "lakeId", kind, name, ST_Force2D(ST_GeomFromGeoJSON(polygon)) as geom
  from json_to_recordset($1::json) as r (id text, "lakeId" text, kind text, name text, polygon text))`;
