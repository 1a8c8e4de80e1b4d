-- The schema rivage after all migrations: tables, columns, constraints, indexes, views and comments.
-- Made by: npx vitest run --config test/vitest.config.ts test/sql --update

table activity_rule
  rule_id text not null
  position integer not null
  activity text not null
  label text not null default 'person'::text
  surface text
  zone_kind text
  within_label text
  within_share double precision
  near_label text
  near_m double precision
  by_night boolean not null default false
  constraint activity_rule_check CHECK ((num_nulls(within_label, within_share) = ANY (ARRAY[0, 2])))
  constraint activity_rule_check1 CHECK ((num_nulls(near_label, near_m) = ANY (ARRAY[0, 2])))
  constraint activity_rule_near_m_check CHECK ((near_m > (0)::double precision))
  constraint activity_rule_surface_check CHECK ((surface = ANY (ARRAY['water'::text, 'ground'::text])))
  constraint activity_rule_within_share_check CHECK (((within_share > (0)::double precision) AND (within_share <= (1)::double precision)))
  constraint activity_rule_pkey PRIMARY KEY (rule_id)
  constraint activity_rule_position_key UNIQUE ("position") DEFERRABLE INITIALLY DEFERRED

table analysis
  analysis_id integer not null generated always as identity
  photo_id text not null
  model_id text not null
  calibration_id integer
  analysed_at timestamp with time zone not null default now()
  duration_ms double precision not null
  reason text
  message text
  looked_at jsonb
  constraint analysis_duration_ms_check CHECK ((duration_ms >= (0)::double precision))
  constraint analysis_looked_at_check CHECK ((jsonb_typeof(looked_at) = 'array'::text))
  constraint analysis_calibration_id_fkey FOREIGN KEY (calibration_id) REFERENCES rivage.calibration(calibration_id) ON DELETE SET NULL
  constraint analysis_model_id_fkey FOREIGN KEY (model_id) REFERENCES rivage.model(model_id)
  constraint analysis_photo_id_fkey FOREIGN KEY (photo_id) REFERENCES rivage.photo(photo_id) ON DELETE CASCADE
  constraint analysis_pkey PRIMARY KEY (analysis_id)
  constraint analysis_photo_id_model_id_key UNIQUE (photo_id, model_id)
  CREATE INDEX analysis_calibration ON rivage.analysis USING btree (calibration_id)

table calibration
  calibration_id integer not null generated always as identity
  camera_id text not null
  valid_from timestamp with time zone
  body jsonb not null
  rmse_px double precision not null
  loo_rmse_px double precision
  created_at timestamp with time zone not null default now()
  valid_to timestamp with time zone
  origin text not null default 'file'::text
  source text
  reference_path text
  withdrawn_at timestamp with time zone
  constraint calibration_ends_after_it_begins CHECK ((valid_to > valid_from))
  constraint calibration_origin_check CHECK ((origin = ANY (ARRAY['file'::text, 'service'::text])))
  constraint calibration_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES rivage.camera(camera_id) ON DELETE CASCADE
  constraint calibration_pkey PRIMARY KEY (calibration_id)
  CREATE INDEX calibration_camera ON rivage.calibration USING btree (camera_id, valid_from)

table camera
  fid integer not null generated always as identity
  camera_id text not null
  lake_id text not null
  name text not null
  geom geometry(Point,4326) not null
  height_m double precision not null
  position_sigma_m double precision not null
  interval_min double precision not null
  clock_time_zone text not null
  clock_offset_s double precision not null
  mounted_from timestamp with time zone
  mounted_to timestamp with time zone
  constraint camera_check CHECK ((mounted_to > mounted_from))
  constraint camera_interval_min_check CHECK ((interval_min > (0)::double precision))
  constraint camera_position_sigma_m_check CHECK ((position_sigma_m >= (0)::double precision))
  constraint camera_lake_id_fkey FOREIGN KEY (lake_id) REFERENCES rivage.lake(lake_id)
  constraint camera_pkey PRIMARY KEY (fid)
  constraint camera_camera_id_key UNIQUE (camera_id)

table detection
  fid integer not null generated always as identity
  analysis_id integer not null
  label text not null
  confidence double precision not null
  x double precision not null
  y double precision not null
  w double precision not null
  h double precision not null
  plausibility double precision
  shown_confidence double precision not null default (confidence * COALESCE(plausibility, (1)::double precision))
  constraint detection_confidence_check CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision)))
  constraint detection_h_check CHECK ((h >= (0)::double precision))
  constraint detection_plausibility_check CHECK (((plausibility >= (0)::double precision) AND (plausibility <= (1)::double precision)))
  constraint detection_w_check CHECK ((w >= (0)::double precision))
  constraint detection_analysis_id_fkey FOREIGN KEY (analysis_id) REFERENCES rivage.analysis(analysis_id) ON DELETE CASCADE
  constraint detection_pkey PRIMARY KEY (fid)
  CREATE INDEX detection_analysis ON rivage.detection USING btree (analysis_id)

table label_threshold
  model_id text not null
  label text not null
  min_confidence double precision not null
  shown boolean not null
  constraint label_threshold_min_confidence_check CHECK (((min_confidence >= (0)::double precision) AND (min_confidence <= (1)::double precision)))
  constraint label_threshold_model_id_fkey FOREIGN KEY (model_id) REFERENCES rivage.model(model_id) ON DELETE CASCADE
  constraint label_threshold_pkey PRIMARY KEY (model_id, label)
  CREATE UNIQUE INDEX label_threshold_one_shown ON rivage.label_threshold USING btree (label) WHERE shown

table lake
  fid integer not null generated always as identity
  lake_id text not null
  name text not null
  geom geometry(Polygon,4326) not null
  water_level_m double precision not null
  water_level_sigma_m double precision not null
  time_zone text not null
  constraint lake_geom_valid CHECK (st_isvalid(geom))
  constraint lake_time_zone_known CHECK ((timezone(time_zone, '2000-01-01 00:00:00+00'::timestamp with time zone) IS NOT NULL))
  constraint lake_water_level_sigma_m_check CHECK ((water_level_sigma_m >= (0)::double precision))
  constraint lake_pkey PRIMARY KEY (fid)
  constraint lake_lake_id_key UNIQUE (lake_id)
  CREATE INDEX lake_geom ON rivage.lake USING gist (geom)

table migration
  name text not null
  checksum text not null
  applied_at timestamp with time zone not null default now()
  constraint migration_pkey PRIMARY KEY (name)

table model
  model_id text not null
  labels text[] not null
  added_at timestamp with time zone not null default now()
  constraint model_pkey PRIMARY KEY (model_id)

