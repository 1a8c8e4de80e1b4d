create view rivage.sighting_map as
select
  d.fid, s.geom, c.lake_id, l.name as lake, c.camera_id, c.name as camera, p.taken_at,
  rivage.bivouac_night_of(p.taken_at, l.time_zone) as night,
  (p.taken_at at time zone l.time_zone)::date as local_day,
  (extract(epoch from (p.taken_at at time zone l.time_zone)::time) / 3600)::float8 as local_hour,
  d.label, d.shown_confidence as confidence, d.confidence as network_confidence, d.plausibility, t.model_id, s.surface, s.height_m, s.range_m,
  s.semi_major_m, s.semi_minor_m, s.azimuth_deg,
  s.share_camera, s.share_pixel, s.share_height, s.share_extent, a.calibration_id,
  (
    select string_agg(z.name, ', ' order by z.name)
    from rivage.sighting_zone as sz join rivage.zone as z using (zone_id)
    where sz.detection_fid = d.fid and sz.holds_point
  ) as zones,
  y.activity, y.rule_id as activity_rule, p.visibility, p.photo_id, d.x as box_x_px, d.y as box_y_px, d.w as box_width_px, d.h as box_height_px
from rivage.sighting as s
join rivage.detection as d on d.fid = s.detection_fid
join rivage.analysis as a using (analysis_id)
join rivage.label_threshold as t
  on t.model_id = a.model_id and t.label = d.label and t.shown and d.shown_confidence >= t.min_confidence
join rivage.photo as p using (photo_id)
join rivage.camera as c using (camera_id)
join rivage.lake as l using (lake_id)
left join rivage.sighting_activity as y on y.detection_fid = d.fid
where s.geom is not null;

comment on view rivage.sighting_map is
  'Sightings: persons, tents and other objects on the ground, one point for each object in each photo, from the confidence threshold of its label up and by the one model shown for that label.';
comment on column rivage.sighting_map.fid is 'Number of the detection, a whole number.';
comment on column rivage.sighting_map.geom is 'Most likely place on the ground or water, point, EPSG:4326.';
comment on column rivage.sighting_map.lake_id is 'Identifier of the lake.';
comment on column rivage.sighting_map.lake is 'Name of the lake.';
comment on column rivage.sighting_map.camera_id is 'Identifier of the camera.';
comment on column rivage.sighting_map.camera is 'Name of the camera.';
comment on column rivage.sighting_map.taken_at is 'When the photo was taken, UTC instant.';
comment on column rivage.sighting_map.night is 'Bivouac night (19:00 on this date to 09:00 on the next, local time of the lake); null by day.';
comment on column rivage.sighting_map.local_day is 'Calendar day on which the photo was taken, local time of the lake.';
comment on column rivage.sighting_map.local_hour is 'Time of day at which the photo was taken, hours from midnight, 0 to 24 (14.5 is 14:30), local time of the lake.';
comment on column rivage.sighting_map.label is 'What was detected, such as person or tent.';
comment on column rivage.sighting_map.confidence is 'Confidence that thresholds apply to, 0 to 1, without unit: that of the network times plausibility.';
comment on column rivage.sighting_map.network_confidence is 'Confidence as the network gave it, 0 to 1, without unit.';
comment on column rivage.sighting_map.plausibility is 'How well the size of the box fits its place, 0 to 1: 1 for any size that its label has; null: not known.';
comment on column rivage.sighting_map.model_id is 'Model that detected it, as id@version.';
comment on column rivage.sighting_map.surface is 'What the line of sight meets: water or ground.';
comment on column rivage.sighting_map.height_m is 'Height of the ground or water there, m, in the datum of the DEM.';
comment on column rivage.sighting_map.range_m is 'Slant distance from the camera, m.';
comment on column rivage.sighting_map.semi_major_m is 'Major half axis of the 95 % error ellipse, m.';
comment on column rivage.sighting_map.semi_minor_m is 'Minor half axis of the 95 % error ellipse, m.';
comment on column rivage.sighting_map.azimuth_deg is 'Azimuth of the major axis, degrees clockwise from true north, 0 to 180.';
comment on column rivage.sighting_map.share_camera is 'Share of the variance of the place that the calibration and drift of the camera make, 0 to 1; null: stored before shares were.';
comment on column rivage.sighting_map.share_pixel is 'Share of the variance that the foot pixel of the box makes, 0 to 1.';
comment on column rivage.sighting_map.share_height is 'Share of the variance that the height of ground or water makes, 0 to 1.';
comment on column rivage.sighting_map.share_extent is 'Share of the variance that the unseen depth of the thing makes, 0 to 1.';
comment on column rivage.sighting_map.calibration_id is 'Number of the calibration that placed it, in calibration_history.';
comment on column rivage.sighting_map.zones is 'Names of the zones that hold the point, separated by commas; null outside all zones.';
comment on column rivage.sighting_map.activity is 'What is done there, such as bathing or hiking; null for what does nothing, such as a tent.';
comment on column rivage.sighting_map.activity_rule is 'Name of the rule in activity_rule that said so.';
comment on column rivage.sighting_map.visibility is 'State of the photo: usable, dark, fog, blocked or wet.';
comment on column rivage.sighting_map.photo_id is 'SHA-256 of the photo, hexadecimal.';
comment on column rivage.sighting_map.box_x_px is 'Left side of the box in the photo, px.';
comment on column rivage.sighting_map.box_y_px is 'Top of the box in the photo, px.';
comment on column rivage.sighting_map.box_width_px is 'Width of the box in the photo, px.';
comment on column rivage.sighting_map.box_height_px is 'Height of the box in the photo, px.';
