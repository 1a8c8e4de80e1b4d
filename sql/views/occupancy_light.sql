create view rivage.occupancy_light as
with place as (
  select camera_id, null as zone_id from rivage.camera
  union all
  select camera_id, zone_id from rivage.zone_watch
)
select f.lake_id, f.camera_id, p.zone_id, f.label, f.local_day,
  extract(hour from f.taken_at at time zone f.time_zone)::int as local_hour, rivage.light_of(c.geom, f.taken_at) as light,
  count(*)::int as frames, sum(f.watched_h) as watched_h, sum(o.objects * f.watched_h) as object_hours
from rivage.valid_frame as f
join rivage.camera as c using (camera_id)
join place as p using (camera_id)
cross join lateral (
  select count(*) as objects
  from rivage.detection as d
  where d.analysis_id = f.analysis_id and d.label = f.label and d.shown_confidence >= f.min_confidence
    and (p.zone_id is null or exists (
      select from rivage.sighting_zone as s where s.detection_fid = d.fid and s.zone_id = p.zone_id and s.holds_point
    ))
) as o
group by 1, 2, 3, 4, 5, 6, 7;

comment on view rivage.occupancy_light is
  'Object-hours by day, local hour and light, for all that a camera sees and for each zone that it watches: what estimates are made of, each light corrected by the photos reviewed in it. Hours without a valid frame have no row: nobody looked. Key: camera_id, zone_id, label, local_day, local_hour and light.';
comment on column rivage.occupancy_light.lake_id is 'Identifier of the lake.';
comment on column rivage.occupancy_light.camera_id is 'Identifier of the camera; what two cameras see at once is in the rows of both.';
comment on column rivage.occupancy_light.zone_id is 'Identifier of the zone that holds the most likely place; null: all that the camera sees, on the ground or not.';
comment on column rivage.occupancy_light.label is 'What was looked for, such as person or tent.';
comment on column rivage.occupancy_light.local_day is 'Calendar day, local time of the lake.';
comment on column rivage.occupancy_light.local_hour is 'Hour of the day, a whole number from 0 to 23, local time of the lake; an hour that the clock shows twice is one row.';
comment on column rivage.occupancy_light.light is 'Light by the height of the sun: day from 6 degrees up, dim from -6, dark below.';
comment on column rivage.occupancy_light.frames is 'Number of valid frames.';
comment on column rivage.occupancy_light.watched_h is 'Time that these frames stand for, hours.';
comment on column rivage.occupancy_light.object_hours is 'Objects found, each times the hours that its frame stands for, object-hours (h): as detected, not corrected.';