table photo
  fid integer not null generated always as identity
  photo_id text not null
  camera_id text not null
  path text not null
  bytes bigint not null
  width_px integer
  height_px integer
  taken_at timestamp with time zone
  visibility text not null
  reason text
  message text
  imported_at timestamp with time zone not null default now()
  visibility_origin text not null default 'picture'::text
  constraint photo_bytes_check CHECK ((bytes >= 0))
  constraint photo_height_px_check CHECK ((height_px > 0))
  constraint photo_readable_has_time_and_size CHECK (((visibility = 'unreadable'::text) OR ((taken_at IS NOT NULL) AND (width_px IS NOT NULL) AND (height_px IS NOT NULL))))
  constraint photo_unreadable_has_reason CHECK (((visibility = 'unreadable'::text) = (reason IS NOT NULL)))
  constraint photo_visibility_check CHECK ((visibility = ANY (ARRAY['usable'::text, 'dark'::text, 'fog'::text, 'blocked'::text, 'wet'::text, 'unreadable'::text])))
  constraint photo_visibility_origin_check CHECK ((visibility_origin = ANY (ARRAY['picture'::text, 'history'::text, 'person'::text])))
  constraint photo_width_px_check CHECK ((width_px > 0))
  constraint photo_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES rivage.camera(camera_id)
  constraint photo_pkey PRIMARY KEY (fid)
  constraint photo_photo_id_key UNIQUE (photo_id)
  CREATE INDEX photo_camera_time ON rivage.photo USING btree (camera_id, taken_at)

table photo_drift
  photo_id text not null
  calibration_id integer not null
  state text not null
  reason text
  heading_deg double precision
  pitch_deg double precision
  roll_deg double precision
  covariance_deg2 double precision[]
  agreeing integer
  looked integer
  constraint photo_drift_agreeing_check CHECK ((agreeing >= 0))
  constraint photo_drift_check CHECK ((looked >= agreeing))
  constraint photo_drift_covariance_deg2_check CHECK ((cardinality(covariance_deg2) = 9))
  constraint photo_drift_state_check CHECK ((state = ANY (ARRAY['steady'::text, 'moved'::text, 'unclear'::text])))
  constraint photo_drift_steady_has_angles CHECK (((state <> 'steady'::text) OR (num_nulls(heading_deg, pitch_deg, roll_deg, covariance_deg2) = 0)))
  constraint photo_drift_calibration_id_fkey FOREIGN KEY (calibration_id) REFERENCES rivage.calibration(calibration_id) ON DELETE CASCADE
  constraint photo_drift_photo_id_fkey FOREIGN KEY (photo_id) REFERENCES rivage.photo(photo_id) ON DELETE CASCADE
  constraint photo_drift_pkey PRIMARY KEY (photo_id, calibration_id)
  CREATE INDEX photo_drift_calibration ON rivage.photo_drift USING btree (calibration_id)
  CREATE INDEX photo_drift_turned ON rivage.photo_drift USING btree (photo_id) WHERE ((state = 'moved'::text) OR (heading_deg IS NULL))

table photo_file
  camera_id text not null
  path text not null
  bytes bigint not null
  photo_id text not null
  constraint photo_file_bytes_check CHECK ((bytes >= 0))
  constraint photo_file_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES rivage.camera(camera_id) ON DELETE CASCADE
  constraint photo_file_photo_id_fkey FOREIGN KEY (photo_id) REFERENCES rivage.photo(photo_id) ON DELETE CASCADE
  constraint photo_file_pkey PRIMARY KEY (camera_id, path)
  CREATE INDEX photo_file_photo ON rivage.photo_file USING btree (photo_id)

table photo_statistics
  photo_id text not null
  luminance double precision not null
  contrast double precision not null
  sharpness double precision not null
  blocks bytea not null
  constraint photo_statistics_blocks_check CHECK ((octet_length(blocks) = 288))
  constraint photo_statistics_contrast_check CHECK ((contrast >= (0)::double precision))
  constraint photo_statistics_luminance_check CHECK (((luminance >= (0)::double precision) AND (luminance <= (255)::double precision)))
  constraint photo_statistics_sharpness_check CHECK ((sharpness >= (0)::double precision))
  constraint photo_statistics_photo_id_fkey FOREIGN KEY (photo_id) REFERENCES rivage.photo(photo_id) ON DELETE CASCADE
  constraint photo_statistics_pkey PRIMARY KEY (photo_id)

table review
  review_id integer not null generated always as identity
  made_at timestamp with time zone not null default now()
  request jsonb not null
  models text[] not null
  annotations_sha256 text not null
  constraint review_pkey PRIMARY KEY (review_id)

table review_object
  fid integer not null generated always as identity
  review_photo_fid integer not null
  label text not null
  x double precision not null
  y double precision not null
  w double precision not null
  h double precision not null
  unclear boolean not null
  constraint review_object_h_check CHECK ((h > (0)::double precision))
  constraint review_object_w_check CHECK ((w > (0)::double precision))
  constraint review_object_review_photo_fid_fkey FOREIGN KEY (review_photo_fid) REFERENCES rivage.review_photo(fid) ON DELETE CASCADE
  constraint review_object_pkey PRIMARY KEY (fid)
  CREATE INDEX review_object_photo ON rivage.review_object USING btree (review_photo_fid)

table review_photo
  fid integer not null generated always as identity
  review_id integer not null
  photo_id text not null
  file_name text not null
  weight double precision not null
  hidden jsonb not null default '[]'::jsonb
  reviewed_at timestamp with time zone
  reviewer text
  constraint review_photo_hidden_check CHECK ((jsonb_typeof(hidden) = 'array'::text))
  constraint review_photo_reviewer_reviewed CHECK (((reviewer IS NULL) OR (reviewed_at IS NOT NULL)))
  constraint review_photo_weight_check CHECK ((weight >= (1)::double precision))
  constraint review_photo_photo_id_fkey FOREIGN KEY (photo_id) REFERENCES rivage.photo(photo_id) ON DELETE CASCADE
  constraint review_photo_review_id_fkey FOREIGN KEY (review_id) REFERENCES rivage.review(review_id) ON DELETE CASCADE
  constraint review_photo_pkey PRIMARY KEY (fid)
  constraint review_photo_file_name_key UNIQUE (file_name)
  constraint review_photo_review_id_photo_id_key UNIQUE (review_id, photo_id)
  CREATE INDEX review_photo_photo ON rivage.review_photo USING btree (photo_id)

