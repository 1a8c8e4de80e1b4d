import type { MultiPolygon } from 'geojson';
import type { Db } from './db.ts';

/** The ground that a camera sees by one calibration. */
export interface StoredViewshed {
  readonly calibrationId: number;
  /** EPSG:4326; without a polygon: it sees none. */
  readonly shape: MultiPolygon;
  /** Side of the cells that it was drawn from, m. */
  readonly cellM: number;
  /** SHA-256 of the ground that it was made from. */
  readonly source: string;
}

/** Stores the viewshed of a calibration in place of the one before. */
export async function writeViewshed(db: Db, { calibrationId, shape, cellM, source }: StoredViewshed): Promise<void> {
  await db.query(
    `insert into rivage.viewshed (calibration_id, geom, cell_m, source)
     values ($1, ST_SetSRID(ST_GeomFromGeoJSON($2), 4326), $3, $4)
     on conflict (calibration_id) do update set geom = excluded.geom, cell_m = excluded.cell_m, source = excluded.source`,
    [calibrationId, JSON.stringify(shape), cellM, source],
  );
}

/** What the viewsheds of a camera's calibrations were made from, by the number of the calibration. */
export async function readViewshedSources(db: Db, cameraId: string): Promise<ReadonlyMap<number, string>> {
  const rows = await db.query<{ calibrationId: number; source: string }>(
    `select calibration_id as "calibrationId", v.source
     from rivage.viewshed as v join rivage.calibration as k using (calibration_id) where k.camera_id = $1`,
    [cameraId],
  );
  return new Map(rows.map(({ calibrationId, source }) => [calibrationId, source]));
}
