import type { CameraStay } from '../interpret/join-cameras.ts';
import type { Stay } from '../interpret/stay.ts';
import type { StaySource } from './analyses.ts';
import type { Db } from './db.ts';

/** Replaces all stays of one camera, model and label. */
export async function replaceStays(
  db: Db,
  { cameraId, modelId, label }: StaySource,
  stays: readonly Stay[],
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('delete from rivage.stay where camera_id = $1 and model_id = $2 and label = $3', [
      cameraId,
      modelId,
      label,
    ]);
    if (stays.length === 0) return;
    const rows = stays.map(({ point, covariance, firstSeen, lastSeen, keys }) => {
      return { ...point, ...covariance, firstSeen, lastSeen, keys };
    });
    await tx.query(insertStays, [cameraId, modelId, label, JSON.stringify(rows)]);
  });
}

const insertStays = `
  with found as (
    select nextval(pg_get_serial_sequence('rivage.stay', 'fid'))::int as fid, r.*
    from json_to_recordset($4::json) as r (
      lng float8, lat float8, "eeM2" float8, "enM2" float8, "nnM2" float8,
      "firstSeen" timestamptz, "lastSeen" timestamptz, keys int[])
  ), stored as (
    insert into rivage.stay
      (fid, camera_id, model_id, label, geom, cov_ee_m2, cov_en_m2, cov_nn_m2, first_seen, last_seen, frames)
    overriding system value
    select fid, $1, $2, $3, ST_SetSRID(ST_MakePoint(lng, lat), 4326), "eeM2", "enM2", "nnM2", "firstSeen", "lastSeen",
      cardinality(keys)
    from found
  )
  insert into rivage.stay_member (stay_fid, detection_fid)
  select fid, key from found cross join lateral unnest(keys) as key`;

/** Keeps the stays of a camera's lake from anybody else until a transaction ends. */
export async function holdStays(tx: Db, cameraId: string): Promise<void> {
  await tx.query(
    'select from rivage.lake where lake_id = (select lake_id from rivage.camera where camera_id = $1) for no key update',
    [cameraId],
  );
}

/** Stays of all cameras at a camera's lake, by one model, of one label. */
export function readLakeStays(db: Db, { cameraId, modelId, label }: StaySource): Promise<readonly CameraStay[]> {
  return db.query<CameraStay>(
    `select s.fid as key, s.camera_id as "cameraId", s.first_seen as "firstSeen", s.last_seen as "lastSeen",
       json_build_object('lng', ST_X(s.geom), 'lat', ST_Y(s.geom)) as point,
       json_build_object('eeM2', s.cov_ee_m2, 'enM2', s.cov_en_m2, 'nnM2', s.cov_nn_m2) as covariance
     from rivage.stay as s
     join rivage.camera as c using (camera_id)
     where c.lake_id = (select lake_id from rivage.camera where camera_id = $1) and s.model_id = $2 and s.label = $3
     order by s.fid`,
    [cameraId, modelId, label],
  );
}

/** Stores which stays are of one thing: the least of their numbers is its own. */
export async function writeThings(db: Db, things: readonly (readonly number[])[]): Promise<void> {
  const rows = things.flatMap((stays) => stays.map((fid) => ({ fid, thing: Math.min(...stays) })));
  await db.query(
    `update rivage.stay as s set thing = r.thing
     from json_to_recordset($1::json) as r (fid int, thing int)
     where s.fid = r.fid and s.thing is distinct from r.thing`,
    [JSON.stringify(rows)],
  );
}

/** A camera, model and label of each lake that has stays which nobody has joined over cameras yet. */
export function listUnjoined(db: Db): Promise<readonly StaySource[]> {
  return db.query<StaySource>(
    `select min(s.camera_id) as "cameraId", s.model_id as "modelId", s.label
     from rivage.stay as s
     join rivage.camera as c using (camera_id)
     where s.thing is null
     group by c.lake_id, s.model_id, s.label`,
  );
}