table run
  run_id uuid not null default gen_random_uuid()
  state text not null default 'queued'::text
  request jsonb not null
  total integer
  done integer not null default 0
  failed integer not null default 0
  error jsonb
  cancel_requested boolean not null default false
  created_at timestamp with time zone not null default now()
  started_at timestamp with time zone
  ended_at timestamp with time zone
  heartbeat timestamp with time zone
  constraint run_done_check CHECK ((done >= 0))
  constraint run_failed_check CHECK ((failed >= 0))
  constraint run_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
  constraint run_total_check CHECK ((total >= 0))
  constraint run_pkey PRIMARY KEY (run_id)
  CREATE INDEX run_created ON rivage.run USING btree (created_at DESC)

table sighting
  detection_fid integer not null
  geom geometry(Point,4326)
  height_m double precision
  surface text
  range_m double precision
  cov_ee_m2 double precision
  cov_en_m2 double precision
  cov_nn_m2 double precision
  semi_major_m double precision
  semi_minor_m double precision
  azimuth_deg double precision
  reason text
  share_camera double precision
  share_pixel double precision
  share_height double precision
  share_extent double precision
  constraint sighting_azimuth_deg_check CHECK (((azimuth_deg >= (0)::double precision) AND (azimuth_deg <= (180)::double precision)))
  constraint sighting_check CHECK ((semi_major_m >= semi_minor_m))
  constraint sighting_cov_ee_m2_check CHECK ((cov_ee_m2 >= (0)::double precision))
  constraint sighting_cov_nn_m2_check CHECK ((cov_nn_m2 >= (0)::double precision))
  constraint sighting_place_or_reason CHECK ((num_nulls(geom, height_m, surface, range_m, cov_ee_m2, cov_en_m2, cov_nn_m2, semi_major_m, semi_minor_m, azimuth_deg) =
CASE
    WHEN (reason IS NULL) THEN 0
    ELSE 10
END))
  constraint sighting_range_m_check CHECK ((range_m >= (0)::double precision))
  constraint sighting_semi_minor_m_check CHECK ((semi_minor_m >= (0)::double precision))
  constraint sighting_share_camera_check CHECK (((share_camera >= (0)::double precision) AND (share_camera <= (1)::double precision)))
  constraint sighting_share_extent_check CHECK (((share_extent >= (0)::double precision) AND (share_extent <= (1)::double precision)))
  constraint sighting_share_height_check CHECK (((share_height >= (0)::double precision) AND (share_height <= (1)::double precision)))
  constraint sighting_share_pixel_check CHECK (((share_pixel >= (0)::double precision) AND (share_pixel <= (1)::double precision)))
  constraint sighting_surface_check CHECK ((surface = ANY (ARRAY['water'::text, 'ground'::text])))
  constraint sighting_detection_fid_fkey FOREIGN KEY (detection_fid) REFERENCES rivage.detection(fid) ON DELETE CASCADE
  constraint sighting_pkey PRIMARY KEY (detection_fid)
  CREATE INDEX sighting_geom ON rivage.sighting USING gist (geom)

table sighting_activity
  detection_fid integer not null
  activity text not null
  rule_id text not null
  constraint sighting_activity_detection_fid_fkey FOREIGN KEY (detection_fid) REFERENCES rivage.sighting(detection_fid) ON DELETE CASCADE
  constraint sighting_activity_pkey PRIMARY KEY (detection_fid)

table sighting_zone
  detection_fid integer not null
  zone_id text not null
  holds_point boolean not null
  probability double precision
  constraint sighting_zone_probability_check CHECK (((probability >= (0)::double precision) AND (probability <= (1)::double precision)))
  constraint sighting_zone_detection_fid_fkey FOREIGN KEY (detection_fid) REFERENCES rivage.sighting(detection_fid) ON DELETE CASCADE
  constraint sighting_zone_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES rivage.zone(zone_id) ON DELETE CASCADE
  constraint sighting_zone_pkey PRIMARY KEY (detection_fid, zone_id)
  CREATE INDEX sighting_zone_zone ON rivage.sighting_zone USING btree (zone_id)

table stay
  fid integer not null generated always as identity
  camera_id text not null
  model_id text not null
  label text not null
  geom geometry(Point,4326) not null
  cov_ee_m2 double precision not null
  cov_en_m2 double precision not null
  cov_nn_m2 double precision not null
  first_seen timestamp with time zone not null
  last_seen timestamp with time zone not null
  frames integer not null
  thing integer
  constraint stay_check CHECK ((last_seen >= first_seen))
  constraint stay_cov_ee_m2_check CHECK ((cov_ee_m2 >= (0)::double precision))
  constraint stay_cov_nn_m2_check CHECK ((cov_nn_m2 >= (0)::double precision))
  constraint stay_frames_check CHECK ((frames >= 2))
  constraint stay_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES rivage.camera(camera_id) ON DELETE CASCADE
  constraint stay_model_id_fkey FOREIGN KEY (model_id) REFERENCES rivage.model(model_id) ON DELETE CASCADE
  constraint stay_pkey PRIMARY KEY (fid)
  CREATE INDEX stay_camera ON rivage.stay USING btree (camera_id, model_id, label)
  CREATE INDEX stay_geom ON rivage.stay USING gist (geom)
  CREATE INDEX stay_time ON rivage.stay USING gist (tstzrange(first_seen, last_seen, '[]'::text))

table stay_member
  stay_fid integer not null
  detection_fid integer not null
  constraint stay_member_detection_fid_fkey FOREIGN KEY (detection_fid) REFERENCES rivage.detection(fid) ON DELETE CASCADE
  constraint stay_member_stay_fid_fkey FOREIGN KEY (stay_fid) REFERENCES rivage.stay(fid) ON DELETE CASCADE
  constraint stay_member_pkey PRIMARY KEY (stay_fid, detection_fid)
  constraint stay_member_detection_fid_key UNIQUE (detection_fid)

table viewshed
  calibration_id integer not null
  geom geometry(MultiPolygon,4326) not null
  cell_m double precision not null
  source text not null
  constraint viewshed_cell_m_check CHECK ((cell_m > (0)::double precision))
  constraint viewshed_geom_valid CHECK (st_isvalid(geom))
  constraint viewshed_calibration_id_fkey FOREIGN KEY (calibration_id) REFERENCES rivage.calibration(calibration_id) ON DELETE CASCADE
  constraint viewshed_pkey PRIMARY KEY (calibration_id)
  CREATE INDEX viewshed_geom ON rivage.viewshed USING gist (geom)

