import type { Detection } from '../detect/detection.ts';
import type { GroundCovariance, LngLat } from '../geo/frames.ts';
import type { Db } from './db.ts';

/** A detection at or above its label's threshold, by the model that is shown for that label. */
export interface ShownDetection extends Detection {
  /** Of its photo, relative to the workspace folder. */
  readonly path: string;
  /** Undefined: it has no place on the ground. */
  readonly place: { readonly point: LngLat; readonly covariance: GroundCovariance } | undefined;
}

/** Everything that the views would show, in usable photos or not, with its box. */
export async function readShown(db: Db): Promise<readonly ShownDetection[]> {
  const rows = await db.query<Omit<ShownDetection, 'place'> & { readonly place: ShownDetection['place'] | null }>(
    `select p.path, d.label, d.shown_confidence as confidence, jsonb_build_object('x', d.x, 'y', d.y, 'w', d.w, 'h', d.h) as box,
       case when s.geom is not null then jsonb_build_object(
         'point', jsonb_build_object('lng', ST_X(s.geom), 'lat', ST_Y(s.geom)),
         'covariance', jsonb_build_object('eeM2', s.cov_ee_m2, 'enM2', s.cov_en_m2, 'nnM2', s.cov_nn_m2)
       ) end as place
     from rivage.photo as p
     join rivage.analysis as a using (photo_id)
     join rivage.detection as d using (analysis_id)
     join rivage.label_threshold as t using (model_id, label)
     left join rivage.sighting as s on s.detection_fid = d.fid
     where t.shown and d.shown_confidence >= t.min_confidence
     order by p.path, d.fid`,
  );
  return rows.map((row) => ({ ...row, place: row.place ?? undefined }));
}
