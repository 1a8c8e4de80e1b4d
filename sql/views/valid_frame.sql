create view rivage.valid_frame as
select f.*,
  -- half of each gap to a neighbour, where it is no longer than two intervals: sums over frames are sums over time
  (coalesce(case when f.taken_at - before <= 2 * f.interval_h * interval '1 hour' then extract(epoch from f.taken_at - before) end, 0)
    + coalesce(case when after - f.taken_at <= 2 * f.interval_h * interval '1 hour' then extract(epoch from after - f.taken_at) end, 0)
  )::float8 / 7200 as watched_h
from (
  select a.analysis_id, p.photo_id, c.lake_id, c.camera_id, l.time_zone, p.taken_at, t.label, t.model_id, t.min_confidence,
    (p.taken_at at time zone l.time_zone)::date as local_day,
    c.interval_min / 60 as interval_h,
    lag(p.taken_at) over same as before, lead(p.taken_at) over same as after
  from rivage.camera as c
  join rivage.lake as l using (lake_id)
  join rivage.photo as p using (camera_id)
  join rivage.analysis as a using (photo_id)
  join rivage.label_threshold as t using (model_id)
  where p.visibility = 'usable' and a.reason is null and t.shown
  window same as (partition by c.camera_id, t.label order by p.taken_at)
) as f;

comment on view rivage.valid_frame is
  'Valid frames: photos in which a label could be seen, analysed by the one model shown for it. One row for each photo and label. All rates are divided by these.';
comment on column rivage.valid_frame.analysis_id is 'Number of the analysis.';
comment on column rivage.valid_frame.photo_id is 'SHA-256 of the photo, hexadecimal.';
comment on column rivage.valid_frame.lake_id is 'Identifier of the lake.';
comment on column rivage.valid_frame.camera_id is 'Identifier of the camera.';
comment on column rivage.valid_frame.time_zone is 'Time zone of the lake, IANA name.';
comment on column rivage.valid_frame.taken_at is 'When the photo was taken, UTC instant.';
comment on column rivage.valid_frame.label is 'What was looked for, such as person or tent.';
comment on column rivage.valid_frame.model_id is 'Model that looked, as id@version.';
comment on column rivage.valid_frame.min_confidence is 'Confidence from which on a detection counts, 0 to 1.';
comment on column rivage.valid_frame.local_day is 'Calendar day, local time of the lake.';
comment on column rivage.valid_frame.interval_h is 'Interval at which the camera is to take photos, hours.';
comment on column rivage.valid_frame.before is 'Valid frame before of the same camera and label, UTC instant; null: none.';
comment on column rivage.valid_frame.after is 'Valid frame after, UTC instant; null: none.';
comment on column rivage.valid_frame.watched_h is
  'Time that the frame stands for, hours: half of the gaps to the frames before and after, each if it is no longer than two intervals. 0: it stands alone.';
