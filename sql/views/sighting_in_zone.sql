create view rivage.sighting_in_zone as
select
  s.fid as sighting_fid, z.zone_id, z.name as zone, z.kind as zone_kind, sz.holds_point, sz.probability,
  s.lake_id, s.camera_id, s.taken_at, s.night, s.label, s.confidence, s.model_id
from rivage.sighting_map as s
join rivage.sighting_zone as sz on sz.detection_fid = s.fid
join rivage.zone as z using (zone_id);

comment on view rivage.sighting_in_zone is
  'Sightings in zones: one row for each zone that a sighting may be in. The sum of the probabilities over a zone is the expected number of sightings in it.';
comment on column rivage.sighting_in_zone.sighting_fid is 'Number of the detection, a whole number; the fid of sighting_map.';
comment on column rivage.sighting_in_zone.zone_id is 'Identifier of the zone.';
comment on column rivage.sighting_in_zone.zone is 'Name of the zone.';
comment on column rivage.sighting_in_zone.zone_kind is 'Kind of the zone, such as shore or bivouac-area.';
comment on column rivage.sighting_in_zone.holds_point is 'True when the most likely place is inside the zone.';
comment on column rivage.sighting_in_zone.probability is
  'Share of the 95 % error ellipse inside the zone, 0 to 1: the probability that the sighting is in it; null: stored before it was computed, relocate fills it.';
comment on column rivage.sighting_in_zone.lake_id is 'Identifier of the lake.';
comment on column rivage.sighting_in_zone.camera_id is 'Identifier of the camera.';
comment on column rivage.sighting_in_zone.taken_at is 'When the photo was taken, UTC instant.';
comment on column rivage.sighting_in_zone.night is 'Bivouac night (19:00 on this date to 09:00 on the next, local time of the lake); null by day.';
comment on column rivage.sighting_in_zone.label is 'What was detected, such as person or tent.';
comment on column rivage.sighting_in_zone.confidence is 'Confidence that thresholds apply to, 0 to 1, without unit: that of the network times plausibility.';
comment on column rivage.sighting_in_zone.model_id is 'Model that detected it, as id@version.';
