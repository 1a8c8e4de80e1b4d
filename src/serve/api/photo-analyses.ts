import type { Box } from '../../geo/frames.ts';
import type { Db } from '../../store/db.ts';

/** What one model said of a photo, as the API answers it. */
export interface AnalysisAnswer {
  readonly modelId: string;
  readonly calibrationId: number | null;
  readonly analysedAt: Date;
  readonly durationMs: number;
  readonly lookedAt: readonly (readonly number[])[] | null;
  readonly reason: string | null;
  readonly message: string | null;
  readonly detections: readonly DetectionAnswer[];
}

interface DetectionAnswer {
  readonly id: number;
  readonly label: string;
  readonly confidence: number;
  readonly plausibility: number | null;
  readonly shownConfidence: number;
  readonly box: Box;
  readonly sighting: object | null;
  readonly noSightingReason: string | null;
}

interface AnalysisRow extends Omit<AnalysisAnswer, 'detections'> {
  readonly analysis_id: number;
}

interface DetectionRow {
  readonly analysis_id: number;
  readonly id: number;
  readonly label: string;
  readonly confidence: number;
  readonly plausibility: number | null;
  readonly shownConfidence: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly lng: number | null;
  readonly lat: number | null;
  readonly heightM: number;
  readonly surface: string;
  readonly rangeM: number;
  readonly semiMajorM: number;
  readonly semiMinorM: number;
  readonly azimuthDeg: number;
  readonly shares: object | null;
  readonly zones: readonly object[];
  readonly noSightingReason: string | null;
}

/** Every analysis of a photo, with all its detections. */
export async function readAnalyses(db: Db, photoId: string): Promise<readonly AnalysisAnswer[]> {
  const analyses = await db.query<AnalysisRow>(
    `select analysis_id, model_id as "modelId", calibration_id as "calibrationId", analysed_at as "analysedAt", duration_ms as "durationMs",
       looked_at as "lookedAt", reason, message
     from rivage.analysis where photo_id = $1 order by model_id`,
    [photoId],
  );
  const rows = await db.query<DetectionRow>(detectionSql, [photoId]);
  return analyses.map(({ analysis_id, ...analysis }) => ({
    ...analysis,
    detections: rows.filter((row) => row.analysis_id === analysis_id).map(toAnswer),
  }));
}

function toAnswer(row: DetectionRow): DetectionAnswer {
  const { lng, lat, heightM, surface, rangeM, semiMajorM, semiMinorM, azimuthDeg, shares, zones } = row;
  const ellipse = { semiMajorM, semiMinorM, azimuthDeg };
  return {
    id: row.id,
    label: row.label,
    confidence: row.confidence,
    plausibility: row.plausibility,
    shownConfidence: row.shownConfidence,
    box: { x: row.x, y: row.y, w: row.w, h: row.h },
    sighting: lng === null ? null : { lng, lat, heightM, surface, rangeM, ellipse, shares, zones },
    noSightingReason: row.noSightingReason,
  };
}

const detectionSql = `
  select d.analysis_id, d.fid as id, d.label, d.confidence, d.plausibility,
    d.shown_confidence as "shownConfidence", d.x, d.y, d.w, d.h,
    ST_X(s.geom) as lng, ST_Y(s.geom) as lat, s.height_m as "heightM", s.surface, s.range_m as "rangeM",
    s.semi_major_m as "semiMajorM", s.semi_minor_m as "semiMinorM", s.azimuth_deg as "azimuthDeg",
    case when s.share_camera is not null then jsonb_build_object('camera', s.share_camera, 'pixel', s.share_pixel,
      'height', s.share_height, 'extent', s.share_extent) end as shares,
    coalesce((
      select jsonb_agg(jsonb_build_object('zoneId', z.zone_id, 'holdsPoint', z.holds_point, 'probability', z.probability)
        order by z.zone_id)
      from rivage.sighting_zone as z where z.detection_fid = d.fid
    ), '[]') as zones,
    s.reason as "noSightingReason"
  from rivage.detection as d
  join rivage.analysis as a using (analysis_id)
  left join rivage.sighting as s on s.detection_fid = d.fid
  where a.photo_id = $1
  order by d.confidence desc, d.fid`;
