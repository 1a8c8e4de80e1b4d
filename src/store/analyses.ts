import type { Detection } from '../detect/detection.ts';
import type { ServiceError } from '../errors.ts';
import type { Box } from '../geo/frames.ts';
import type { PhotoId } from '../ingest/photo.ts';
import type { StayFrame } from '../interpret/stay.ts';
import type { NoSighting, Sighting } from '../locate/sighting.ts';
import type { CameraId } from '../workspace/mounted-camera.ts';
import type { Db } from './db.ts';
import { insertSightings, sightingColumns, toSightingRow } from './sightings.ts';
import { holdZones } from './zones.ts';

/** A detection, and where it is on the ground. */
export interface FoundThing {
  readonly detection: Detection;
  readonly sighting: Sighting | NoSighting;
  /** How well its size fits its place, 0–1; undefined: nothing says. */
  readonly plausibility: number | undefined;
}

/** What one model found in one photo. */
export interface Analysis {
  readonly photoId: PhotoId;
  readonly modelId: string;
  /** Undefined: the camera was not calibrated. */
  readonly calibrationId: number | undefined;
  readonly durationMs: number;
  /** What was looked at, where the rest was passed over because it had not changed; undefined: all that is watched. */
  readonly lookedAt?: readonly Box[] | undefined;
  readonly found: readonly FoundThing[];
}

/** Stores what a model found in a photo, all of it or nothing; an earlier analysis by the same model is replaced. */
export async function writeAnalysis(db: Db, analysis: Analysis): Promise<void> {
  await db.transaction(async (tx) => {
    const analysisId = await replaceAnalysis(tx, analysis);
    if (analysis.found.length === 0) return;
    await tx.query(insertFound, [analysisId, JSON.stringify(analysis.found.map(toFoundRow))]);
    await tx.query('select rivage.fill_zones(array[$1::int])', [analysisId]);
  });
}

/** Stores that a photo's analysis failed: it counts as not seen, and is not tried again by the next run. */
export async function writeFailedAnalysis(
  db: Db,
  { photoId, modelId, error }: { photoId: PhotoId; modelId: string; error: ServiceError },
): Promise<void> {
  await db.transaction(async (tx) => {
    const analysisId = await replaceAnalysis(tx, { photoId, modelId, calibrationId: undefined, durationMs: 0 });
    await tx.query('update rivage.analysis set reason = $2, message = $3 where analysis_id = $1', [
      analysisId,
      error.code,
      error.message,
    ]);
  });
}

/** Whether a model has analysed a photo, or failed to. */
export async function hasAnalysis(db: Db, photoId: PhotoId, modelId: string): Promise<boolean> {
  const rows = await db.query('select from rivage.analysis where photo_id = $1 and model_id = $2', [photoId, modelId]);
  return rows.length > 0;
}

async function replaceAnalysis(tx: Db, analysis: Omit<Analysis, 'found'>): Promise<number> {
  const { photoId, modelId, calibrationId, durationMs, lookedAt } = analysis;
  await holdZones(tx);
  await tx.query('delete from rivage.analysis where photo_id = $1 and model_id = $2', [photoId, modelId]);
  const [row] = await tx.query<{ id: number }>(
    `insert into rivage.analysis (photo_id, model_id, calibration_id, duration_ms, looked_at)
     values ($1, $2, $3, $4, $5::jsonb) returning analysis_id as id`,
    [photoId, modelId, calibrationId, durationMs, lookedAt && JSON.stringify(lookedAt.map(toRow))],
  );
  if (!row) throw new Error('insert … returning gave no row');
  return row.id;
}

function toRow({ x, y, w, h }: Box): readonly number[] {
  return [x, y, w, h];
}

function toFoundRow({ detection, sighting, plausibility }: FoundThing): object {
  const { label, confidence, box } = detection;
  return { label, confidence, plausibility, ...box, ...toSightingRow(sighting) };
}

/** Detections and sightings of one analysis, in one statement; one JSON array carries all rows. */
const insertFound = `
  with found as (
    select nextval(pg_get_serial_sequence('rivage.detection', 'fid'))::int as fid, r.*
    from json_to_recordset($2::json) as r (label text, confidence float8, plausibility float8, x float8, y float8, w float8, h float8,
      ${sightingColumns})
  ), detected as (
    insert into rivage.detection (fid, analysis_id, label, confidence, plausibility, x, y, w, h) overriding system value
    select fid, $1::int, label, confidence, plausibility, x, y, w, h from found
  )
  ${insertSightings}`;

/** What a stay is linked from: one camera, one model, one label. */
export interface StaySource {
  readonly cameraId: CameraId;
  readonly modelId: string;
  readonly label: string;
}

interface FrameRow {
  readonly takenAt: Date;
  readonly sightings: StayFrame['sightings'];
}

/**
 * Usable frames of a camera that a model analysed, in order of time, each with its sightings of a label from the
 * label's threshold up. None at all when the model does not know the label.
 */
export function readTentFrames(db: Db, { cameraId, modelId, label }: StaySource): Promise<readonly StayFrame[]> {
  return db.query<FrameRow>(
    `select p.taken_at as "takenAt", coalesce(jsonb_agg(jsonb_build_object('key', d.fid, 'sighting', jsonb_build_object(
         'point', jsonb_build_object('lng', ST_X(s.geom), 'lat', ST_Y(s.geom)),
         'covariance', jsonb_build_object('eeM2', s.cov_ee_m2, 'enM2', s.cov_en_m2, 'nnM2', s.cov_nn_m2)
       )) order by d.fid) filter (where s.geom is not null), '[]') as sightings
     from rivage.photo as p
     join rivage.analysis as a using (photo_id)
     join rivage.label_threshold as t on t.model_id = a.model_id and t.label = $3
     left join rivage.detection as d
       on d.analysis_id = a.analysis_id and d.label = t.label and d.shown_confidence >= t.min_confidence
     left join rivage.sighting as s on s.detection_fid = d.fid
     where p.camera_id = $1 and a.model_id = $2 and p.visibility = 'usable' and a.reason is null
     group by p.fid, p.taken_at
     order by p.taken_at, p.fid`,
    [cameraId, modelId, label],
  );
}
