-- Years of seven cameras at four lakes, as rows: a photo each ten minutes from 1 June on, seven persons in two of them or
-- so, tents that stand for one to three nights. Called with the number of days; the same days every time.
create or replace function pg_temp.fill_years(days int) returns void language plpgsql as $$
begin
  perform setseed(0.42);
  insert into rivage.lake (lake_id, name, geom, water_level_m, water_level_sigma_m, time_zone)
  select 'lake' || n, 'Lake ' || n, ST_MakeEnvelope(6.3 + n * 0.05, 44.8, 6.304 + n * 0.05, 44.804, 4326), 2400, 0.3, 'Europe/Paris'
  from generate_series(1, 4) as n;

  insert into rivage.zone (zone_id, lake_id, kind, name, geom)
  select lake_id || '-' || kind, lake_id, kind, kind,
    ST_Translate(ST_MakeEnvelope(0, 0, 0.002, 0.002, 4326), ST_XMin(geom) - 0.002 + 0.002 * (n % 3), ST_YMin(geom) + 0.004 * (n / 3))
  from rivage.lake
  cross join unnest(array['shore', 'trail', 'meadow', 'bivouac-area', 'no-bivouac']) with ordinality as k (kind, n);

  insert into rivage.camera
    (camera_id, lake_id, name, geom, height_m, position_sigma_m, interval_min, clock_time_zone, clock_offset_s)
  select 'camera' || n, 'lake' || (n % 4 + 1), 'Camera ' || n, ST_PointOnSurface(l.geom), 2410, 0.5, 10, 'Europe/Paris', 0
  from generate_series(1, 7) as n
  join rivage.lake as l on l.lake_id = 'lake' || (n % 4 + 1);

  insert into rivage.calibration (camera_id, body, rmse_px)
  select camera_id, '{"camera": {"sizePx": {"widthPx": 4000, "heightPx": 3000}}}', 1 from rivage.camera;
  -- as ragged as one drawn from terrain
  insert into rivage.viewshed (calibration_id, geom, cell_m, source)
  select k.calibration_id, ST_Multi(ST_Union(ST_Buffer(ST_Translate(c.geom, (random() - 0.5) * 0.008, (random() - 0.5) * 0.008), 0.0008))),
    5, 'drawn'
  from rivage.calibration as k
  join rivage.camera as c using (camera_id)
  cross join generate_series(1, 40)
  group by k.calibration_id;

  insert into rivage.model (model_id, labels) values ('drawn@1', '{person,tent}');
  insert into rivage.label_threshold (model_id, label, min_confidence, shown)
  values ('drawn@1', 'person', 0.25, true), ('drawn@1', 'tent', 0.4, true);

  insert into rivage.photo (photo_id, camera_id, path, bytes, width_px, height_px, taken_at, visibility)
  select camera_id || '-' || d || '-' || m, camera_id, camera_id || '/' || d || '/' || m || '.jpg', 4000000, 4000, 3000,
    -- seasons of 150 days, one a year
    timestamptz '2016-06-01 00:00+02' + (d / 150) * interval '1 year' + (d % 150) * interval '1 day' + m * interval '10 minutes',
    case when random() < 0.08 then 'fog' when m < 28 or m > 128 then 'dark' else 'usable' end
  from rivage.camera
  cross join generate_series(0, days - 1) as d
  cross join generate_series(0, 143) as m;

  insert into rivage.analysis (photo_id, model_id, calibration_id, duration_ms)
  select p.photo_id, 'drawn@1', k.calibration_id, 900
  from rivage.photo as p
  join rivage.calibration as k using (camera_id)
  order by p.taken_at;

  insert into rivage.detection (analysis_id, label, confidence, x, y, w, h)
  select a.analysis_id, 'person', 0.05 + 0.95 * random(), 4000 * random(), 3000 * random(), 20, 50
  from rivage.analysis as a
  join rivage.photo as p using (photo_id)
  cross join lateral generate_series(1, (random() * 9)::int * (p.visibility = 'usable')::int);

  insert into rivage.sighting (detection_fid, geom, height_m, surface, range_m, cov_ee_m2, cov_en_m2, cov_nn_m2,
    semi_major_m, semi_minor_m, azimuth_deg)
  select d.fid, at.point, 2401, case when ST_Covers(l.geom, at.point) then 'water' else 'ground' end, 200, 4, 1, 9, 7.5, 4.6, 11
  from rivage.detection as d
  join rivage.analysis as a using (analysis_id)
  join rivage.photo as p using (photo_id)
  join rivage.camera as c using (camera_id)
  join rivage.lake as l using (lake_id)
  -- d.fid, so that each has a place of its own
  cross join lateral (
    select ST_SetSRID(ST_Point(
      ST_X(c.geom) + 0.006 * (random() - 0.5) + 0 * d.fid, ST_Y(c.geom) + 0.006 * (random() - 0.5)
    ), 4326) as point
  ) as at;

  insert into rivage.sighting_zone (detection_fid, zone_id, holds_point, probability)
  select s.detection_fid, z.zone_id, true, 1
  from rivage.zone as z
  join rivage.sighting as s on ST_Covers(z.geom, s.geom);

  insert into rivage.stay (camera_id, model_id, label, geom, cov_ee_m2, cov_en_m2, cov_nn_m2, first_seen, last_seen, frames)
  select c.camera_id, 'drawn@1', 'tent',
    ST_SetSRID(ST_Point(ST_X(c.geom) + 0.006 * (random() - 0.5), ST_Y(c.geom) + 0.006 * (random() - 0.5)), 4326), 4, 1, 9,
    night.dusk + random() * interval '2 hours', night.dusk + interval '12 hours' + floor(random() * 3) * interval '1 day', 20
  from rivage.camera as c
  cross join generate_series(0, days - 1) as d
  cross join lateral (
    select timestamptz '2016-06-01 19:00+02' + (d / 150) * interval '1 year' + (d % 150) * interval '1 day' as dusk
  ) as night
  cross join generate_series(1, 6)
  where random() < 0.7;
  update rivage.stay set thing = fid;
end
$$;
