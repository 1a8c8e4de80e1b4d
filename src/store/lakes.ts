import type { Lake } from '../geo/lake.ts';
import type { Db } from './db.ts';
import { checkOutline } from './outline.ts';

/**
 * Stores the lakes of a workspace. A lake that is no longer among them goes too, unless a camera still belongs to it.
 * @throws ServiceError geometry-invalid
 */
export async function writeLakes(db: Db, lakes: readonly Lake[]): Promise<void> {
  await db.transaction(async (tx) => {
    for (const lake of lakes) await checkOutline(tx, 'lake', lake.id, lake.shoreline);
    const rows = lakes.map((lake) => ({ ...lake, shoreline: JSON.stringify(lake.shoreline) }));
    await tx.query(
      `insert into rivage.lake as l (lake_id, name, geom, water_level_m, water_level_sigma_m, time_zone)
       select id, name, ST_Force2D(ST_GeomFromGeoJSON(shoreline)), "waterLevelM", "waterLevelSigmaM", "timeZone"
       from json_to_recordset($1::json) as r (
         id text, name text, shoreline text, "waterLevelM" float8, "waterLevelSigmaM" float8, "timeZone" text)
       on conflict (lake_id) do update set
         name = excluded.name, geom = excluded.geom, water_level_m = excluded.water_level_m,
         water_level_sigma_m = excluded.water_level_sigma_m, time_zone = excluded.time_zone`,
      [JSON.stringify(rows)],
    );
    await tx.query(
      `delete from rivage.lake as l where l.lake_id <> all ($1::text[])
       and not exists (select from rivage.camera as c where c.lake_id = l.lake_id)`,
      [lakes.map((lake) => lake.id)],
    );
  });
}

/** How many sightings of a lake have a place, whatever their confidence. */
export async function countSightings(db: Db, lakeId: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*) as count from rivage.sighting as s
     join rivage.detection as d on d.fid = s.detection_fid
     join rivage.analysis as a using (analysis_id)
     join rivage.photo as p using (photo_id)
     join rivage.camera as c using (camera_id)
     where c.lake_id = $1 and s.geom is not null`,
    [lakeId],
  );
  return row?.count ?? 0;
}
