import type { Drift, DriftOutcome } from '../drift/drift.ts';
import type { PhotoId } from '../ingest/photo.ts';
import type { Db } from './db.ts';

/** Stores how far a camera had turned at a photo since the reference photo of a calibration. */
export async function writeDrift(
  db: Db,
  photoId: PhotoId,
  calibrationId: number,
  outcome: DriftOutcome,
): Promise<void> {
  const { drift } = outcome;
  const reason = outcome.kind === 'moved' ? outcome.reason : undefined;
  await db.query(
    `insert into rivage.photo_drift (photo_id, calibration_id, state, reason, heading_deg, pitch_deg, roll_deg,
       covariance_deg2, agreeing, looked)
     values ($1, $2, $3, $4, $5, $6, $7, $8::float8[], $9, $10)
     on conflict (photo_id, calibration_id) do update set state = excluded.state, reason = excluded.reason,
       heading_deg = excluded.heading_deg, pitch_deg = excluded.pitch_deg, roll_deg = excluded.roll_deg,
       covariance_deg2 = excluded.covariance_deg2, agreeing = excluded.agreeing, looked = excluded.looked`,
    [
      ...[photoId, calibrationId, outcome.kind, reason, drift?.headingDeg, drift?.pitchDeg, drift?.rollDeg],
      ...[drift?.covariance, drift?.agreeing, drift?.looked],
    ],
  );
}

const columns = `d.state, d.reason, d.heading_deg is not null as turned, d.heading_deg as "headingDeg",
  d.pitch_deg as "pitchDeg", d.roll_deg as "rollDeg", d.covariance_deg2 as covariance, d.agreeing, d.looked`;

interface DriftRow extends Drift {
  readonly state: DriftOutcome['kind'];
  readonly reason: 'weak-consensus' | 'large-jump';
  /** False: no angles were found. */
  readonly turned: boolean;
}

/**
 * What was measured of a photo's drift for a calibration, or for another one of the camera with the same reference
 * photo; undefined: nothing yet.
 */
export async function findDrift(db: Db, photoId: PhotoId, calibrationId: number): Promise<DriftOutcome | undefined> {
  const [row] = await db.query<DriftRow>(
    `select ${columns}
     from rivage.calibration as wanted
     join rivage.calibration as k using (camera_id, reference_path)
     join rivage.photo_drift as d on d.calibration_id = k.calibration_id
     where wanted.calibration_id = $2 and d.photo_id = $1
     order by k.calibration_id = wanted.calibration_id desc, k.calibration_id desc limit 1`,
    [photoId, calibrationId],
  );
  return row && toOutcome(row);
}

/**
 * What the photo nearest in time shows, of those that were compared with the reference photo of a calibration and
 * showed enough to tell; undefined: none did.
 */
export async function findNearestDrift(db: Db, calibrationId: number, at: Date): Promise<DriftOutcome | undefined> {
  const [row] = await db.query<DriftRow>(
    `select ${columns}
     from rivage.calibration as wanted
     cross join lateral (${nextTo('<=', 'desc')} union all ${nextTo('>', 'asc')}) as d
     where wanted.calibration_id = $1
     order by abs(extract(epoch from d.taken_at - $2::timestamptz)), d.taken_at limit 1`,
    [calibrationId, at],
  );
  return row && toOutcome(row);
}

/** The first clear photo on one side of $2: along the index of photos by time, so that a season is never sorted. */
function nextTo(side: '<=' | '>', order: 'asc' | 'desc'): string {
  return `(
    select p.taken_at, d.*
    from rivage.photo as p
    join rivage.photo_drift as d using (photo_id)
    join rivage.calibration as k using (calibration_id)
    where p.camera_id = wanted.camera_id and p.taken_at ${side} $2::timestamptz and d.state <> 'unclear'
      and k.reference_path = wanted.reference_path
    order by p.taken_at ${order} limit 1)`;
}

function toOutcome({ state, reason, turned, ...angles }: DriftRow): DriftOutcome {
  const drift = turned ? angles : undefined;
  if (state === 'moved') return { kind: state, reason, drift };
  if (state === 'unclear' || !drift) return { kind: 'unclear', drift };
  return { kind: state, drift };
}
