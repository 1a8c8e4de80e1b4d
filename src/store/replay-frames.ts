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
    `select f.taken_at as at, to_char(f.taken_at at time zone f.time_zone, 'YYYY-MM-DD') as day,
       coalesce(jsonb_agg(jsonb_build_object('key', d.fid, 'activity', y.activity, 'sighting', case when s.geom is not null
         then jsonb_build_object('point', jsonb_build_object('lng', ST_X(s.geom), 'lat', ST_Y(s.geom)), 'covariance',
           jsonb_build_object('eeM2', s.cov_ee_m2, 'enM2', s.cov_en_m2, 'nnM2', s.cov_nn_m2)) end
       ) order by d.fid) filter (where d.fid is not null), '[]') as seen
     from rivage.valid_frame as f
     left join rivage.detection as d
       on d.analysis_id = f.analysis_id and d.label = f.label and d.shown_confidence >= f.min_confidence
     left join rivage.sighting as s on s.detection_fid = d.fid
     left join rivage.sighting_activity as y on y.detection_fid = d.fid
     where f.camera_id = $1 and f.label = $2
     group by f.analysis_id, f.taken_at, f.time_zone
     order by f.taken_at, f.analysis_id`,
    [cameraId, label],
  );
}