table zone
  fid integer not null generated always as identity
  zone_id text not null
  lake_id text not null
  kind text not null
  name text not null
  geom geometry(Polygon,4326) not null
  constraint zone_geom_valid CHECK (st_isvalid(geom))
  constraint zone_kind_check CHECK ((kind = ANY (ARRAY['water'::text, 'shore'::text, 'trail'::text, 'meadow'::text, 'bivouac-area'::text, 'no-bivouac'::text, 'mask'::text])))
  constraint zone_lake_id_fkey FOREIGN KEY (lake_id) REFERENCES rivage.lake(lake_id) ON DELETE CASCADE
  constraint zone_pkey PRIMARY KEY (fid)
  constraint zone_zone_id_key UNIQUE (zone_id)
  CREATE INDEX zone_geom ON rivage.zone USING gist (geom)
  CREATE INDEX zone_lake ON rivage.zone USING btree (lake_id)

view activity_daily
  -- Activities by day: what persons did, of each camera and local day; for all that has a place on the ground, and for each zone that the camera watches. A row with 0 objects: somebody looked and nobody did it; no row: nobody looked. Key: camera_id, zone_id, local_day and activity.
  lake_id text -- Identifier of the lake.
  camera_id text -- Identifier of the camera; what two cameras see at once is in the rows of both.
  zone_id text -- Identifier of the zone that holds the most likely place; null: all places.
  local_day date -- Calendar day, local time of the lake.
  activity text -- What is done, by the rules of activity_rule: such as bathing, boating, bivouac, hiking or shore rest.
  label text -- Who does it: what was looked for, such as person.
  objects integer -- Number of sightings, summed over the frames: who stays is counted in each.
  frames integer -- Number of valid frames.
  person_hours double precision -- Persons times hours.
  watched_hours double precision -- Time that the valid frames stand for, hours.
  model_id text -- Model that looked, as id@version.

view bivouac_heatmap
  -- Bivouac heatmap: one weighted point for each tent and each night that it stood there, once however many cameras saw it.
  fid integer -- Key of the row, a whole number; it changes when stays are linked again.
  geom geometry(Point,4326) -- Mean place of the tent, by the camera that knows it best, point, EPSG:4326.
  lake_id text -- Identifier of the lake.
  lake text -- Name of the lake.
  camera_ids text -- Identifiers of the cameras that saw it, separated by commas.
  night date -- Bivouac night: 19:00 on this date to 09:00 on the next, local time of the lake.
  weight double precision -- What the heatmap adds up: tent-nights, 1 for one tent in one night.
  zones text -- Names of the zones that hold the point, separated by commas; null outside all zones.
  model_id text -- Model that detected the tent, as id@version.
  thing integer -- Number of the tent: that of its stays in stay_map.

view bivouac_night
  -- Bivouac nights: tents of each night, for each lake and each of its zones. Night D is 19:00 on D to 09:00 on D+1, local time. Null tents: nobody could look; 0: somebody looked and there was none.
  fid integer -- Key of the row, a whole number.
  lake_id text -- Identifier of the lake.
  lake text -- Name of the lake.
  zone_id text -- Identifier of the zone; null: the whole lake, with tents outside all zones too.
  zone text -- Name of the zone; null: the whole lake.
  zone_kind text -- Kind of the zone; null: the whole lake.
  night date -- The night from 19:00 on this date to 09:00 on the next, local time of the lake.
  tents integer -- Largest number of tents at once over the valid frames, each tent seen at one place in two or more photos; a tent that several cameras see is one: a lower bound. Null when no valid frame of a camera that watches the place was analysed by a model that knows tents.
  tents_by_day integer -- Number of these tents that also stood at 14:00 of the day before or after: camping, and no bivouac by the rule of the park. Null as tents is.
  dusk_frames integer -- Number of valid frames from 19:00 to midnight, over the cameras that watch the place.
  dawn_frames integer -- Number of valid frames from midnight to 09:00, over the cameras that watch the place.
  model_id text -- Model that looked for tents, as id@version; null when tents is null.

view calibration_history
  -- Calibrations: every one that a camera ever had, from when to when it holds, how good it is and how many photos it placed.
  calibration_id integer -- Key of the row, a whole number.
  camera_id text -- Identifier of the camera.
  camera text -- Name of the camera.
  valid_from timestamp with time zone -- UTC instant from which on it holds; null: since ever.
  valid_to timestamp with time zone -- UTC instant at which it ends, itself not included; null: it still holds, unless it was withdrawn or replaced.
  replaced_by integer -- Number of the calibration that begins at the same time and was stored later: it holds in place of this one; null: none.
  withdrawn_at timestamp with time zone -- UTC instant at which it was taken out of use; null: in use. Sightings that it placed keep it until they are located anew.
  origin text -- file: from a GCP file of the workspace; service: sent by a person through the service.
  reference_path text -- Photo that its control points were clicked in, relative to the workspace; null: not told, so drift is not measured.
  rmse_px double precision -- Root mean square error over the control points kept, px.
  loo_rmse_px double precision -- The same, each point predicted by a solve without it, px; null with too few points.
  aic double precision -- Akaike information criterion, without unit: of two on the same points the lower is the better choice of parameters.
  gcps integer -- Number of control points.
  outliers integer -- Number of control points left out as gross errors.
  heading_deg double precision -- Direction of view, degrees clockwise from true north.
  pitch_deg double precision -- Degrees up from the horizon.
  roll_deg double precision -- Degrees; positive when the camera is turned clockwise seen from behind.
  focal_px double precision -- Focal length, px.
  photos integer -- Number of analysed photos whose sightings it placed.
  created_at timestamp with time zone -- UTC instant at which it was stored.

view camera_drift
  -- Drift: how far each camera had turned at each photo since the reference photo of its calibration. Sightings of a steady photo are corrected for it; those of a moved one have no place.
  photo_fid integer -- Number of the photo, a whole number.
  lake_id text -- Identifier of the lake.
  camera_id text -- Identifier of the camera.
  camera text -- Name of the camera.
  taken_at timestamp with time zone -- When the photo was taken, UTC instant.
  photo_id text -- SHA-256 of the photo, hexadecimal.
  calibration_id integer -- Number of the calibration whose reference photo it was compared with.
  state text -- steady: looks where it should, after a small correction; moved: looks elsewhere; unclear: the photo shows too little to tell.
  reason text -- Why it counts as moved: weak-consensus or large-jump; null otherwise.
  heading_deg double precision -- Turn to the right since the reference photo, degrees.
  pitch_deg double precision -- Turn upwards, degrees.
  roll_deg double precision -- Turn clockwise seen from behind, degrees.
  heading_sigma_deg double precision -- Standard deviation of heading_deg, degrees.
  pitch_sigma_deg double precision -- Standard deviation of pitch_deg, degrees.
  roll_sigma_deg double precision -- Standard deviation of roll_deg, degrees.
  agreeing integer -- Number of patches of the reference photo that were found again and agree.
  looked integer -- Number of patches that were looked for.

