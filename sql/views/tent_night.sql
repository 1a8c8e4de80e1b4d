create view rivage.tent_night as
with stay as (
  select n.*, s.geom, s.lake, s.frames, s.zones, s.sigma_east_m, s.sigma_north_m,
    row_number() over (partition by n.thing, n.night order by s.sigma_east_m * s.sigma_north_m, s.fid) as place
  from rivage.stay_night as n
  join rivage.stay_map as s on s.fid = n.stay_fid
  where n.label = 'tent'
),
-- of each tent and night what its cameras say together, at the place of the one that knows it best
tent as (
  select thing, night, lake_id, lake, model_id, array_agg(camera_id order by camera_id) as camera_ids, sum(frames)::int as frames,
    min(first_seen) as first_seen, max(last_seen) as last_seen,
    (array_agg(geom order by place))[1] as geom, (array_agg(zones order by place))[1] as zones,
    (array_agg(sigma_east_m order by place))[1] as sigma_east_m, (array_agg(sigma_north_m order by place))[1] as sigma_north_m
  from stay
  group by thing, night, lake_id, lake, model_id
)
select
  (row_number() over (order by t.night, t.thing))::int as fid, t.geom::geometry(Point, 4326) as geom, t.lake_id, t.lake, t.night, t.thing,
  t.first_seen, t.last_seen,
  (row_number() over (partition by t.thing order by t.night))::int as night_of_stay,
  -- the middle of the day before or after
  (t.night + interval '14 hours') at time zone l.time_zone between t.first_seen and t.last_seen
    or (t.night + interval '38 hours') at time zone l.time_zone between t.first_seen and t.last_seen as by_day,
  t.frames, cardinality(t.camera_ids) as cameras, array_to_string(t.camera_ids, ', ') as camera_ids,
  t.sigma_east_m, t.sigma_north_m, t.zones, t.model_id
from tent as t
join rivage.lake as l using (lake_id);

comment on view rivage.tent_night is
  'Tent-nights: one row for each tent and each bivouac night that it stood there, once however many cameras saw it. A night without rows is not a night without tents: bivouac_night tells where nobody could look.';
comment on column rivage.tent_night.fid is 'Key of the row, a whole number; it changes when stays are linked again.';
comment on column rivage.tent_night.geom is 'Mean place of the tent, by the camera that knows it best, point, EPSG:4326.';
comment on column rivage.tent_night.lake_id is 'Identifier of the lake.';
comment on column rivage.tent_night.lake is 'Name of the lake.';
comment on column rivage.tent_night.night is 'Bivouac night: 19:00 on this date to 09:00 on the next, local time of the lake.';
comment on column rivage.tent_night.thing is 'Number of the tent: that of its stays in stay_map.';
comment on column rivage.tent_night.first_seen is 'First photo of any camera that shows the tent, UTC instant; it may be before the night.';
comment on column rivage.tent_night.last_seen is 'Last photo that shows it, UTC instant; it may be after the night.';
comment on column rivage.tent_night.night_of_stay is 'Which night of the tent at this place it is, a whole number: 1 for the first.';
comment on column rivage.tent_night.by_day is
  'True when the tent also stood at 14:00 of the day before or after the night: camping, and no bivouac by the rule of the park.';
comment on column rivage.tent_night.frames is 'Number of photos that show the tent, of all its nights and cameras.';
comment on column rivage.tent_night.cameras is 'Number of cameras that saw it.';
comment on column rivage.tent_night.camera_ids is 'Identifiers of these cameras, separated by commas.';
comment on column rivage.tent_night.sigma_east_m is 'Standard deviation of the place towards east, m.';
comment on column rivage.tent_night.sigma_north_m is 'Standard deviation of the place towards north, m.';
comment on column rivage.tent_night.zones is 'Names of the zones that hold the place, separated by commas; null outside all zones.';
comment on column rivage.tent_night.model_id is 'Model that detected it, as id@version.';
