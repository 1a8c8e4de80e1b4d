create view rivage.camera_drift as
select
  p.fid as photo_fid, c.lake_id, p.camera_id, c.name as camera, p.taken_at, p.photo_id, d.calibration_id, d.state,
  d.reason, d.heading_deg, d.pitch_deg, d.roll_deg, sqrt(d.covariance_deg2[1]) as heading_sigma_deg,
  sqrt(d.covariance_deg2[5]) as pitch_sigma_deg, sqrt(d.covariance_deg2[9]) as roll_sigma_deg, d.agreeing, d.looked
from rivage.photo_drift as d
join rivage.photo as p using (photo_id)
join rivage.camera as c using (camera_id);

comment on view rivage.camera_drift is
  'Drift: how far each camera had turned at each photo since the reference photo of its calibration. Sightings of a steady photo are corrected for it; those of a moved one have no place.';
comment on column rivage.camera_drift.photo_fid is 'Number of the photo, a whole number.';
comment on column rivage.camera_drift.lake_id is 'Identifier of the lake.';
comment on column rivage.camera_drift.camera_id is 'Identifier of the camera.';
comment on column rivage.camera_drift.camera is 'Name of the camera.';
comment on column rivage.camera_drift.taken_at is 'When the photo was taken, UTC instant.';
comment on column rivage.camera_drift.photo_id is 'SHA-256 of the photo, hexadecimal.';
comment on column rivage.camera_drift.calibration_id is 'Number of the calibration whose reference photo it was compared with.';
comment on column rivage.camera_drift.state is 'steady: looks where it should, after a small correction; moved: looks elsewhere; unclear: the photo shows too little to tell.';
comment on column rivage.camera_drift.reason is 'Why it counts as moved: weak-consensus or large-jump; null otherwise.';
comment on column rivage.camera_drift.heading_deg is 'Turn to the right since the reference photo, degrees.';
comment on column rivage.camera_drift.pitch_deg is 'Turn upwards, degrees.';
comment on column rivage.camera_drift.roll_deg is 'Turn clockwise seen from behind, degrees.';
comment on column rivage.camera_drift.heading_sigma_deg is 'Standard deviation of heading_deg, degrees.';
comment on column rivage.camera_drift.pitch_sigma_deg is 'Standard deviation of pitch_deg, degrees.';
comment on column rivage.camera_drift.roll_sigma_deg is 'Standard deviation of roll_deg, degrees.';
comment on column rivage.camera_drift.agreeing is 'Number of patches of the reference photo that were found again and agree.';
comment on column rivage.camera_drift.looked is 'Number of patches that were looked for.';