view camera_map
  -- Cameras: where they hang, how often they shoot and how well they are calibrated.
  fid integer -- Key of the row, a whole number.
  geom geometry(Point,4326) -- Place of the camera, point, EPSG:4326.
  camera_id text -- Identifier of the camera in the workspace.
  name text -- Name of the camera.
  lake_id text -- Identifier of the lake that the camera watches.
  lake text -- Name of the lake that the camera watches.
  height_m double precision -- Height of the lens, m, in the datum of the DEM.
  position_sigma_m double precision -- Standard deviation of the surveyed place, on each axis, m.
  interval_min double precision -- Time between two photos as programmed, minutes.
  clock_time_zone text -- IANA time zone that the clock of the camera is set to.
  clock_offset_s double precision -- How far the clock of the camera is ahead of true time, s.
  mounted_from timestamp with time zone -- When the camera was mounted, UTC instant; null when not told.
  mounted_to timestamp with time zone -- When the camera was taken down, UTC instant; null when not told or still there.
  calibration_id integer -- Number of the latest calibration; null when the camera is not calibrated.
  calibration_rmse_px double precision -- Root mean square error of the latest calibration over its control points, px.
  heading_deg double precision -- Direction of view of the latest calibration, degrees clockwise from true north.
  moved_since timestamp with time zone -- UTC instant of the photo from which on the camera looks elsewhere than when it was calibrated: it must be calibrated anew; null when it does not.

view camera_watch
  -- What each camera watches: its lake and the zones of zone_watch. Key: camera_id.
  camera_id text -- Identifier of the camera.
  lake_id text -- Identifier of the lake.
  time_zone text -- Time zone of the lake, IANA name.
  zones text[] -- Identifiers of the zones that it watches; empty: none.

view change_gate
  -- What of each analysed photo was looked at: parts that had not changed, and where nothing was found lately, are passed over.
  fid integer -- Key of the row: the analysis, a whole number.
  lake_id text -- Identifier of the lake that the camera watches.
  camera_id text -- Identifier of the camera.
  photo_id text -- Identifier of the photo: SHA-256 of its bytes.
  path text -- File of the photo, relative to the workspace.
  taken_at timestamp with time zone -- When the photo was taken, UTC instant.
  model_id text -- Model that looked.
  looked text -- all: nothing was passed over for want of change; parts; nothing: no part had changed.
  slices integer -- Number of slices that were looked at where others were passed over; null: all.
  slices_px jsonb -- Those slices as [[x, y, w, h], …], px of the photo; null: all.
  duration_s double precision -- Time that the analysis took, reading the photo not included, s.

view density_map
  -- Density: hexagons around each lake with what was seen in each over all the time that somebody looked there. Null count: nobody looked; 0: somebody looked and there was nothing.
  fid integer -- Key of the row, a whole number; it changes as photos come in.
  geom geometry(Polygon,4326) -- Hexagon, polygon, EPSG:4326.
  lake_id text -- Identifier of the lake.
  lake text -- Name of the lake.
  label text -- What was seen, such as person or tent.
  cell text -- Name of the hexagon; it is that of the same place as long as the width is the same.
  count integer -- Number of sightings in the usable photos; for tents tent-nights, over the nights watched, each night that of the camera that saw most. Null: nobody watched the hexagon.
  frames integer -- Number of usable, analysed photos of calibrated cameras that see the hexagon; null for tents.
  nights integer -- Number of bivouac nights with such a photo from 19:00 to 09:00; null for all but tents.
  rate double precision -- Number of sightings per photo; for tents number of tents per night. Null: nobody watched the hexagon.
  width_m double precision -- Width of the hexagon from side to side, m: 20, or more around a large lake.

view effort_hourly
  -- Effort: how many of the frames that each camera was to take in each local hour came and can be used, and why not. A row for each hour in which frames were expected, also when none came; and for each in which some came. Rates are divided by effort.
  fid integer -- Key of the row, a whole number: of camera and hour, whatever comes in later.
  lake_id text -- Identifier of the lake that the camera watches.
  camera_id text -- Identifier of the camera.
  camera text -- Name of the camera.
  hour timestamp with time zone -- Begin of the local hour, UTC instant: an hour that the clock shows twice is two rows, one that it skips is none. Null: files whose time is unknown, as they cannot be read.
  local_day date -- Calendar day, local time of the lake.
  local_hour integer -- Hour of the day, a whole number from 0 to 23, local time of the lake.
  expected_frames integer -- Number of frames that the interval gives over the hour, nights included: one at mounting, then one each interval until the camera was taken down; where these are not told, from its first to its last photo. Null when the hour is.
  frames integer -- Number of frames that came, unreadable ones included: valid_frames and all reasons add up to it. Photos of one instant are one frame, as clear as the clearest of them.
  valid_frames integer -- Number of frames in which one can count and whose camera stood as it was calibrated. Whether a model looked at them: occupancy_hourly.frames.
  dark integer -- Number of frames too dark to use.
  fog integer -- Number of frames in fog, on the lake or on the lens.
  blocked integer -- Number of frames in which something close hides a part of the view.
  wet integer -- Number of frames in which water on the lens blurs a part of the view.
  moved integer -- Number of clear frames whose camera looked elsewhere than it was calibrated.
  unreadable integer -- Number of frames that cannot be read as photos.
  missing integer -- Number of expected frames that never came: expected_frames - frames, not below 0. Null when the hour is.
  effort double precision -- Effort, 0 to 1: valid_frames / expected_frames, 1 where more came than were expected. Null where none was expected. Over several hours: sum of valid_frames / sum of expected_frames.

view lake_map
  -- Lakes: the lakes that cameras watch, as shorelines.
  fid integer -- Key of the row, a whole number.
  geom geometry(Polygon,4326) -- Shoreline, polygon, EPSG:4326.
  lake_id text -- Identifier of the lake in the workspace.
  name text -- Name of the lake.
  water_level_m double precision -- Height of the water, m, in the datum of the DEM (in France NGF-IGN69).
  water_level_sigma_m double precision -- Standard deviation of the height of the water, m.
  time_zone text -- IANA time zone in which days and nights of the lake are counted.

