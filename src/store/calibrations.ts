import type { Calibration } from '../calibrate/calibration.ts';
import type { CameraId } from '../workspace/mounted-camera.ts';
import type { Db } from './db.ts';

/** From when to when a calibration holds. */
export interface Validity {
  /** Undefined: since ever. */
  readonly from: Date | undefined;
  /** Not included; undefined: until the next one of its camera begins. */
  readonly to: Date | undefined;
}

/** A calibration to store. */
export interface NewCalibration {
  readonly cameraId: CameraId;
  readonly calibration: Calibration;
  readonly validity: Validity;
  /** 'file': solved from a GCP file of the workspace; 'service': sent by a person through the service. */
  readonly origin: 'file' | 'service';
  /** SHA-256 of all that it was solved from. */
  readonly source: string;
  /** The photo that its GCPs were clicked in, relative to the workspace folder; undefined: not told. */
  readonly referencePath: string | undefined;
}

/** A calibration as it is stored. */
export interface StoredCalibration extends Omit<NewCalibration, 'cameraId' | 'source'> {
  readonly calibrationId: number;
  readonly cameraId: string;
  readonly createdAt: Date;
  /** Undefined: in use. */
  readonly withdrawnAt: Date | undefined;
}

/** Stores a calibration; its number. The same one written again is the same row. */
export async function writeCalibration(db: Db, wanted: NewCalibration): Promise<number> {
  const { cameraId, calibration, validity, origin, source, referencePath } = wanted;
  const body = JSON.stringify(calibration);
  return db.transaction(async (tx) => {
    // one program at a time, so that two workers do not store it twice
    await tx.query('select from rivage.camera where camera_id = $1 for update', [cameraId]);
    const [known] = await tx.query<{ id: number }>(
      `select calibration_id as id from rivage.calibration
       where camera_id = $1 and valid_from is not distinct from $2::timestamptz
         and valid_to is not distinct from $3::timestamptz and origin = $4 and source = $5
         and reference_path is not distinct from $6 and body = $7::jsonb and withdrawn_at is null`,
      [cameraId, validity.from, validity.to, origin, source, referencePath, body],
    );
    if (known) return known.id;
    const [row] = await tx.query<{ id: number }>(
      `insert into rivage.calibration
         (camera_id, valid_from, valid_to, origin, source, reference_path, body, rmse_px, loo_rmse_px)
       values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9) returning calibration_id as id`,
      [
        ...[cameraId, validity.from, validity.to, origin, source, referencePath, body],
        ...[calibration.rmsePx, calibration.looRmsePx],
      ],
    );
    if (!row) throw new Error('insert … returning gave no row');
    return row.id;
  });
}

/** Numbers of the calibrations of a camera that came from files and are in use, by what they were solved from. */
export async function listFileCalibrations(
  db: Db,
  cameraId: CameraId,
): Promise<readonly { readonly calibrationId: number; readonly source: string | undefined }[]> {
  const rows = await db.query<{ calibrationId: number; source: string | null }>(
    `select calibration_id as "calibrationId", source from rivage.calibration
     where camera_id = $1 and origin = 'file' and withdrawn_at is null`,
    [cameraId],
  );
  return rows.map(({ calibrationId, source }) => ({ calibrationId, source: source ?? undefined }));
}

/** Takes calibrations out of use; sightings that they made keep them. */
export async function withdrawCalibrations(db: Db, ids: readonly number[]): Promise<void> {
  await db.query(
    'update rivage.calibration set withdrawn_at = now() where calibration_id = any ($1::int[]) and withdrawn_at is null',
    [ids],
  );
}

/** All calibrations of a camera, the one that begins last first; those out of use too. */
export async function listCalibrations(db: Db, cameraId: string): Promise<readonly StoredCalibration[]> {
  const rows = await db.query<CalibrationRow>(
    `${select} where camera_id = $1 order by valid_from desc nulls last, calibration_id desc`,
    [cameraId],
  );
  return rows.map(toStored);
}

/** A calibration by its number. */
export async function findCalibration(db: Db, calibrationId: number): Promise<StoredCalibration | undefined> {
  const [row] = await db.query<CalibrationRow>(`${select} where calibration_id = $1`, [calibrationId]);
  return row && toStored(row);
}

/**
 * The one of a camera's calibrations that holds at an instant: of those in use the last that began before; undefined
 * when there is none, or it has ended.
 * @param calibrations as listCalibrations orders them.
 */
export function calibrationAt<Held extends Pick<StoredCalibration, 'validity' | 'withdrawnAt'>>(
  calibrations: readonly Held[],
  at: Date,
): Held | undefined {
  const last = calibrations.find(
    ({ validity: { from }, withdrawnAt }) => withdrawnAt === undefined && (from === undefined || from <= at),
  );
  return last && (last.validity.to === undefined || at < last.validity.to) ? last : undefined;
}

const select = `
  select calibration_id as "calibrationId", camera_id as "cameraId", valid_from as "validFrom", valid_to as "validTo",
    origin, reference_path as "referencePath", created_at as "createdAt", withdrawn_at as "withdrawnAt", body
  from rivage.calibration`;

interface CalibrationRow {
  readonly calibrationId: number;
  readonly cameraId: string;
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
  readonly origin: 'file' | 'service';
  readonly referencePath: string | null;
  readonly createdAt: Date;
  readonly withdrawnAt: Date | null;
  /** JSON drops what is undefined. */
  readonly body: Calibration;
}

function toStored({ validFrom, validTo, referencePath, withdrawnAt, body, ...row }: CalibrationRow): StoredCalibration {
  return {
    ...row,
    validity: { from: validFrom ?? undefined, to: validTo ?? undefined },
    referencePath: referencePath ?? undefined,
    withdrawnAt: withdrawnAt ?? undefined,
    calibration: body,
  };
}
