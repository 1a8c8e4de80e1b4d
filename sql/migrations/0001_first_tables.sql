-- Tables of Rivage. Geometry is EPSG:4326. Times are UTC instants (timestamptz). Lengths are metres, angles degrees.
-- Tables may change in any release; the views in sql/views are the contract.

create table rivage.lake (
  fid int generated always as identity primary key,
  lake_id text not null unique,
  name text not null,
  geom geometry(Polygon, 4326) not null,
  water_level_m float8 not null,
  water_level_sigma_m float8 not null check (water_level_sigma_m >= 0),
  time_zone text not null,
  constraint lake_geom_valid check (ST_IsValid(geom)),
  -- fails with "time zone not recognized" for a name the database does not know
  constraint lake_time_zone_known check (timezone(time_zone, timestamptz '2000-01-01 00:00:00+00') is not null)
);
create index lake_geom on rivage.lake using gist (geom);

create table rivage.zone (
  fid int generated always as identity primary key,
  zone_id text not null unique,
  lake_id text not null references rivage.lake (lake_id) on delete cascade,
  kind text not null check (kind in ('water', 'shore', 'trail', 'meadow', 'bivouac-area', 'no-bivouac', 'mask')),
  name text not null,
  geom geometry(Polygon, 4326) not null,
  constraint zone_geom_valid check (ST_IsValid(geom))
);
create index zone_geom on rivage.zone using gist (geom);
create index zone_lake on rivage.zone (lake_id);

create table rivage.camera (
  fid int generated always as identity primary key,
  camera_id text not null unique,
  lake_id text not null references rivage.lake (lake_id),
  name text not null,
  geom geometry(Point, 4326) not null,
  height_m float8 not null,
  position_sigma_m float8 not null check (position_sigma_m >= 0),
  interval_min float8 not null check (interval_min > 0),
  clock_time_zone text not null,
  clock_offset_s float8 not null,
  mounted_from timestamptz,
  mounted_to timestamptz,
  check (mounted_to > mounted_from)
);

create table rivage.calibration (
  calibration_id int generated always as identity primary key,
  camera_id text not null references rivage.camera (camera_id) on delete cascade,
  valid_from timestamptz, -- null: since ever. A calibration holds until the next one of its camera.
  body jsonb not null,
  rmse_px float8 not null,
  loo_rmse_px float8,
  created_at timestamptz not null default now()
);
create index calibration_camera on rivage.calibration (camera_id, valid_from);

create table rivage.photo (
  fid int generated always as identity primary key,
  photo_id text not null unique,
  camera_id text not null references rivage.camera (camera_id),
  path text not null,
  bytes bigint not null check (bytes >= 0),
  width_px int check (width_px > 0),
  height_px int check (height_px > 0),
  taken_at timestamptz,
  visibility text not null check (visibility in ('usable', 'dark', 'fog', 'unreadable')),
  reason text, -- a code of errors.ts
  message text,
  imported_at timestamptz not null default now(),
  constraint photo_unreadable_has_reason check ((visibility = 'unreadable') = (reason is not null)),
  constraint photo_readable_has_time_and_size
    check (visibility = 'unreadable' or (taken_at is not null and width_px is not null and height_px is not null))
);
create index photo_camera_time on rivage.photo (camera_id, taken_at);

-- Every file met on disk, so that a second import reads nothing twice. Two files may hold the same photo.
create table rivage.photo_file (
  camera_id text not null references rivage.camera (camera_id) on delete cascade,
  path text not null,
  bytes bigint not null check (bytes >= 0),
  photo_id text not null references rivage.photo (photo_id) on delete cascade,
  primary key (camera_id, path)
);
create index photo_file_photo on rivage.photo_file (photo_id);

create table rivage.model (
  model_id text primary key, -- "<manifest id>@<version>"
  labels text[] not null,
  added_at timestamptz not null default now()
);