view occupancy_hourly
  -- Occupancy by hour: how many objects at a time, over the valid frames of each camera, label and local hour; for all that the camera sees, and for each zone that it watches. Hours without a valid frame have no row: nobody looked; see effort_hourly. Key: camera_id, zone_id, label and hour.
  lake_id text -- Identifier of the lake.
  camera_id text -- Identifier of the camera; what two cameras see at once is in the rows of both.
  zone_id text -- Identifier of the zone that holds the most likely place; null: all that the camera sees, on the ground or not.
  label text -- What was looked for, such as person or tent.
  hour timestamp with time zone -- Begin of the local hour, UTC instant: an hour that the clock shows twice is two rows.
  local_day date -- Calendar day, local time of the lake.
  local_hour integer -- Hour of the day, a whole number from 0 to 23, local time of the lake.
  objects integer -- Number of objects, summed over the frames: one that stays is counted in each.
  frames integer -- Number of valid frames.
  watched_h double precision -- Time that these frames stand for, hours.
  occupancy double precision -- Mean number of objects at a time: objects / frames.
  most integer -- Largest number in one frame: a lower bound of what was there, lower the longer the interval of the camera.
  model_id text -- Model that looked, as id@version.

view occupancy_light
  -- Object-hours by day, local hour and light, for all that a camera sees and for each zone that it watches: what estimates are made of, each light corrected by the photos reviewed in it. Hours without a valid frame have no row: nobody looked. Key: camera_id, zone_id, label, local_day, local_hour and light.
  lake_id text -- Identifier of the lake.
  camera_id text -- Identifier of the camera; what two cameras see at once is in the rows of both.
  zone_id text -- Identifier of the zone that holds the most likely place; null: all that the camera sees, on the ground or not.
  label text -- What was looked for, such as person or tent.
  local_day date -- Calendar day, local time of the lake.
  local_hour integer -- Hour of the day, a whole number from 0 to 23, local time of the lake; an hour that the clock shows twice is one row.
  light text -- Light by the height of the sun: day from 6 degrees up, dim from -6, dark below.
  frames integer -- Number of valid frames.
  watched_h double precision -- Time that these frames stand for, hours.
  object_hours double precision -- Objects found, each times the hours that its frame stands for, object-hours (h): as detected, not corrected.

view photo_status
  -- State of the photos: how many were expected, came, can be used and are analysed, for each camera and local day.
  fid integer -- Key of the row, a whole number; it changes as photos come in.
  lake_id text -- Identifier of the lake that the camera watches.
  camera_id text -- Identifier of the camera.
  camera text -- Name of the camera.
  day date -- Day in local time of the lake; null: files whose time is unknown because they cannot be read.
  expected integer -- Number of photos that the programmed interval gives over the mounted hours of the day, nights included; null when the day is unknown.
  received integer -- Number of different photos received, unreadable ones included.
  unreadable integer -- Number of files that cannot be read as photos.
  dark integer -- Number of photos too dark to use.
  fog integer -- Number of photos in fog.
  blocked integer -- Number of photos in which something close hides a part of the view.
  wet integer -- Number of photos in which water on the lens blurs a part of the view.
  usable integer -- Number of photos that can be used.
  analysed integer -- Number of photos analysed by a model whose results are shown.

view review_count
  -- Each reviewed photo: how many objects of a label people saw in it, how many a model found from its threshold up, and how many of these are right. A box is right when it shares half with a true one (IoU), a third where that is under 32 px, and each is the best of the other. Key: photo_id, model_id and label.
  photo_id text -- SHA-256 of the photo, hexadecimal.
  review_id integer -- Number of the review that counts: the last one of the photo.
  lake_id text -- Identifier of the lake that the camera watches.
  camera_id text -- Identifier of the camera.
  local_day date -- Calendar day on which the photo was taken, local time of the lake.
  light text -- Light by the height of the sun: day from 6 degrees up, dim from -6, dark below.
  model_id text -- Model that is judged, as id@version.
  label text -- What was looked for, such as person or tent.
  shown boolean -- True when it is the model whose detections of the label are shown.
  weight double precision -- Number of photos that it stands for, 1 or more, without unit: 1 divided by its chance of being chosen.
  there integer -- Number of objects that people saw; what is unclear or was blanked is left out of this and the next two.
  found integer -- Number of detections.
  matched integer -- Number of detections that are right; there - matched were missed, found - matched are false.

view review_score
  -- What people saw in reviewed photos against what a model found there, from its threshold up: by camera, label and light. The sums of review_count, which says when a box is right.
  fid integer -- Key of the row, a whole number; it changes as rows come in.
  lake_id text -- Identifier of the lake that the camera watches.
  camera_id text -- Identifier of the camera.
  label text -- What was looked for: person, tent, boat or animal.
  light text -- Light by the height of the sun: day from 6 degrees up, dim from -6, dark below.
  model_id text -- Model that is judged, as id@version.
  shown boolean -- True when it is the model whose detections of the label are shown.
  photos integer -- Number of reviewed photos that the model analysed; 0: nothing is known of the rest of the row.
  there integer -- Number of objects that people saw there; null: nothing was reviewed.
  found integer -- Number of detections there; null: nothing was reviewed.
  matched integer -- Number of detections that are right; null: nothing was reviewed.
  precision double precision -- Share of the detections that is right, 0 to 1, photos weighted by how many they stand for; null: nothing was reviewed, or found.
  recall double precision -- Share of the objects that was found, 0 to 1, photos weighted by how many they stand for; null: nothing was reviewed, or there.

view sighting_ellipse_map
  -- Error ellipses: where each sighting truly is with a probability of 95 %.
  fid integer -- Number of the detection, a whole number; the same as in sighting_map.
  geom geometry(Polygon,4326) -- 95 % error ellipse, polygon, EPSG:4326.
  lake_id text -- Identifier of the lake.
  camera_id text -- Identifier of the camera.
  taken_at timestamp with time zone -- When the photo was taken, UTC instant.
  night date -- Bivouac night (19:00 on this date to 09:00 on the next, local time of the lake); null by day.
  local_day date -- Calendar day on which the photo was taken, local time of the lake.
  local_hour double precision -- Time of day at which the photo was taken, hours from midnight, 0 to 24 (14.5 is 14:30), local time of the lake.
  label text -- What was detected, such as person or tent.
  confidence double precision -- Confidence that thresholds apply to, 0 to 1, without unit: that of the network times plausibility.
  model_id text -- Model that detected it, as id@version.
  range_m double precision -- Slant distance from the camera, m.
  semi_major_m double precision -- Major half axis of the ellipse, m.
  semi_minor_m double precision -- Minor half axis of the ellipse, m.
  azimuth_deg double precision -- Azimuth of the major axis, degrees clockwise from true north, 0 to 180.

