create view rivage.occupancy_light as
select w.lake_id, camera_id, f.zone_id, t.label, d.local_day, f.local_hour, f.light, f.frames, f.watched_h, f.object_hours
from rivage.camera_watch as w
join rivage.camera as c using (camera_id)
cross join rivage.label_threshold as t
cross join lateral rivage.days_of(w.camera_id) as d (local_day)
cross join lateral (
  select zone_id, extract(hour from taken_at at time zone w.time_zone)::int as local_hour,
    rivage.light_of(c.geom, taken_at) as light, count(*)::int as frames, sum(watched_h) as watched_h,
    sum(cardinality(doing) * watched_h) as object_hours
  from rivage.frame_counts(w.camera_id, t.label, d.local_day, w.zones)
  group by 1, 2, 3
) as f
where t.shown;

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
