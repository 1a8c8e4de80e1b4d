create view rivage.change_gate as
select a.analysis_id as fid, c.lake_id, p.camera_id, p.photo_id, p.path, p.taken_at, a.model_id,
  case when a.looked_at is null then 'all' when a.looked_at = '[]' then 'nothing' else 'parts' end as looked,
  jsonb_array_length(a.looked_at) as slices, a.looked_at as slices_px, a.duration_ms / 1000 as duration_s
from rivage.analysis as a
join rivage.photo as p using (photo_id)
join rivage.camera as c using (camera_id)
where a.reason is null;

comment on view rivage.change_gate is
  'What of each analysed photo was looked at: parts that had not changed, and where nothing was found lately, are passed over.';
comment on column rivage.change_gate.fid is 'Key of the row: the analysis, a whole number.';
comment on column rivage.change_gate.lake_id is 'Identifier of the lake that the camera watches.';
comment on column rivage.change_gate.camera_id is 'Identifier of the camera.';
comment on column rivage.change_gate.photo_id is 'Identifier of the photo: SHA-256 of its bytes.';
comment on column rivage.change_gate.path is 'File of the photo, relative to the workspace.';
comment on column rivage.change_gate.taken_at is 'When the photo was taken, UTC instant.';
comment on column rivage.change_gate.model_id is 'Model that looked.';
comment on column rivage.change_gate.looked is 'all: nothing was passed over for want of change; parts; nothing: no part had changed.';
comment on column rivage.change_gate.slices is 'Number of slices that were looked at where others were passed over; null: all.';
comment on column rivage.change_gate.slices_px is 'Those slices as [[x, y, w, h], …], px of the photo; null: all.';
comment on column rivage.change_gate.duration_s is 'Time that the analysis took, reading the photo not included, s.';
