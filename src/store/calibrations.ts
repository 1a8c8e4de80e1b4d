import type { Calibration } from '../camera/calibration.ts';
import type { CameraId } from '../workspace/mounted-camera.ts';
import type { Db } from './db.ts';

/** A calibration as it is stored. */
export interface StoredCalibration {
  readonly calibrationId: number;
  readonly calibration: Calibration;
}

/**
 * Stores a calibration that holds from `validFrom` (undefined: since ever) until the camera's next one; its number.
 * The same calibration written again is the same row.
 */
export async function writeCalibration(
  db: Db,
  cameraId: CameraId,
  calibration: Calibration,
  validFrom?: Date,
): Promise<number> {
  const body = JSON.stringify(calibration);
  return db.transaction(async (tx) => {
    const [known] = await tx.query<{ id: number; same: boolean }>(
      `select calibration_id as id, body = $3::jsonb as same from rivage.calibration
       where camera_id = $1 and valid_from is not distinct from $2::timestamptz
       order by calibration_id desc limit 1`,
      [cameraId, validFrom, body],
    );
    if (known?.same) return known.id;
    const [row] = await tx.query<{ id: number }>(
      `insert into rivage.calibration (camera_id, valid_from, body, rmse_px, loo_rmse_px)
       values ($1, $2, $3::jsonb, $4, $5) returning calibration_id as id`,
      [cameraId, validFrom, body, calibration.rmsePx, calibration.looRmsePx],
    );
    if (!row) throw new Error('insert … returning gave no row');
    return row.id;
  });
}

/** The calibration of a camera that holds at an instant; `at` undefined: the latest one. */
export async function findCalibration(
  db: Db,
  cameraId: CameraId,
  at: Date | undefined,
): Promise<StoredCalibration | undefined> {
  const [row] = await db.query<{ id: number; body: CalibrationBody }>(
    `select calibration_id as id, body from rivage.calibration
     where camera_id = $1 and ($2::timestamptz is null or valid_from is null or valid_from <= $2::timestamptz)
     order by valid_from desc nulls last, calibration_id desc limit 1`,
    [cameraId, at],
  );
  return row && { calibrationId: row.id, calibration: { ...row.body, looRmsePx: row.body.looRmsePx } };
}

/** JSON drops what is undefined. */
type CalibrationBody = Omit<Calibration, 'looRmsePx'> & { readonly looRmsePx?: number };
