create view rivage.occupancy_hourly as
select w.lake_id, w.camera_id, f.zone_id, t.label, f.hour, d.local_day,
  extract(hour from f.hour at time zone w.time_zone)::int as local_hour, f.objects, f.frames, f.watched_h, f.occupancy, f.most,
  t.model_id
from rivage.camera_watch as w
cross join rivage.label_threshold as t
cross join lateral rivage.days_of(w.camera_id) as d (local_day)
cross join lateral (
  select zone_id, date_trunc('hour', taken_at, w.time_zone) as hour, sum(cardinality(doing))::int as objects, count(*)::int as frames,
    sum(watched_h) as watched_h, avg(cardinality(doing))::float8 as occupancy, max(cardinality(doing)) as most
  from rivage.frame_counts(w.camera_id, t.label, d.local_day, w.zones)
  group by 1, 2
) as f
where t.shown;

comment on view rivage.occupancy_hourly is
  'Occupancy by hour: how many objects at a time, over the valid frames of each camera, label and local hour; for all that the camera sees, and for each zone that it watches. Hours without a valid frame have no row: nobody looked; see effort_hourly. Key: camera_id, zone_id, label and hour.';
comment on column rivage.occupancy_hourly.lake_id is 'Identifier of the lake.';
comment on column rivage.occupancy_hourly.camera_id is 'Identifier of the camera; what two cameras see at once is in the rows of both.';
comment on column rivage.occupancy_hourly.zone_id is 'Identifier of the zone that holds the most likely place; null: all that the camera sees, on the ground or not.';
comment on column rivage.occupancy_hourly.label is 'What was looked for, such as person or tent.';
comment on column rivage.occupancy_hourly.hour is 'Begin of the local hour, UTC instant: an hour that the clock shows twice is two rows.';
comment on column rivage.occupancy_hourly.local_day is 'Calendar day, local time of the lake.';
comment on column rivage.occupancy_hourly.local_hour is 'Hour of the day, a whole number from 0 to 23, local time of the lake.';
comment on column rivage.occupancy_hourly.objects is 'Number of objects, summed over the frames: one that stays is counted in each.';
comment on column rivage.occupancy_hourly.frames is 'Number of valid frames.';
comment on column rivage.occupancy_hourly.watched_h is 'Time that these frames stand for, hours.';
comment on column rivage.occupancy_hourly.occupancy is 'Mean number of objects at a time: objects / frames.';
comment on column rivage.occupancy_hourly.most is 'Largest number in one frame: a lower bound of what was there, lower the longer the interval of the camera.';
comment on column rivage.occupancy_hourly.model_id is 'Model that looked, as id@version.';
