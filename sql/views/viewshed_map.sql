create view rivage.viewshed_map as
select k.calibration_id as fid, s.geom, c.camera_id, c.name as camera, c.lake_id, l.name as lake, k.calibration_id,
  ST_Area(s.geom::geography) as area_m2, s.cell_m
from rivage.camera as c
join rivage.lake as l using (lake_id)
cross join lateral (
  select * from rivage.calibration
  where camera_id = c.camera_id and withdrawn_at is null and (valid_from is null or valid_from <= now())
  order by valid_from desc nulls last, calibration_id desc limit 1
) as k
join rivage.viewshed as s using (calibration_id)
where (k.valid_to is null or now() < k.valid_to) and not ST_IsEmpty(s.geom);

comment on view rivage.viewshed_map is 'Viewsheds: the ground and the water that each camera sees by the calibration that holds now.';
comment on column rivage.viewshed_map.fid is 'Key of the row, a whole number.';
comment on column rivage.viewshed_map.geom is 'Ground and water in the picture of the camera, at most 3,000 m from it and hidden by no other ground, multipolygon, EPSG:4326. Terrain alone hides: trees and buildings are not known.';
comment on column rivage.viewshed_map.camera_id is 'Identifier of the camera.';
comment on column rivage.viewshed_map.camera is 'Name of the camera.';
comment on column rivage.viewshed_map.lake_id is 'Identifier of the lake that the camera watches.';
comment on column rivage.viewshed_map.lake is 'Name of the lake that the camera watches.';
comment on column rivage.viewshed_map.calibration_id is 'Number of the calibration.';
comment on column rivage.viewshed_map.area_m2 is 'Area of the ground seen, as it lies on the map, m².';
comment on column rivage.viewshed_map.cell_m is 'Side of the square cells that were looked at, m: nothing smaller is told apart.';
