-- Calibrations get a life span and a source; sightings say where their error comes from and how surely they are in a
-- zone; photos say how far their camera had turned.

alter table rivage.calibration
  -- null: until the next one of its camera begins. Nothing holds between an end and the next beginning.
  add column valid_to timestamptz,
  -- 'file': solved from a GCP file of the workspace; 'service': sent by a person through the service
  add column origin text not null default 'file' check (origin in ('file', 'service')),
  -- SHA-256 of all that it was solved from, so that the same points are solved once; null: from before this column
  add column source text,
  -- the photo that the GCPs were clicked in, relative to the workspace; null: not told, so drift is not measured
  add column reference_path text,
  -- no longer used for anything new; kept, because sightings name it
  add column withdrawn_at timestamptz,
  add constraint calibration_ends_after_it_begins check (valid_to > valid_from);

alter table rivage.sighting
  -- shares of the variance, of sum 1; null: from before these columns
  add column share_camera float8 check (share_camera between 0 and 1),
  add column share_pixel float8 check (share_pixel between 0 and 1),
  add column share_height float8 check (share_height between 0 and 1),
  add column share_extent float8 check (share_extent between 0 and 1);

alter table rivage.sighting_zone
  add column holds_point boolean not null default true,
  -- null: from before this column
  add column probability float8 check (probability between 0 and 1);
alter table rivage.sighting_zone alter column holds_point drop default;

-- How far a camera had turned at a photo since the reference photo of its calibration.
create table rivage.photo_drift (
  photo_id text not null references rivage.photo (photo_id) on delete cascade,
  calibration_id int not null references rivage.calibration (calibration_id) on delete cascade,
  state text not null check (state in ('steady', 'moved', 'unclear')),
  reason text,
  heading_deg float8,
  pitch_deg float8,
  roll_deg float8,
  covariance_deg2 float8[] check (cardinality(covariance_deg2) = 9), -- (3, 3) over heading, pitch, roll
  agreeing int check (agreeing >= 0),
  looked int check (looked >= agreeing),
  primary key (photo_id, calibration_id),
  constraint photo_drift_steady_has_angles
    check (state <> 'steady' or num_nulls(heading_deg, pitch_deg, roll_deg, covariance_deg2) = 0)
);
create index photo_drift_calibration on rivage.photo_drift (calibration_id);
