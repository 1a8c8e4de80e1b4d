import type { Light, ReviewedPhoto } from '../interpret/estimate-correction.ts';
import type { WatchedHour } from '../interpret/estimate-sums.ts';
import type { Db } from './db.ts';

/** What is to be estimated. Days are local, 'YYYY-MM-DD', both included; undefined: not restricted. */
export interface EstimateQuestion {
  readonly label: string;
  /** Undefined with no cameraId either: every camera. */
  readonly lakeId: string | undefined;
  readonly cameraId: string | undefined;
  readonly zoneId: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** True: hours that nobody watched take the mean of their hour of day. */
  readonly wholeDays: boolean;
  readonly meanStay: { readonly min: number; readonly sdMin: number } | undefined;
}

/** What is counted, of one camera. Days are local, 'YYYY-MM-DD', both included; undefined: not restricted. */
export interface CountedSource {
  readonly cameraId: string;
  readonly label: string;
  /** Undefined: all that the camera sees. */
  readonly zoneId: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Object-hours and time watched of each local hour and light in which somebody looked. */
export function readWatchedHours(
  db: Db,
  { cameraId, label, zoneId, from, to }: CountedSource,
): Promise<readonly WatchedHour[]> {
  return db.query<WatchedHour>(
    `select local_day as day, local_hour as hour, light, frames, watched_h as "watchedH", object_hours as "objectHours"
     from rivage.occupancy_light
     where camera_id = $1 and label = $2 and zone_id is not distinct from $3
       and local_day between coalesce($4::date, '-infinity') and coalesce($5::date, 'infinity')
     order by local_day, local_hour, light`,
    [cameraId, label, zoneId, from, to],
  );
}

/** Every reviewed photo, of all cameras, as the model shown for the label did in it. */
export async function readReviewedPhotos(db: Db, label: string): Promise<readonly ReviewedPhoto[]> {
  const rows = await db.query<Omit<ReviewedPhoto, 'draw'> & { readonly reviewId: number; readonly light: Light }>(
    `select camera_id as "cameraId", light, local_day as day, review_id as "reviewId", weight, there, found, matched
     from rivage.review_count where label = $1 and shown order by photo_id`,
    [label],
  );
  // photos of one review, camera and light were drawn by whether something was found in them, and that gives the weight
  return rows.map(({ reviewId, ...photo }) => ({
    ...photo,
    draw: `${reviewId}/${photo.cameraId}/${photo.light}/${photo.weight}`,
  }));
}

/** A camera that may be asked about. */
export interface CountedCamera {
  readonly cameraId: string;
  readonly lakeId: string;
}

/** All cameras, by their names. */
export function listCountedCameras(db: Db): Promise<readonly CountedCamera[]> {
  return db.query<CountedCamera>(
    'select camera_id as "cameraId", lake_id as "lakeId" from rivage.camera order by camera_id',
  );
}

/** Labels that a model is shown for. */
export async function listShownLabels(db: Db): Promise<readonly string[]> {
  const rows = await db.query<{ label: string }>('select label from rivage.label_threshold where shown order by label');
  return rows.map(({ label }) => label);
}

/** Zones of a lake, and the cameras that watch each. */
export function listWatchedZones(
  db: Db,
): Promise<readonly { readonly zoneId: string; readonly lakeId: string; readonly cameraIds: readonly string[] }[]> {
  return db.query(
    `select z.zone_id as "zoneId", z.lake_id as "lakeId",
       coalesce(array_agg(w.camera_id order by w.camera_id) filter (where w.camera_id is not null), '{}') as "cameraIds"
     from rivage.zone as z left join rivage.zone_watch as w using (zone_id) group by z.zone_id, z.lake_id order by z.zone_id`,
  );
}