view sighting_in_zone
  -- Sightings in zones: one row for each zone that a sighting may be in. The sum of the probabilities over a zone is the expected number of sightings in it.
  sighting_fid integer -- Number of the detection, a whole number; the fid of sighting_map.
  zone_id text -- Identifier of the zone.
  zone text -- Name of the zone.
  zone_kind text -- Kind of the zone, such as shore or bivouac-area.
  holds_point boolean -- True when the most likely place is inside the zone.
  probability double precision -- Share of the 95 % error ellipse inside the zone, 0 to 1: the probability that the sighting is in it; null: stored before it was computed, relocate fills it.
  lake_id text -- Identifier of the lake.
  camera_id text -- Identifier of the camera.
  taken_at timestamp with time zone -- When the photo was taken, UTC instant.
  night date -- Bivouac night (19:00 on this date to 09:00 on the next, local time of the lake); null by day.
  label text -- What was detected, such as person or tent.
  confidence double precision -- Confidence that thresholds apply to, 0 to 1, without unit: that of the network times plausibility.
  model_id text -- Model that detected it, as id@version.

view sighting_map
  -- Sightings: persons, tents and other objects on the ground, one point for each object in each photo, from the confidence threshold of its label up and by the one model shown for that label.
  fid integer -- Number of the detection, a whole number.
  geom geometry(Point,4326) -- Most likely place on the ground or water, point, EPSG:4326.
  lake_id text -- Identifier of the lake.
  lake text -- Name of the lake.
  camera_id text -- Identifier of the camera.
  camera text -- Name of the camera.
  taken_at timestamp with time zone -- When the photo was taken, UTC instant.
  night date -- Bivouac night (19:00 on this date to 09:00 on the next, local time of the lake); null by day.
  local_day date -- Calendar day on which the photo was taken, local time of the lake.
  local_hour double precision -- Time of day at which the photo was taken, hours from midnight, 0 to 24 (14.5 is 14:30), local time of the lake.
  label text -- What was detected, such as person or tent.
  confidence double precision -- Confidence that thresholds apply to, 0 to 1, without unit: that of the network times plausibility.
  network_confidence double precision -- Confidence as the network gave it, 0 to 1, without unit.
  plausibility double precision -- How well the size of the box fits its place, 0 to 1: 1 for any size that its label has; null: not known.
  model_id text -- Model that detected it, as id@version.
  surface text -- What the line of sight meets: water or ground.
  height_m double precision -- Height of the ground or water there, m, in the datum of the DEM.
  range_m double precision -- Slant distance from the camera, m.
  semi_major_m double precision -- Major half axis of the 95 % error ellipse, m.
  semi_minor_m double precision -- Minor half axis of the 95 % error ellipse, m.
  azimuth_deg double precision -- Azimuth of the major axis, degrees clockwise from true north, 0 to 180.
  share_camera double precision -- Share of the variance of the place that the calibration and drift of the camera make, 0 to 1; null: stored before shares were.
  share_pixel double precision -- Share of the variance that the foot pixel of the box makes, 0 to 1.
  share_height double precision -- Share of the variance that the height of ground or water makes, 0 to 1.
  share_extent double precision -- Share of the variance that the unseen depth of the thing makes, 0 to 1.
  calibration_id integer -- Number of the calibration that placed it, in calibration_history.
  zones text -- Names of the zones that hold the point, separated by commas; null outside all zones.
  activity text -- What is done there, such as bathing or hiking; null for what does nothing, such as a tent.
  activity_rule text -- Name of the rule in activity_rule that said so.
  visibility text -- State of the photo: usable, dark, fog, blocked or wet.
  photo_id text -- SHA-256 of the photo, hexadecimal.
  box_x_px double precision -- Left side of the box in the photo, px.
  box_y_px double precision -- Top of the box in the photo, px.
  box_width_px double precision -- Width of the box in the photo, px.
  box_height_px double precision -- Height of the box in the photo, px.

view stay_map
  -- Stays: objects seen at one place in two or more photos, by the one model shown for their label.
  fid integer -- Number of the stay, a whole number; it changes when stays are linked again.
  geom geometry(Point,4326) -- Mean place of the stay, point, EPSG:4326.
  thing integer -- Number that stays of several cameras share where they are of one thing.
  lake_id text -- Identifier of the lake.
  lake text -- Name of the lake.
  camera_id text -- Identifier of the camera.
  camera text -- Name of the camera.
  label text -- What stayed, such as tent.
  model_id text -- Model that detected it, as id@version.
  first_seen timestamp with time zone -- First photo that shows it, UTC instant.
  last_seen timestamp with time zone -- Last photo that shows it, UTC instant.
  duration_h double precision -- Time from the first to the last photo that shows it, hours: the least that the stay lasted.
  frames integer -- Number of photos that show it, two or more.
  sigma_east_m double precision -- Standard deviation of the mean place towards east, m.
  sigma_north_m double precision -- Standard deviation of the mean place towards north, m.
  zones text -- Names of the zones that hold the point, separated by commas; null outside all zones.

view tent_night
  -- Tent-nights: one row for each tent and each bivouac night that it stood there, once however many cameras saw it. A night without rows is not a night without tents: bivouac_night tells where nobody could look.
  fid integer -- Key of the row, a whole number; it may change when stays are linked again.
  geom geometry(Point,4326) -- Mean place of the tent, by the camera that knows it best, point, EPSG:4326.
  lake_id text -- Identifier of the lake.
  lake text -- Name of the lake.
  night date -- Bivouac night: 19:00 on this date to 09:00 on the next, local time of the lake.
  thing integer -- Number of the tent: that of its stays in stay_map.
  first_seen timestamp with time zone -- First photo of any camera that shows the tent, UTC instant; it may be before the night.
  last_seen timestamp with time zone -- Last photo that shows it, UTC instant; it may be after the night.
  by_day boolean -- True when the tent also stood at 14:00 of the day before or after the night: camping, and no bivouac by the rule of the park.
  frames integer -- Number of photos that show the tent, of all its nights and cameras.
  cameras integer -- Number of cameras that saw it.
  camera_ids text -- Identifiers of these cameras, separated by commas.
  sigma_east_m double precision -- Standard deviation of the place towards east, m.
  sigma_north_m double precision -- Standard deviation of the place towards north, m.
  zones text -- Names of the zones that hold the place, separated by commas; null outside all zones.
  model_id text -- Model that detected it, as id@version.

