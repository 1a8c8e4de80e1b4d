import type { MountedCamera } from '../workspace/mounted-camera.ts';
import type { Db } from './db.ts';

/** Stores the cameras of a workspace. A camera that is no longer among them goes too, unless it has photos. */
export async function writeCameras(db: Db, cameras: readonly MountedCamera[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(
      `insert into rivage.camera as c (camera_id, lake_id, name, geom, height_m, position_sigma_m, interval_min,
         clock_time_zone, clock_offset_s, mounted_from, mounted_to)
       select id, "lakeId", name, ST_SetSRID(ST_MakePoint((position ->> 'lng')::float8, (position ->> 'lat')::float8), 4326),
         (position ->> 'heightM')::float8, (position ->> 'sigmaM')::float8, "intervalMin", "clockTimeZone",
         "clockOffsetS", "mountedFrom", "mountedTo"
       from json_to_recordset($1::json) as r (
         id text, "lakeId" text, name text, position json, "intervalMin" float8, "clockTimeZone" text,
         "clockOffsetS" float8, "mountedFrom" timestamptz, "mountedTo" timestamptz)
       on conflict (camera_id) do update set
         lake_id = excluded.lake_id, name = excluded.name, geom = excluded.geom, height_m = excluded.height_m,
         position_sigma_m = excluded.position_sigma_m, interval_min = excluded.interval_min,
         clock_time_zone = excluded.clock_time_zone, clock_offset_s = excluded.clock_offset_s,
         mounted_from = excluded.mounted_from, mounted_to = excluded.mounted_to`,
      [JSON.stringify(cameras)],
    );
    await tx.query(
      `delete from rivage.camera as c where c.camera_id <> all ($1::text[])
       and not exists (select from rivage.photo as p where p.camera_id = c.camera_id)`,
      [cameras.map((camera) => camera.id)],
    );
  });
}
