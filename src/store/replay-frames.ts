import type { StaySighting } from '../interpret/stay.ts';
import type { Db } from './db.ts';

/** A valid frame of a camera with what it shows of one label, from the label's threshold up. */
export interface ReplayFrame {
  readonly at: Date;
  /** Local day of the lake, 'YYYY-MM-DD'. */
  readonly day: string;
  readonly seen: readonly {
    readonly key: number;
    /** null: no rule names one. */
    readonly activity: string | null;
    /** null: nothing tells where it is. */
    readonly sighting: StaySighting['sighting'] | null;
  }[];
}

/**
 * Valid frames of a camera in order of time: usable, aimed as calibrated and analysed by the model that is shown for the
 * label; frames that show nothing too. None at all when no model is.
 */
export function readReplayFrames(db: Db, cameraId: string, label: string): Promise<readonly ReplayFrame[]> {
  return db.query<ReplayFrame>(
    `select p.taken_at as at, to_char(p.taken_at at time zone l.time_zone, 'YYYY-MM-DD') as day,
       coalesce(jsonb_agg(jsonb_build_object('key', d.fid, 'activity', y.activity, 'sighting', case when s.geom is not null
         then jsonb_build_object('point', jsonb_build_object('lng', ST_X(s.geom), 'lat', ST_Y(s.geom)), 'covariance',
           jsonb_build_object('eeM2', s.cov_ee_m2, 'enM2', s.cov_en_m2, 'nnM2', s.cov_nn_m2)) end
       ) order by d.fid) filter (where d.fid is not null), '[]') as seen
     from rivage.photo as p
     join rivage.camera as c using (camera_id)
     join rivage.lake as l using (lake_id)
     join rivage.analysis as a using (photo_id)
     join rivage.label_threshold as t on t.model_id = a.model_id and t.label = $2 and t.shown
     left join rivage.detection as d
       on d.analysis_id = a.analysis_id and d.label = t.label and d.shown_confidence >= t.min_confidence
     left join rivage.sighting as s on s.detection_fid = d.fid
     left join rivage.sighting_activity as y on y.detection_fid = d.fid
     where p.camera_id = $1 and p.visibility = 'usable' and a.reason is null and not exists (
       select from rivage.photo_drift as m
       where m.photo_id = p.photo_id and m.calibration_id = a.calibration_id and m.state = 'moved')
     group by p.fid, p.taken_at, l.time_zone
     order by p.taken_at, p.fid`,
    [cameraId, label],
  );
}
