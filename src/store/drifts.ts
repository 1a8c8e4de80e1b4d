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
    `select d.state, d.reason, d.heading_deg is not null as turned, d.heading_deg as "headingDeg",
       d.pitch_deg as "pitchDeg", d.roll_deg as "rollDeg", d.covariance_deg2 as covariance, d.agreeing, d.looked
     from rivage.calibration as wanted
     join rivage.calibration as k using (camera_id, reference_path)
     join rivage.photo_drift as d on d.calibration_id = k.calibration_id
     where wanted.calibration_id = $2 and d.photo_id = $1
     order by k.calibration_id = wanted.calibration_id desc, k.calibration_id desc limit 1`,
    [photoId, calibrationId],
  );
  if (!row) return undefined;
  const { state, reason, turned, ...angles } = row;
  const drift = turned ? angles : undefined;
  if (state === 'moved') return { kind: state, reason, drift };
  if (state === 'unclear' || !drift) return { kind: 'unclear', drift };
  return { kind: state, drift };
}
