create view rivage.zone_watch as
select c.camera_id, z.zone_id, z.lake_id
from rivage.zone as z
join rivage.camera as c using (lake_id)
where z.kind not in ('water', 'mask')
  and (
    exists (
      select from rivage.calibration as k
      join rivage.viewshed as v using (calibration_id)
      where k.camera_id = c.camera_id and ST_Intersects(v.geom, z.geom)
    )
    or exists (
      select from rivage.sighting_zone as sz
      join rivage.detection as d on d.fid = sz.detection_fid
      join rivage.analysis as a using (analysis_id)
      join rivage.photo as p using (photo_id)
      where sz.zone_id = z.zone_id and sz.holds_point and p.camera_id = c.camera_id
    )
  );

comment on view rivage.zone_watch is
  'Which camera watches which zone: a calibration of it sees some of the zone, or something was placed there. Key: camera_id and zone_id. Lakes themselves and masks are left out.';
comment on column rivage.zone_watch.camera_id is 'Identifier of the camera.';
comment on column rivage.zone_watch.zone_id is 'Identifier of the zone.';
comment on column rivage.zone_watch.lake_id is 'Identifier of the lake of both.';
