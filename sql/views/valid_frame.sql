create view rivage.valid_frame as
select a.analysis_id, p.photo_id, c.lake_id, c.camera_id, l.time_zone, p.taken_at, t.label, t.model_id, t.min_confidence,
  c.interval_min / 60 as interval_h
from rivage.camera as c
join rivage.lake as l using (lake_id)
join rivage.photo as p using (camera_id)
join rivage.analysis as a using (photo_id)
join rivage.label_threshold as t using (model_id)
where p.visibility = 'usable' and a.reason is null and t.shown
  -- where a camera did not stand as calibrated, nothing gets a place: see pipeline/place-detections.ts
  and not exists (
    select from rivage.photo_drift as d
    where d.photo_id = a.photo_id and d.calibration_id = a.calibration_id and (d.state = 'moved' or d.heading_deg is null)
  );

comment on view rivage.valid_frame is
  'Valid frames: photos in which a label could be seen, of a camera that stood as calibrated, analysed by the one model shown for it. One row for each photo and label. All rates are divided by these.';
comment on column rivage.valid_frame.analysis_id is 'Number of the analysis.';
comment on column rivage.valid_frame.photo_id is 'SHA-256 of the photo, hexadecimal.';
comment on column rivage.valid_frame.lake_id is 'Identifier of the lake.';
comment on column rivage.valid_frame.camera_id is 'Identifier of the camera.';
comment on column rivage.valid_frame.time_zone is 'Time zone of the lake, IANA name.';
comment on column rivage.valid_frame.taken_at is 'When the photo was taken, UTC instant.';
comment on column rivage.valid_frame.label is 'What was looked for, such as person or tent.';
comment on column rivage.valid_frame.model_id is 'Model that looked, as id@version.';
comment on column rivage.valid_frame.min_confidence is 'Confidence from which on a detection counts, 0 to 1.';
comment on column rivage.valid_frame.interval_h is 'Interval at which the camera is to take photos, hours.';
