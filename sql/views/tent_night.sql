create view rivage.tent_night as
select
  -- 255 lakes, nights until 2054, 511 tents a night
  (l.fid * 16384 + (n.night::date - date '2010-01-01')) * 512 + t.number as fid,
  s.geom, l.lake_id, l.name as lake, n.night::date as night, t.thing, t.first_seen, t.last_seen, t.by_day,
  t.frames, cardinality(t.camera_ids) as cameras, array_to_string(t.camera_ids, ', ') as camera_ids,
  sqrt(s.cov_ee_m2) as sigma_east_m, sqrt(s.cov_nn_m2) as sigma_north_m,
  (
    select string_agg(z.name, ', ' order by z.name)
    from rivage.zone as z where z.lake_id = l.lake_id and ST_Covers(z.geom, s.geom)
  ) as zones,
  s.model_id
from rivage.lake as l
cross join lateral (
  select min(s.first_seen) as first_seen, max(s.last_seen) as last_seen
  from rivage.stay as s join rivage.camera as c using (camera_id) where c.lake_id = l.lake_id
) as season
cross join lateral generate_series(
  ((season.first_seen at time zone l.time_zone) - interval '9 hours')::date::timestamp,
  ((season.last_seen at time zone l.time_zone) - interval '9 hours')::date::timestamp,
  interval '1 day'
) as n (night)
cross join lateral rivage.tents_of_night(l.lake_id, n.night::date) as t
join rivage.stay as s on s.fid = t.best_fid;

comment on view rivage.tent_night is
  'Tent-nights: one row for each tent and each bivouac night that it stood there, once however many cameras saw it. A night without rows is not a night without tents: bivouac_night tells where nobody could look.';
comment on column rivage.tent_night.fid is 'Key of the row, a whole number; it may change when stays are linked again.';
comment on column rivage.tent_night.geom is 'Mean place of the tent, by the camera that knows it best, point, EPSG:4326.';
comment on column rivage.tent_night.lake_id is 'Identifier of the lake.';
comment on column rivage.tent_night.lake is 'Name of the lake.';
comment on column rivage.tent_night.night is 'Bivouac night: 19:00 on this date to 09:00 on the next, local time of the lake.';
comment on column rivage.tent_night.thing is 'Number of the tent: that of its stays in stay_map.';
comment on column rivage.tent_night.first_seen is 'First photo of any camera that shows the tent, UTC instant; it may be before the night.';
comment on column rivage.tent_night.last_seen is 'Last photo that shows it, UTC instant; it may be after the night.';
comment on column rivage.tent_night.by_day is
  'True when the tent also stood at 14:00 of the day before or after the night: camping, and no bivouac by the rule of the park.';
comment on column rivage.tent_night.frames is 'Number of photos that show the tent, of all its nights and cameras.';
comment on column rivage.tent_night.cameras is 'Number of cameras that saw it.';
comment on column rivage.tent_night.camera_ids is 'Identifiers of these cameras, separated by commas.';
comment on column rivage.tent_night.sigma_east_m is 'Standard deviation of the place towards east, m.';
comment on column rivage.tent_night.sigma_north_m is 'Standard deviation of the place towards north, m.';
comment on column rivage.tent_night.zones is 'Names of the zones that hold the place, separated by commas; null outside all zones.';
comment on column rivage.tent_night.model_id is 'Model that detected it, as id@version.';
