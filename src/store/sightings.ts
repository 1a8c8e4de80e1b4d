import type { Detection } from '../detect/detection.ts';
import type { SizePx } from '../geo/frames.ts';
import type { PhotoId, Visibility } from '../ingest/photo.ts';
import type { NoSighting, Sighting } from '../locate/sighting.ts';
import type { CameraId } from '../workspace/mounted-camera.ts';
import type { Db } from './db.ts';
import { holdZones } from './zones.ts';

/** A sighting as a record of `sightingColumns`. */
export function toSightingRow(sighting: Sighting | NoSighting): object {
  if (sighting.kind === 'no-sighting') return { reason: sighting.reason };
  const { point, covariance, ellipse, heightM, surface, rangeM, shares } = sighting;
  return { ...point, ...covariance, ...ellipse, heightM, surface, rangeM, ...shares };
}

/** Columns of a record that toSightingRow made. */
export const sightingColumns = `reason text, lng float8, lat float8, "heightM" float8, surface text, "rangeM" float8,
  "eeM2" float8, "enM2" float8, "nnM2" float8, "semiMajorM" float8, "semiMinorM" float8, "azimuthDeg" float8,
  camera float8, pixel float8, height float8, extent float8`;

/** Inserts a sighting for each record of `found`, which has the fid of its detection besides `sightingColumns`. */
export const insertSightings = `
  insert into rivage.sighting (detection_fid, geom, height_m, surface, range_m, cov_ee_m2, cov_en_m2, cov_nn_m2,
    semi_major_m, semi_minor_m, azimuth_deg, share_camera, share_pixel, share_height, share_extent, reason)
  select fid, ST_SetSRID(ST_MakePoint(lng, lat), 4326), "heightM", surface, "rangeM", "eeM2", "enM2", "nnM2",
    "semiMajorM", "semiMinorM", "azimuthDeg", camera, pixel, height, extent, reason
  from found`;

/** An analysis as it was stored: what its sightings can be made anew from. */
export interface StoredAnalysis {
  readonly analysisId: number;
  readonly modelId: string;
  readonly photo: {
    readonly id: PhotoId;
    /** Relative to the workspace folder. */
    readonly path: string;
    readonly takenAt: Date;
    readonly sizePx: SizePx;
    readonly visibility: Visibility;
  };
  readonly detections: readonly (Detection & { readonly fid: number })[];
}

/** Which stored analyses; undefined: not restricted. */
export interface AnalysisWish {
  readonly cameraId: CameraId;
  readonly from: Date | undefined;
  readonly to: Date | undefined;
}

const wished = `p.camera_id = $1 and a.reason is null and ($2::timestamptz is null or p.taken_at >= $2)
  and ($3::timestamptz is null or p.taken_at < $3)`;

/** How many analyses a wish stands for. */
export async function countAnalyses(db: Db, { cameraId, from, to }: AnalysisWish): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    `select count(*)::int as n from rivage.analysis as a join rivage.photo as p using (photo_id) where ${wished}`,
    [cameraId, from, to],
  );
  return row?.n ?? 0;
}

type StoredRow = Omit<StoredAnalysis, 'photo'> & Omit<StoredAnalysis['photo'], 'sizePx'> & SizePx;

/** The next `limit` analyses of a wish by their number, after `afterId`. */
export async function readAnalyses(
  db: Db,
  { cameraId, from, to }: AnalysisWish,
  afterId: number,
  limit: number,
): Promise<readonly StoredAnalysis[]> {
  const rows = await db.query<StoredRow>(
    `select a.analysis_id as "analysisId", a.model_id as "modelId", p.photo_id as id, p.path, p.taken_at as "takenAt",
       p.width_px as "widthPx", p.height_px as "heightPx", p.visibility, coalesce((
         select jsonb_agg(jsonb_build_object('fid', d.fid, 'label', d.label, 'confidence', d.confidence,
           'box', jsonb_build_object('x', d.x, 'y', d.y, 'w', d.w, 'h', d.h)) order by d.fid)
         from rivage.detection as d where d.analysis_id = a.analysis_id), '[]') as detections
     from rivage.analysis as a join rivage.photo as p using (photo_id)
     where ${wished} and a.analysis_id > $4
     order by a.analysis_id limit $5`,
    [cameraId, from, to, afterId, limit],
  );
  return rows.map(({ analysisId, modelId, detections, widthPx, heightPx, ...photo }) => ({
    analysisId,
    modelId,
    photo: { ...photo, sizePx: { widthPx, heightPx } },
    detections,
  }));
}

/** Where an analysis' detections are, as another calibration has it. */
export interface Relocation {
  readonly analysisId: number;
  /** Undefined: no calibration holds at the time of the photo. */
  readonly calibrationId: number | undefined;
  readonly placed: readonly {
    readonly fid: number;
    readonly sighting: Sighting | NoSighting;
    readonly plausibility: number | undefined;
  }[];
}

/** Replaces the sightings of an analysis, all of them or none; nothing where the analysis is gone by now. */
export async function replaceSightings(db: Db, { analysisId, calibrationId, placed }: Relocation): Promise<void> {
  const rows = JSON.stringify(
    placed.map(({ fid, sighting, plausibility }) => ({ fid, plausibility, ...toSightingRow(sighting) })),
  );
  await db.transaction(async (tx) => {
    await holdZones(tx);
    // Another program that analyses the photo again waits for this one from here on.
    const kept = await tx.query(
      'update rivage.analysis set calibration_id = $2 where analysis_id = $1 returning analysis_id',
      [analysisId, calibrationId],
    );
    if (kept.length === 0) return;
    await tx.query(
      `delete from rivage.sighting as s using rivage.detection as d
       where d.fid = s.detection_fid and d.analysis_id = $1`,
      [analysisId],
    );
    await tx.query(
      `update rivage.detection as d set plausibility = found.plausibility
       from json_to_recordset($1::json) as found (fid int, plausibility float8)
       where d.fid = found.fid and d.plausibility is distinct from found.plausibility`,
      [rows],
    );
    await tx.query(
      `with found as (select * from json_to_recordset($1::json) as r (fid int, ${sightingColumns})) ${insertSightings}`,
      [rows],
    );
    await tx.query('select rivage.fill_zones(array[$1::int])', [analysisId]);
  });
}
