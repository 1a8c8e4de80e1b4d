import type { Box, SizePx } from '../geo/frames.ts';
import type { Db } from './db.ts';

/** What people mark in reviews: the labels that figures are made of. */
export const reviewLabels = ['person', 'tent', 'boat', 'animal'] as const;
export type ReviewLabel = (typeof reviewLabels)[number];

/** Which photos may be chosen; undefined: not restricted. */
export interface ReviewWish {
  readonly cameraIds: readonly string[] | undefined;
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  /** True: also photos that were handed out and did not come back. */
  readonly again: boolean;
}

/** A photo that may be chosen for a review. */
export interface ReviewCandidate {
  readonly photoId: string;
  readonly cameraId: string;
  /** Relative to the workspace folder. */
  readonly path: string;
  readonly takenAt: Date;
  readonly sizePx: SizePx;
  /** By the height of the sun: day, dim or dark. */
  readonly light: string;
  /** True when something is shown in it. */
  readonly hasFinds: boolean;
  /** By which its camera was calibrated; undefined: it was not, or was turned away. */
  readonly calibrationId: number | undefined;
}

type CandidateRow = Omit<ReviewCandidate, 'sizePx' | 'calibrationId'> &
  SizePx & { readonly calibrationId: number | null };

/**
 * Usable photos that a shown model analysed and that nobody reviews or has reviewed, in order of time: those that figures
 * are made of, so that what is seen in the chosen ones holds for them all.
 */
export async function listReviewCandidates(
  db: Db,
  { cameraIds, from, to, again }: ReviewWish,
): Promise<readonly ReviewCandidate[]> {
  const rows = await db.query<CandidateRow>(
    `with shown as (select * from rivage.label_threshold where shown and label = any ($4::text[])),
     finding as (
       select distinct d.analysis_id from rivage.detection as d
       join rivage.analysis as a using (analysis_id)
       join shown as t on t.model_id = a.model_id and t.label = d.label and d.shown_confidence >= t.min_confidence
     ),
     seen as (
       select a.photo_id, bool_or(f.analysis_id is not null) as finds,
         max(a.calibration_id) filter (where m.photo_id is null) as calibration
       from rivage.analysis as a
       left join finding as f using (analysis_id)
       left join rivage.photo_drift as m on m.photo_id = a.photo_id and m.calibration_id = a.calibration_id
         and (m.state = 'moved' or m.heading_deg is null)
       where a.reason is null and a.model_id in (select model_id from shown)
       group by a.photo_id
     )
     select p.photo_id as "photoId", p.camera_id as "cameraId", p.path, p.taken_at as "takenAt",
       p.width_px as "widthPx", p.height_px as "heightPx", rivage.light_of(c.geom, p.taken_at) as light,
       seen.finds as "hasFinds", seen.calibration as "calibrationId"
     from seen join rivage.photo as p using (photo_id) join rivage.camera as c using (camera_id)
     where p.visibility = 'usable' and ($1::text[] is null or p.camera_id = any ($1))
       and ($2::timestamptz is null or p.taken_at >= $2) and ($3::timestamptz is null or p.taken_at < $3)
       and not exists (select from rivage.review_photo as r where r.photo_id = p.photo_id and (r.reviewed_at is not null or not $5))
     order by p.taken_at, p.photo_id`,
    [cameraIds, from, to, reviewLabels, again],
  );
  return rows.map(({ widthPx, heightPx, calibrationId, ...row }) => ({
    ...row,
    sizePx: { widthPx, heightPx },
    calibrationId: calibrationId ?? undefined,
  }));
}

/** A detection as the maps show it. */
export interface ShownFind {
  /** As `fid` of sighting_map. */
  readonly sightingId: number;
  readonly photoId: string;
  readonly label: ReviewLabel;
  readonly confidence: number;
  readonly box: Box;
  readonly modelId: string;
}

/** What is shown in some photos, from the threshold of its label up. */
export function readFinds(db: Db, photoIds: readonly string[]): Promise<readonly ShownFind[]> {
  return db.query<ShownFind>(
    `select d.fid as "sightingId", a.photo_id as "photoId", d.label, d.shown_confidence as confidence,
       jsonb_build_object('x', d.x, 'y', d.y, 'w', d.w, 'h', d.h) as box, a.model_id as "modelId"
     from rivage.analysis as a
     join rivage.detection as d using (analysis_id)
     join rivage.label_threshold as t on t.model_id = a.model_id and t.label = d.label
     where a.photo_id = any ($1::text[]) and a.reason is null and t.shown and d.shown_confidence >= t.min_confidence
       and d.label = any ($2::text[])
     order by a.photo_id, d.fid`,
    [photoIds, reviewLabels],
  );
}