view valid_frame
  -- Valid frames: photos in which a label could be seen, of a camera that stood as calibrated, analysed by the one model shown for it. One row for each photo and label. All rates are divided by these.
  analysis_id integer -- Number of the analysis.
  photo_id text -- SHA-256 of the photo, hexadecimal.
  lake_id text -- Identifier of the lake.
  camera_id text -- Identifier of the camera.
  time_zone text -- Time zone of the lake, IANA name.
  taken_at timestamp with time zone -- When the photo was taken, UTC instant.
  label text -- What was looked for, such as person or tent.
  model_id text -- Model that looked, as id@version.
  min_confidence double precision -- Confidence from which on a detection counts, 0 to 1.
  interval_h double precision -- Interval at which the camera is to take photos, hours.

view viewshed_map
  -- Viewsheds: the ground and the water that each camera sees by the calibration that holds now.
  fid integer -- Key of the row, a whole number.
  geom geometry(MultiPolygon,4326) -- Ground and water in the picture of the camera, at most 3,000 m from it and hidden by no other ground, multipolygon, EPSG:4326. Terrain alone hides: trees and buildings are not known.
  camera_id text -- Identifier of the camera.
  camera text -- Name of the camera.
  lake_id text -- Identifier of the lake that the camera watches.
  lake text -- Name of the lake that the camera watches.
  calibration_id integer -- Number of the calibration.
  area_m2 double precision -- Area of the ground seen, as it lies on the map, m².
  cell_m double precision -- Side of the square cells that were looked at, m: nothing smaller is told apart.

view visitor_hours_daily
  -- Visitor-hours by day: persons times the time that they were seen for, of each camera and local day; for all that the camera sees, and for each zone that it watches. Gaps longer than two intervals are missing, not empty: compare days by visitor_hours / watched_hours. As detected: rivage estimate corrects for what a detector misses. Key: camera_id, zone_id and local_day.
  lake_id text -- Identifier of the lake.
  camera_id text -- Identifier of the camera; what two cameras see at once is in the rows of both.
  zone_id text -- Identifier of the zone that holds the most likely place; null: all that the camera sees, on the ground or not.
  local_day date -- Calendar day, local time of the lake.
  visitor_hours double precision -- Persons times hours.
  watched_hours double precision -- Time that the valid frames stand for, hours.
  frames integer -- Number of valid frames.
  most integer -- Largest number of persons in one frame: a lower bound of what was there, lower the longer the interval of the camera.
  model_id text -- Model that looked, as id@version.

view zone_map
  -- Zones: the polygons that a user drew around the lakes.
  fid integer -- Key of the row, a whole number.
  geom geometry(Polygon,4326) -- Outline of the zone, polygon, EPSG:4326.
  zone_id text -- Identifier of the zone in the workspace.
  name text -- Name of the zone.
  kind text -- Kind of zone: water, shore, trail, meadow, bivouac-area, no-bivouac or mask.
  lake_id text -- Identifier of the lake that the zone belongs to.
  lake text -- Name of the lake that the zone belongs to.
  area_m2 double precision -- Area on the WGS84 ellipsoid, m².

view zone_watch
  -- Which camera watches which zone: a calibration of it sees some of the zone, or something was placed there. Key: camera_id and zone_id. Lakes themselves and masks are left out.
  camera_id text -- Identifier of the camera.
  zone_id text -- Identifier of the zone.
  lake_id text -- Identifier of the lake of both.

function bivouac_night_of(instant timestamp with time zone, time_zone text) returns date
  -- Night D (19:00 on D to 09:00 on D+1, local time) that an instant belongs to; null by day.

function days_of(of_camera text) returns SETOF date
  -- The local days of a camera, from its first photo to its last.

function density(of_lake text, of_label text, from_day date DEFAULT NULL::date, to_day date DEFAULT NULL::date, from_hour double precision DEFAULT NULL::double precision, to_hour double precision DEFAULT NULL::double precision, cell_m double precision DEFAULT NULL::double precision) returns TABLE(cell text, geom geometry, count integer, frames integer, nights integer, rate double precision, width_m double precision)
  -- Hexagons around a lake with the things of a label seen in each, and how long it was watched. Days are local, both included; for tents bivouac nights. cell_m: width, m; null: 20 or more.

function error_ellipse(point geometry, semi_major_m double precision, semi_minor_m double precision, azimuth_deg double precision) returns geometry
  -- 95 % error ellipse of a point as a polygon, EPSG:4326: half axes in m, azimuth of the major axis in degrees clockwise from true north.

function fill_activities(cameras text[]) returns void
  -- Says anew what is done at each sighting of some cameras, by the rules of activity_rule.

function fill_zones(analyses integer[]) returns void
  -- Puts the sightings of some analyses into the zones of their lake.

function frame_counts(of_camera text, of_label text, of_day date, zones text[]) returns TABLE(taken_at timestamp with time zone, watched_h double precision, model_id text, zone_id text, doing text[])
  -- What each valid frame of a camera on a local day shows of a label, by zone: one entry of doing for each object. watched_h: time that the frame stands for, hours.

function heatmap(of_lake text, from_day date DEFAULT NULL::date, to_day date DEFAULT NULL::date, of_label text DEFAULT 'person'::text, cell_m double precision DEFAULT 20) returns TABLE(cell text, geom geometry, per_100_h double precision, objects integer, frames integer)
  -- What a heatmap shows: things at a time, times 100, in hexagons of Lambert-93 that stay where they are. per_100_h: object-hours in 100 hours of watching; for tents tent-nights in 100 nights; null where nobody looked. frames: photos, or nights, behind it.

function light_of(place geometry, instant timestamp with time zone) returns text
  -- Light by the height of the sun over a level horizon: day from 6 degrees up, dim from -6, dark below.

function refill_activities() returns trigger
  -- Does so for all cameras: after the rules were edited.

function refill_zones(zones text[]) returns void
  -- Puts all sightings of their lakes into some zones anew.

function share_inside(zone geometry, ellipse geometry) returns double precision
  -- Share of an error ellipse that lies in a zone, 0 to 1: the probability that the true place is inside.

function sun_altitude_deg(place geometry, instant timestamp with time zone) returns double precision
  -- Height of the sun over a level horizon at a place and instant, degrees.

function tents_of_night(of_lake text, of_night date) returns TABLE(number integer, thing integer, best_fid integer, camera_ids text[], frames integer, first_seen timestamp with time zone, last_seen timestamp with time zone, by_day boolean)
  -- Tents that stood at a lake in a bivouac night, each once however many cameras saw it.
