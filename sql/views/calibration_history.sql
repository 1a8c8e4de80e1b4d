create view rivage.calibration_history as
select
  k.calibration_id, k.camera_id, c.name as camera, k.valid_from,
  least(k.valid_to, case when k.withdrawn_at is null then lead(k.valid_from) over (
    partition by k.camera_id, k.withdrawn_at is null order by k.valid_from nulls first, k.calibration_id
  ) end) as valid_to,
  case when k.withdrawn_at is null then lead(k.calibration_id) over (
    partition by k.camera_id, k.withdrawn_at is null, k.valid_from order by k.calibration_id
  ) end as replaced_by,
  k.withdrawn_at, k.origin, k.reference_path, k.rmse_px, k.loo_rmse_px, (k.body ->> 'aic')::float8 as aic,
  jsonb_array_length(k.body -> 'gcps') as gcps,
  jsonb_array_length(jsonb_path_query_array(k.body, '$.gcps[*] ? (@.outlier == true)')) as outliers,
  (k.body #>> '{camera,pose,headingDeg}')::float8 as heading_deg,
  (k.body #>> '{camera,pose,pitchDeg}')::float8 as pitch_deg,
  (k.body #>> '{camera,pose,rollDeg}')::float8 as roll_deg,
  (k.body #>> '{camera,lens,focalPx}')::float8 as focal_px,
  (select count(*) from rivage.analysis as a where a.calibration_id = k.calibration_id)::int as photos,
  k.created_at
from rivage.calibration as k
join rivage.camera as c using (camera_id);

comment on view rivage.calibration_history is 'Calibrations: every one that a camera ever had, from when to when it holds, how good it is and how many photos it placed.';
comment on column rivage.calibration_history.calibration_id is 'Key of the row, a whole number.';
comment on column rivage.calibration_history.camera_id is 'Identifier of the camera.';
comment on column rivage.calibration_history.camera is 'Name of the camera.';
comment on column rivage.calibration_history.valid_from is 'UTC instant from which on it holds; null: since ever.';
comment on column rivage.calibration_history.valid_to is 'UTC instant at which it ends, itself not included; null: it still holds, unless it was withdrawn or replaced.';
comment on column rivage.calibration_history.replaced_by is 'Number of the calibration that begins at the same time and was stored later: it holds in place of this one; null: none.';
comment on column rivage.calibration_history.withdrawn_at is 'UTC instant at which it was taken out of use; null: in use. Sightings that it placed keep it until they are located anew.';
comment on column rivage.calibration_history.origin is 'file: from a GCP file of the workspace; service: sent by a person through the service.';
comment on column rivage.calibration_history.reference_path is 'Photo that its control points were clicked in, relative to the workspace; null: not told, so drift is not measured.';
comment on column rivage.calibration_history.rmse_px is 'Root mean square error over the control points kept, px.';
comment on column rivage.calibration_history.loo_rmse_px is 'The same, each point predicted by a solve without it, px; null with too few points.';
comment on column rivage.calibration_history.aic is 'Akaike information criterion, without unit: of two on the same points the lower is the better choice of parameters.';
comment on column rivage.calibration_history.gcps is 'Number of control points.';
comment on column rivage.calibration_history.outliers is 'Number of control points left out as gross errors.';
comment on column rivage.calibration_history.heading_deg is 'Direction of view, degrees clockwise from true north.';
comment on column rivage.calibration_history.pitch_deg is 'Degrees up from the horizon.';
comment on column rivage.calibration_history.roll_deg is 'Degrees; positive when the camera is turned clockwise seen from behind.';
comment on column rivage.calibration_history.focal_px is 'Focal length, px.';
comment on column rivage.calibration_history.photos is 'Number of analysed photos whose sightings it placed.';
comment on column rivage.calibration_history.created_at is 'UTC instant at which it was stored.';