/** Models whose detections of some label of reviews are shown. */
export async function listShownModels(db: Db): Promise<readonly string[]> {
  const rows = await db.query<{ id: string }>(
    `select distinct model_id as id from rivage.label_threshold where shown and label = any ($1::text[]) order by 1`,
    [reviewLabels],
  );
  return rows.map(({ id }) => id);
}

/** A photo that is handed out. */
export interface ChosenPhoto {
  readonly photoId: string;
  readonly fileName: string;
  /** 1 / its chance of being chosen. */
  readonly weight: number;
  /** What privacy masks blanked, px of the photo. */
  readonly hidden: readonly Box[];
}

/** The number that the next review takes. */
export async function takeReviewId(db: Db): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    `select nextval(pg_get_serial_sequence('rivage.review', 'review_id'))::int as id`,
  );
  if (!row) throw new Error('nextval gave no row');
  return row.id;
}

/** A review that is handed out. */
export interface NewReview {
  readonly reviewId: number;
  readonly request: object;
  readonly models: readonly string[];
  /** SHA-256 of annotations.json. */
  readonly annotationsSha256: string;
  readonly photos: readonly ChosenPhoto[];
}

/** Stores which photos were handed out, all of them or none. */
export async function writeReview(db: Db, { reviewId, request, models, annotationsSha256, photos }: NewReview) {
  const rows = photos.map(({ hidden, ...photo }) => ({
    ...photo,
    hidden: hidden.map(({ x, y, w, h }) => [x, y, w, h]),
  }));
  await db.transaction(async (tx) => {
    await tx.query(
      `insert into rivage.review (review_id, request, models, annotations_sha256) overriding system value
       values ($1, $2::jsonb, $3::text[], $4)`,
      [reviewId, JSON.stringify(request), models, annotationsSha256],
    );
    await tx.query(
      `insert into rivage.review_photo (review_id, photo_id, file_name, weight, hidden)
       select $1, "photoId", "fileName", weight, hidden
       from json_to_recordset($2::json) as r ("photoId" text, "fileName" text, weight float8, hidden jsonb)`,
      [reviewId, JSON.stringify(rows)],
    );
  });
}

/** A photo as it was handed out. */
export interface HandedPhoto {
  readonly fid: number;
  readonly reviewId: number;
  readonly fileName: string;
  readonly sizePx: SizePx;
  readonly annotationsSha256: string;
}

/** All photos that were ever handed out. */
export function listHandedPhotos(db: Db): Promise<readonly HandedPhoto[]> {
  return db.query<HandedPhoto>(
    `select r.fid, r.review_id as "reviewId", r.file_name as "fileName", v.annotations_sha256 as "annotationsSha256",
       jsonb_build_object('widthPx', p.width_px, 'heightPx', p.height_px) as "sizePx"
     from rivage.review_photo as r
     join rivage.review as v using (review_id)
     join rivage.photo as p using (photo_id)
     order by r.fid`,
  );
}

/** What a person saw in a photo. */
export interface ReviewedPhoto {
  /** Of the HandedPhoto. */
  readonly fid: number;
  readonly objects: readonly { readonly label: string; readonly box: Box; readonly unclear: boolean }[];
}

/** Stores what a person saw, all of it or nothing; what was stored of the same photos of that review before is replaced. */
export async function writeReviewed(
  db: Db,
  photos: readonly ReviewedPhoto[],
  reviewer: string | undefined,
): Promise<void> {
  const fids = photos.map(({ fid }) => fid);
  const objects = photos.flatMap(({ fid, objects: seen }) =>
    seen.map(({ label, box, unclear }) => ({ fid, label, ...box, unclear })),
  );
  await db.transaction(async (tx) => {
    await tx.query('update rivage.review_photo set reviewed_at = now(), reviewer = $2 where fid = any ($1::int[])', [
      fids,
      reviewer,
    ]);
    await tx.query('delete from rivage.review_object where review_photo_fid = any ($1::int[])', [fids]);
    await tx.query(
      `insert into rivage.review_object (review_photo_fid, label, x, y, w, h, unclear)
       select fid, label, x, y, w, h, unclear from json_to_recordset($1::json)
         as r (fid int, label text, x float8, y float8, w float8, h float8, unclear boolean)`,
      [JSON.stringify(objects)],
    );
  });
}
