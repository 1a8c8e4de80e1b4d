create view rivage.camera_map as
select
  c.fid, c.geom, c.camera_id, c.name, c.lake_id, l.name as lake, c.height_m, c.position_sigma_m, c.interval_min,
  c.clock_time_zone, c.clock_offset_s, c.mounted_from, c.mounted_to,
  k.calibration_id, k.rmse_px as calibration_rmse_px, (k.body #>> '{camera,pose,headingDeg}')::float8 as heading_deg,
  moved.since as moved_since
from rivage.camera as c
join rivage.lake as l using (lake_id)
left join lateral (
  select * from rivage.calibration where camera_id = c.camera_id and withdrawn_at is null
  order by valid_from desc nulls last, calibration_id desc limit 1
) as k on true
-- photos that look elsewhere, with none after them that still looks where it should
left join lateral (
  select min(seen.taken_at) as since
  from (
    select p.taken_at, d.state, max(p.taken_at) filter (where d.state = 'steady') over () as last_steady
    from rivage.photo_drift as d join rivage.photo as p using (photo_id)
    where d.calibration_id = k.calibration_id
  ) as seen
  where seen.state = 'moved' and (seen.last_steady is null or seen.taken_at >= seen.last_steady)
) as moved on true;

comment on view rivage.camera_map is 'Cameras: where they hang, how often they shoot and how well they are calibrated.';
comment on column rivage.camera_map.fid is 'Key of the row, a whole number.';
comment on column rivage.camera_map.geom is 'Place of the camera, point, EPSG:4326.';
comment on column rivage.camera_map.camera_id is 'Identifier of the camera in the workspace.';
comment on column rivage.camera_map.name is 'Name of the camera.';
comment on column rivage.camera_map.lake_id is 'Identifier of the lake that the camera watches.';
comment on column rivage.camera_map.lake is 'Name of the lake that the camera watches.';
comment on column rivage.camera_map.height_m is 'Height of the lens, m, in the datum of the DEM.';
comment on column rivage.camera_map.position_sigma_m is 'Standard deviation of the surveyed place, on each axis, m.';
comment on column rivage.camera_map.interval_min is 'Time between two photos as programmed, minutes.';
comment on column rivage.camera_map.clock_time_zone is 'IANA time zone that the clock of the camera is set to.';
comment on column rivage.camera_map.clock_offset_s is 'How far the clock of the camera is ahead of true time, s.';
comment on column rivage.camera_map.mounted_from is 'When the camera was mounted, UTC instant; null when not told.';
comment on column rivage.camera_map.mounted_to is 'When the camera was taken down, UTC instant; null when not told or still there.';
comment on column rivage.camera_map.calibration_id is 'Number of the latest calibration; null when the camera is not calibrated.';
comment on column rivage.camera_map.calibration_rmse_px is 'Root mean square error of the latest calibration over its control points, px.';
comment on column rivage.camera_map.heading_deg is 'Direction of view of the latest calibration, degrees clockwise from true north.';
comment on column rivage.camera_map.moved_since is 'UTC instant of the photo from which on the camera looks elsewhere than when it was calibrated: it must be calibrated anew; null when it does not.';
