create view rivage.stay_map as
select
  s.fid, s.geom, coalesce(s.thing, s.fid) as thing, c.lake_id, l.name as lake, s.camera_id, c.name as camera, s.label, s.model_id,
  s.first_seen, s.last_seen, extract(epoch from s.last_seen - s.first_seen)::float8 / 3600 as duration_h, s.frames,
  sqrt(s.cov_ee_m2) as sigma_east_m, sqrt(s.cov_nn_m2) as sigma_north_m,
  (
    select string_agg(z.name, ', ' order by z.name)
    from rivage.zone as z where z.lake_id = c.lake_id and ST_Covers(z.geom, s.geom)
  ) as zones
from rivage.stay as s
join rivage.label_threshold as t on t.model_id = s.model_id and t.label = s.label and t.shown
join rivage.camera as c using (camera_id)
join rivage.lake as l using (lake_id);

comment on view rivage.stay_map is 'Stays: objects seen at one place in two or more photos, by the one model shown for their label.';
comment on column rivage.stay_map.fid is 'Number of the stay, a whole number; it changes when stays are linked again.';
comment on column rivage.stay_map.geom is 'Mean place of the stay, point, EPSG:4326.';
comment on column rivage.stay_map.thing is 'Number that stays of several cameras share where they are of one thing.';
comment on column rivage.stay_map.lake_id is 'Identifier of the lake.';
comment on column rivage.stay_map.lake is 'Name of the lake.';
comment on column rivage.stay_map.camera_id is 'Identifier of the camera.';
comment on column rivage.stay_map.camera is 'Name of the camera.';
comment on column rivage.stay_map.label is 'What stayed, such as tent.';
comment on column rivage.stay_map.model_id is 'Model that detected it, as id@version.';
comment on column rivage.stay_map.first_seen is 'First photo that shows it, UTC instant.';
comment on column rivage.stay_map.last_seen is 'Last photo that shows it, UTC instant.';
comment on column rivage.stay_map.duration_h is 'Time from the first to the last photo that shows it, hours: the least that the stay lasted.';
comment on column rivage.stay_map.frames is 'Number of photos that show it, two or more.';
comment on column rivage.stay_map.sigma_east_m is 'Standard deviation of the mean place towards east, m.';
comment on column rivage.stay_map.sigma_north_m is 'Standard deviation of the mean place towards north, m.';
comment on column rivage.stay_map.zones is 'Names of the zones that hold the point, separated by commas; null outside all zones.';
