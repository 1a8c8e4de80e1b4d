import type { Db } from './db.ts';

/** Says anew what is done at each sighting of a camera, by the rules that are stored: see fill_activities. */
export async function fillActivities(db: Db, cameraId: string): Promise<void> {
  await db.query('select rivage.fill_activities(array[$1::text])', [cameraId]);
}

/** As `fillActivities`, for all cameras of some lakes. */
export async function fillActivitiesAt(db: Db, lakeIds: ReadonlySet<string>): Promise<void> {
  await db.query(
    'select rivage.fill_activities(array_agg(camera_id)) from rivage.camera where lake_id = any ($1::text[])',
    [[...lakeIds]],
  );
}
