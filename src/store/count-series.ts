import type { Db } from './db.ts';

/** What of a camera is counted. */
export interface CountSource {
  readonly cameraId: string;
  /** Undefined: all that the camera sees. */
  readonly zoneId: string | undefined;
  readonly label: string;
}

/** Occupancy of an hour in which somebody could look. */
export interface OccupancyHour {
  readonly startsAt: Date;
  /** Local, 'YYYY-MM-DD'. */
  readonly day: string;
  /** Local, 0–23. */
  readonly hour: number;
  /** Mean number of objects over the valid frames. */
  readonly count: number;
}

/** A figure of a local day. */
export interface CountDay {
  readonly day: string;
  readonly count: number;
}

/** Hours with a valid frame, in order. */
export function readOccupancyHours(
  db: Db,
  { cameraId, zoneId, label }: CountSource,
): Promise<readonly OccupancyHour[]> {
  return db.query<OccupancyHour>(
    `select hour as "startsAt", local_day as day, local_hour as hour, occupancy as count
     from rivage.occupancy_hourly
     where camera_id = $1 and zone_id is not distinct from $2 and label = $3 and occupancy is not null
     order by "startsAt"`,
    [cameraId, zoneId, label],
  );
}

/** Most objects in one valid frame, of days with valid frames in `watchedHours` hours at least. */
export function readDailyMaxima(
  db: Db,
  { cameraId, zoneId, label }: CountSource,
  watchedHours: number,
): Promise<readonly CountDay[]> {
  return db.query<CountDay>(
    `select local_day as day, max(most)::float8 as count
     from rivage.occupancy_hourly
     where camera_id = $1 and zone_id is not distinct from $2 and label = $3 and occupancy is not null
     group by local_day having count(*) >= $4
     order by local_day`,
    [cameraId, zoneId, label, watchedHours],
  );
}

/** Visitor-hours of days that were watched for `watchedHours` at least. */
export function readVisitorHours(
  db: Db,
  { cameraId, zoneId }: Omit<CountSource, 'label'>,
  watchedHours: number,
): Promise<readonly CountDay[]> {
  return db.query<CountDay>(
    `select local_day as day, visitor_hours as count
     from rivage.visitor_hours_daily
     where camera_id = $1 and zone_id is not distinct from $2 and visitor_hours is not null and watched_hours >= $3
     order by local_day`,
    [cameraId, zoneId, watchedHours],
  );
}
