create view rivage.occupancy_hourly as
with place as (
  select camera_id, null as zone_id from rivage.camera
  union all
  select camera_id, zone_id from rivage.zone_watch
)
select f.lake_id, f.camera_id, p.zone_id, f.label, h.hour, f.local_day,
  extract(hour from h.hour at time zone f.time_zone)::int as local_hour,
  sum(o.objects)::int as objects, count(*)::int as frames, sum(f.watched_h) as watched_h, avg(o.objects)::float8 as occupancy,
  max(o.objects)::int as most, f.model_id
from rivage.valid_frame as f
join place as p using (camera_id)
cross join lateral (
  select count(*) as objects
  from rivage.detection as d
  where d.analysis_id = f.analysis_id and d.label = f.label and d.shown_confidence >= f.min_confidence
    and (p.zone_id is null or exists (
      select from rivage.sighting_zone as s where s.detection_fid = d.fid and s.zone_id = p.zone_id and s.holds_point
    ))
) as o
cross join lateral date_trunc('hour', f.taken_at, f.time_zone) as h (hour)
group by f.lake_id, f.camera_id, p.zone_id, f.label, h.hour, f.time_zone, f.local_day, f.model_id;

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
