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
