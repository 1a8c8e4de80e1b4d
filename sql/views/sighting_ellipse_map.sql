create view rivage.sighting_ellipse_map as
select
  fid, rivage.error_ellipse(geom, semi_major_m, semi_minor_m, azimuth_deg)::geometry(Polygon, 4326) as geom,
  lake_id, camera_id, taken_at, night, local_day, local_hour, label, confidence, model_id, range_m,
  semi_major_m, semi_minor_m, azimuth_deg
from rivage.sighting_map;

comment on view rivage.sighting_ellipse_map is 'Error ellipses: where each sighting truly is with a probability of 95 %.';
comment on column rivage.sighting_ellipse_map.fid is 'Number of the detection, a whole number; the same as in sighting_map.';
comment on column rivage.sighting_ellipse_map.geom is '95 % error ellipse, polygon, EPSG:4326.';
comment on column rivage.sighting_ellipse_map.lake_id is 'Identifier of the lake.';
comment on column rivage.sighting_ellipse_map.camera_id is 'Identifier of the camera.';
comment on column rivage.sighting_ellipse_map.taken_at is 'When the photo was taken, UTC instant.';
comment on column rivage.sighting_ellipse_map.night is 'Bivouac night (19:00 on this date to 09:00 on the next, local time of the lake); null by day.';
comment on column rivage.sighting_ellipse_map.local_day is 'Calendar day on which the photo was taken, local time of the lake.';
comment on column rivage.sighting_ellipse_map.local_hour is 'Time of day at which the photo was taken, hours from midnight, 0 to 24 (14.5 is 14:30), local time of the lake.';
comment on column rivage.sighting_ellipse_map.label is 'What was detected, such as person or tent.';
comment on column rivage.sighting_ellipse_map.confidence is 'Confidence that thresholds apply to, 0 to 1, without unit: that of the network times plausibility.';
comment on column rivage.sighting_ellipse_map.model_id is 'Model that detected it, as id@version.';
comment on column rivage.sighting_ellipse_map.range_m is 'Slant distance from the camera, m.';
comment on column rivage.sighting_ellipse_map.semi_major_m is 'Major half axis of the ellipse, m.';
comment on column rivage.sighting_ellipse_map.semi_minor_m is 'Minor half axis of the ellipse, m.';
comment on column rivage.sighting_ellipse_map.azimuth_deg is 'Azimuth of the major axis, degrees clockwise from true north, 0 to 180.';