-- From which confidence a label counts, and which model's detections of that label are shown: one model a label,
-- so that no figure mixes two models.
create table rivage.label_threshold (
  model_id text not null references rivage.model (model_id) on delete cascade,
  label text not null,
  min_confidence float8 not null check (min_confidence between 0 and 1),
  shown boolean not null,
  primary key (model_id, label)
);
create unique index label_threshold_one_shown on rivage.label_threshold (label) where shown;

create table rivage.analysis (
  analysis_id int generated always as identity primary key,
  photo_id text not null references rivage.photo (photo_id) on delete cascade,
  model_id text not null references rivage.model (model_id),
  calibration_id int references rivage.calibration (calibration_id) on delete set null,
  analysed_at timestamptz not null default now(),
  duration_ms float8 not null check (duration_ms >= 0),
  reason text, -- a code of errors.ts when the analysis failed
  message text,
  unique (photo_id, model_id)
);

create table rivage.detection (
  fid int generated always as identity primary key,
  analysis_id int not null references rivage.analysis (analysis_id) on delete cascade,
  label text not null,
  confidence float8 not null check (confidence between 0 and 1),
  x float8 not null,
  y float8 not null,
  w float8 not null check (w >= 0),
  h float8 not null check (h >= 0)
);
create index detection_analysis on rivage.detection (analysis_id);

create table rivage.sighting (
  detection_fid int primary key references rivage.detection (fid) on delete cascade,
  geom geometry(Point, 4326),
  height_m float8,
  surface text check (surface in ('water', 'ground')),
  range_m float8 check (range_m >= 0),
  cov_ee_m2 float8 check (cov_ee_m2 >= 0),
  cov_en_m2 float8,
  cov_nn_m2 float8 check (cov_nn_m2 >= 0),
  semi_major_m float8,
  semi_minor_m float8 check (semi_minor_m >= 0),
  azimuth_deg float8 check (azimuth_deg between 0 and 180),
  reason text,
  constraint sighting_place_or_reason check (
    num_nulls(geom, height_m, surface, range_m, cov_ee_m2, cov_en_m2, cov_nn_m2, semi_major_m, semi_minor_m, azimuth_deg)
      = case when reason is null then 0 else 10 end
  ),
  check (semi_major_m >= semi_minor_m)
);
create index sighting_geom on rivage.sighting using gist (geom);

create table rivage.sighting_zone (
  detection_fid int not null references rivage.sighting (detection_fid) on delete cascade,
  zone_id text not null references rivage.zone (zone_id) on delete cascade,
  primary key (detection_fid, zone_id)
);
create index sighting_zone_zone on rivage.sighting_zone (zone_id);

create table rivage.stay (
  fid int generated always as identity primary key,
  camera_id text not null references rivage.camera (camera_id) on delete cascade,
  model_id text not null references rivage.model (model_id) on delete cascade,
  label text not null,
  geom geometry(Point, 4326) not null,
  cov_ee_m2 float8 not null check (cov_ee_m2 >= 0),
  cov_en_m2 float8 not null,
  cov_nn_m2 float8 not null check (cov_nn_m2 >= 0),
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  frames int not null check (frames >= 2),
  check (last_seen >= first_seen)
);
create index stay_geom on rivage.stay using gist (geom);
create index stay_camera on rivage.stay (camera_id, model_id, label);

create table rivage.stay_member (
  stay_fid int not null references rivage.stay (fid) on delete cascade,
  detection_fid int not null references rivage.detection (fid) on delete cascade,
  primary key (stay_fid, detection_fid),
  unique (detection_fid)
);

create table rivage.run (
  run_id uuid primary key default gen_random_uuid(),
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  request jsonb not null,
  total int check (total >= 0), -- null: not counted yet
  done int not null default 0 check (done >= 0),
  failed int not null default 0 check (failed >= 0),
  error jsonb,
  cancel_requested boolean not null default false,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  heartbeat timestamptz
);
create index run_created on rivage.run (created_at desc);
