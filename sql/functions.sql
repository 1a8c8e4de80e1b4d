-- Functions that the views use. Created again, with the views, whenever one of their files changed.

-- they may read views, which are made after them
set local check_function_bodies = off;

-- The bivouac night that an instant belongs to: night D is 19:00 on D to 09:00 on D+1, local time. Null by day.
create or replace function rivage.bivouac_night_of(instant timestamptz, time_zone text) returns date
language sql immutable parallel safe
return case
  when extract(hour from instant at time zone time_zone) >= 19
    or extract(hour from instant at time zone time_zone) < 9
  then ((instant at time zone time_zone) - interval '9 hours')::date
end;

-- Height of the sun's middle over a level horizon, degrees, without refraction; to 0.02° from 1950 to 2050.
-- Source: low-precision formulas of the Astronomical Almanac (Michalsky 1988, "The Astronomical Almanac's algorithm for
-- approximate solar position").
create or replace function rivage.sun_altitude_deg(place geometry, instant timestamptz) returns float8
language plpgsql immutable parallel safe
-- as it is where the function is made: where PostGIS is
set search_path from current
as $$
declare
  days constant float8 := extract(epoch from instant)::float8 / 86400 - 10957.5; -- since noon of 1 January 2000
  anomaly constant float8 := 357.528 + 0.9856003 * days;
  longitude constant float8 := 280.46 + 0.9856474 * days + 1.915 * sind(anomaly) + 0.02 * sind(2 * anomaly);
  tilt constant float8 := 23.439 - 4e-7 * days;
  ascension constant float8 := atan2d(cosd(tilt) * sind(longitude), cosd(longitude));
  declination constant float8 := asind(sind(tilt) * sind(longitude));
  hour_angle constant float8 := 280.46062 + 360.98564737 * days + ST_X(place) - ascension;
  lat constant float8 := ST_Y(place);
begin
  return asind(sind(declination) * sind(lat) + cosd(declination) * cosd(lat) * cosd(hour_angle));
end
$$;

-- The light at a place by the sun alone: what figures and reviews are sorted by.
create or replace function rivage.light_of(place geometry, instant timestamptz) returns text
language plpgsql immutable parallel safe as $$
declare
  sun_deg constant float8 := rivage.sun_altitude_deg(place, instant);
begin
  return case when sun_deg >= 6 then 'day' when sun_deg >= -6 then 'dim' else 'dark' end;
end
$$;

comment on function rivage.sun_altitude_deg(geometry, timestamptz) is
  'Height of the sun over a level horizon at a place and instant, degrees.';
comment on function rivage.light_of(geometry, timestamptz) is
  'Light by the height of the sun over a level horizon: day from 6 degrees up, dim from -6, dark below.';

-- The 95 % error ellipse as a polygon of 32 corners: half axes in m, azimuth of the major axis in degrees clockwise
-- from true north. A unit circle, stretched by one affine map in the tangent plane of the point; for axes of 500 m
-- the plane differs from the ellipsoid by centimetres.
-- Source: radii of curvature of WGS84 (a = 6378137 m, e² = 0.00669437999014).
create or replace function rivage.error_ellipse(
  point geometry, semi_major_m float8, semi_minor_m float8, azimuth_deg float8
) returns geometry
language sql immutable parallel safe
return (
  select ST_SetSRID(ST_Affine(
    ST_Buffer('POINT(0 0)'::geometry, 1, 8),
    semi_major_m * sin(radians(azimuth_deg)) / east, semi_minor_m * cos(radians(azimuth_deg)) / east,
    semi_major_m * cos(radians(azimuth_deg)) / north, -semi_minor_m * sin(radians(azimuth_deg)) / north,
    ST_X(point), ST_Y(point)
  ), 4326)
  from (
    select
      radians(1) * 6378137 * cos(lat) / sqrt(1 - 0.00669437999014 * sin(lat) ^ 2) as east,
      radians(1) * 6378137 * (1 - 0.00669437999014) / (1 - 0.00669437999014 * sin(lat) ^ 2) ^ 1.5 as north
    from (select radians(ST_Y(point)) as lat) as place
  ) as metres_per_degree
);

comment on function rivage.bivouac_night_of(timestamptz, text) is
  'Night D (19:00 on D to 09:00 on D+1, local time) that an instant belongs to; null by day.';
comment on function rivage.error_ellipse(geometry, float8, float8, float8) is
  '95 % error ellipse of a point as a polygon, EPSG:4326: half axes in m, azimuth of the major axis in degrees clockwise from true north.';

-- Share of an error ellipse that lies in a zone: the probability that the true place is inside.
create or replace function rivage.share_inside(zone geometry, ellipse geometry) returns float8
language sql immutable parallel safe
return case
  when not ST_Intersects(zone, ellipse) then 0
  when ST_Covers(zone, ellipse) then 1
  else ST_Area(ST_Intersection(zone, ellipse)) / ST_Area(ellipse)
end;

-- Puts the sightings of analyses into the zones of their lake. A zone counts from a probability of 0.5 % on. The caller
-- locks the zones before (holdZones), so that no sighting is put into an outline that is gone.
drop function if exists rivage.fill_zones(int[], text[]);
create or replace function rivage.fill_zones(analyses int[]) returns void
language sql as $$
  insert into rivage.sighting_zone (detection_fid, zone_id, holds_point, probability)
  select s.detection_fid, z.zone_id, ST_Covers(z.geom, s.geom), share
  from rivage.analysis as a
  join rivage.detection as d using (analysis_id)
  join rivage.sighting as s on s.detection_fid = d.fid
  join rivage.photo as p using (photo_id)
  join rivage.camera as c using (camera_id)
  cross join lateral rivage.error_ellipse(s.geom, s.semi_major_m, s.semi_minor_m, s.azimuth_deg) as ellipse
  join rivage.zone as z on z.lake_id = c.lake_id and z.geom && ellipse
  cross join lateral least(rivage.share_inside(z.geom, ellipse), 1) as share
  where a.analysis_id = any (analyses) and (share >= 0.005 or ST_Covers(z.geom, s.geom))
  on conflict do nothing
$$;

-- Puts all sightings of their lakes into some zones anew. As fill_zones, from the zones' side: one statement for both is
-- planned badly for either. One zone after the other, so that PostGIS prepares each once; and a box around each ellipse
-- settles most: it is outside a zone, or inside.
create or replace function rivage.refill_zones(zones text[]) returns void
language plpgsql as $$
declare
  one text;
begin
  delete from rivage.sighting_zone where zone_id = any (zones);
  foreach one in array zones loop
    insert into rivage.sighting_zone (detection_fid, zone_id, holds_point, probability)
    select s.detection_fid, z.zone_id, ST_Covers(z.geom, s.geom), share
    from rivage.zone as z
    join rivage.camera as c using (lake_id)
    join rivage.photo as p using (camera_id)
    join rivage.analysis as a using (photo_id)
    join rivage.detection as d using (analysis_id)
    join rivage.sighting as s on s.detection_fid = d.fid
    -- no degree of latitude is shorter than 110574 m, and none of longitude than 111319 m times the cosine of its latitude
    cross join lateral ST_Expand(
      s.geom, s.semi_major_m / 111300 / cos(radians(ST_Y(s.geom))), s.semi_major_m / 110500
    ) as box
    cross join lateral (
      select case
        when ST_Covers(z.geom, box) then 1
        else least(1, rivage.share_inside(
          z.geom, rivage.error_ellipse(s.geom, s.semi_major_m, s.semi_minor_m, s.azimuth_deg)
        ))
      end as share
      offset 0
    ) as inside
    where z.zone_id = one and ST_Intersects(z.geom, box) and (share >= 0.005 or ST_Covers(z.geom, s.geom));
  end loop;
end
$$;

comment on function rivage.share_inside(geometry, geometry) is
  'Share of an error ellipse that lies in a zone, 0 to 1: the probability that the true place is inside.';
comment on function rivage.fill_zones(int[]) is 'Puts the sightings of some analyses into the zones of their lake.';
comment on function rivage.refill_zones(text[]) is 'Puts all sightings of their lakes into some zones anew.';

-- What views read through functions is read with the rights of the functions' owner, as are their tables: security
-- definer. People read the views, and not the tables.

-- Tents that stood at a lake in a bivouac night, each once however many cameras saw it: its stays together, and the one
-- whose place is known best.
create or replace function rivage.tents_of_night(of_lake text, of_night date) returns table (
  number int, thing int, best_fid int, camera_ids text[], frames int, first_seen timestamptz, last_seen timestamptz, by_day bool
)
language sql stable security definer
set search_path from current
as $$
  select (row_number() over (order by coalesce(s.thing, s.fid)))::int, coalesce(s.thing, s.fid),
    (array_agg(s.fid order by s.cov_ee_m2 * s.cov_nn_m2, s.fid))[1], array_agg(distinct s.camera_id order by s.camera_id),
    sum(s.frames)::int, min(s.first_seen), max(s.last_seen),
    -- the middle of the day before or after
    (of_night + interval '14 hours') at time zone l.time_zone between min(s.first_seen) and max(s.last_seen)
      or (of_night + interval '38 hours') at time zone l.time_zone between min(s.first_seen) and max(s.last_seen)
  from rivage.lake as l
  join rivage.camera as c using (lake_id)
  join rivage.stay as s using (camera_id)
  join rivage.label_threshold as t on t.model_id = s.model_id and t.label = s.label and t.shown
  where l.lake_id = of_lake and s.label = 'tent'
    and tstzrange(s.first_seen, s.last_seen, '[]') && tstzrange(
      (of_night + interval '19 hours') at time zone l.time_zone, (of_night + interval '33 hours') at time zone l.time_zone
    )
  group by coalesce(s.thing, s.fid), l.time_zone
$$;

comment on function rivage.tents_of_night(text, date) is
  'Tents that stood at a lake in a bivouac night, each once however many cameras saw it.';

-- What each valid frame of a camera's local day shows of a label, for all that the camera sees (zone null) and for each
-- of some zones: what each object does, null where it does nothing or has no place. A frame stands for half of each gap
-- to its neighbours, where the gap is no longer than two intervals: sums over frames are then sums over time.
create or replace function rivage.frame_counts(of_camera text, of_label text, of_day date, zones text[]) returns table (
  taken_at timestamptz, watched_h float8, model_id text, zone_id text, doing text[]
)
language sql stable security definer
set search_path from current
as $$
  with near as (
    select f.*, f.taken_at - lag(f.taken_at) over same as before, lead(f.taken_at) over same - f.taken_at as after,
      -- a little more: clocks drift
      2.05 * f.interval_h * interval '1 hour' as longest
    from rivage.valid_frame as f
    where f.camera_id = of_camera and f.label = of_label
      and f.taken_at >= of_day::timestamp at time zone f.time_zone - 2.05 * f.interval_h * interval '1 hour'
      and f.taken_at < (of_day + 1)::timestamp at time zone f.time_zone + 2.05 * f.interval_h * interval '1 hour'
    window same as (order by f.taken_at)
  ),
  frame as (
    select n.analysis_id, n.taken_at, n.model_id, n.min_confidence,
      (coalesce(extract(epoch from before) * (before <= longest)::int, 0)
        + coalesce(extract(epoch from after) * (after <= longest)::int, 0))::float8 / 7200 as watched_h
    from near as n
    where (n.taken_at at time zone n.time_zone)::date = of_day
  ),
  found as (
    select f.analysis_id, d.fid, y.activity
    from frame as f
    join rivage.detection as d
      on d.analysis_id = f.analysis_id and d.label = of_label and d.shown_confidence >= f.min_confidence
    left join rivage.sighting_activity as y on y.detection_fid = d.fid
  ),
  seen as (
    select analysis_id, null as zone_id, array_agg(activity) as doing from found group by analysis_id
    union all
    select o.analysis_id, s.zone_id, array_agg(o.activity)
    from found as o
    join rivage.sighting_zone as s on s.detection_fid = o.fid and s.holds_point
    group by o.analysis_id, s.zone_id
  )
  select f.taken_at, f.watched_h, f.model_id, p.zone_id, coalesce(s.doing, '{}')
  from frame as f
  cross join unnest(array_append(zones, null)) as p (zone_id)
  left join seen as s on s.analysis_id = f.analysis_id and s.zone_id is not distinct from p.zone_id
$$;

comment on function rivage.frame_counts(text, text, date, text[]) is
  'What each valid frame of a camera on a local day shows of a label, by zone: one entry of doing for each object. watched_h: time that the frame stands for, hours.';

-- The local days of a camera, from its first photo to its last.
create or replace function rivage.days_of(of_camera text) returns setof date
language sql stable security definer
set search_path from current
as $$
  select d::date
  from (
    select min(p.taken_at at time zone l.time_zone)::date as first_day, max(p.taken_at at time zone l.time_zone)::date as last_day
    from rivage.camera as c
    join rivage.lake as l using (lake_id)
    cross join lateral (
      (select taken_at from rivage.photo where camera_id = c.camera_id and taken_at is not null order by taken_at limit 1)
      union all
      (select taken_at from rivage.photo where camera_id = c.camera_id and taken_at is not null order by taken_at desc limit 1)
    ) as p
    where c.camera_id = of_camera
  ) as season
  cross join lateral generate_series(first_day::timestamp, last_day::timestamp, interval '1 day') as d
$$;

comment on function rivage.days_of(text) is 'The local days of a camera, from its first photo to its last.';

-- Says anew, of all sightings of some cameras, what is done there: the first rule of activity_rule that holds. Sightings
-- below the threshold too, so that a threshold may change afterwards; what they are compared with (boats, tents) counts
-- from its own threshold up.
create or replace function rivage.fill_activities(cameras text[]) returns void
language sql
set search_path from current
as $$
  delete from rivage.sighting_activity
  where detection_fid in (
    select d.fid
    from rivage.photo as p
    join rivage.analysis as a using (photo_id)
    join rivage.detection as d using (analysis_id)
    where p.camera_id = any (cameras)
  );
  insert into rivage.sighting_activity (detection_fid, activity, rule_id)
  select s.detection_fid, fired.activity, fired.rule_id
  from rivage.photo as p
  join rivage.camera as c using (camera_id)
  join rivage.lake as l using (lake_id)
  join rivage.analysis as a using (photo_id)
  join rivage.detection as d using (analysis_id)
  join rivage.sighting as s on s.detection_fid = d.fid
  cross join lateral (
    select r.activity, r.rule_id
    from rivage.activity_rule as r
    where r.label = d.label
      and (r.surface is null or r.surface = s.surface)
      and (not r.by_night or rivage.bivouac_night_of(p.taken_at, l.time_zone) is not null)
      and (r.zone_kind is null or exists (
        select from rivage.sighting_zone as sz
        join rivage.zone as z using (zone_id)
        where sz.detection_fid = d.fid and sz.holds_point and z.kind = r.zone_kind
      ))
      and (r.within_label is null or exists (
        select from rivage.detection as o
        join rivage.label_threshold as t on t.model_id = a.model_id and t.label = o.label
        where o.analysis_id = d.analysis_id and o.label = r.within_label and o.shown_confidence >= t.min_confidence
          and greatest(0, least(d.x + d.w, o.x + o.w) - greatest(d.x, o.x))
            * greatest(0, least(d.y + d.h, o.y + o.h) - greatest(d.y, o.y)) >= r.within_share * d.w * d.h
      ))
      and (r.near_label is null or exists (
        select from rivage.stay as n
        join rivage.label_threshold as t on t.model_id = n.model_id and t.label = n.label and t.shown
        where n.camera_id = p.camera_id and n.label = r.near_label
          and tstzrange(n.first_seen, n.last_seen, '[]') @> p.taken_at
          and ST_DistanceSphere(n.geom, s.geom) <= r.near_m
      ))
    order by r.position
    limit 1
  ) as fired
  where p.camera_id = any (cameras) and s.geom is not null
$$;

create or replace function rivage.refill_activities() returns trigger
language plpgsql
set search_path from current
as $$
begin
  perform rivage.fill_activities(array_agg(camera_id)) from rivage.camera;
  return null;
end
$$;

create or replace trigger activity_rule_edited
  after insert or update or delete or truncate on rivage.activity_rule
  for each statement execute function rivage.refill_activities();

-- sightings from before there were rules
do $$
begin
  if exists (select from rivage.sighting) and not exists (select from rivage.sighting_activity) then
    perform rivage.fill_activities(array_agg(camera_id)) from rivage.camera;
  end if;
end
$$;

comment on function rivage.fill_activities(text[]) is
  'Says anew what is done at each sighting of some cameras, by the rules of activity_rule.';
comment on function rivage.refill_activities() is 'Does so for all cameras: after the rules were edited.';

-- How often things of a label were seen in each hexagon around a lake, and for how long somebody looked there.
-- A hexagon is watched at a photo when the photo is usable, the model shown for the label analysed it, its camera stood
-- as calibrated, and the calibration sees the middle of the hexagon (viewshed) or placed the label in it.
-- Hexagons lie flat on top, from the origin of Lambert-93 (EPSG:2154), cell_m wide there; null: 20 m,
-- doubled until 20,000 of them are enough. They cover the box around lake and zones, and what was seen outside it.
-- Days are local, both included; hours too, the first included, the last not: from 19 to 9 goes past midnight, and the
-- same hour twice is the whole day. Tents are counted by bivouac night, which has its own hours.
-- security definer: people read what it answers, and not the tables that it reads.
drop function if exists rivage.density(text, text, date, date, float8, float8, float8);
create function rivage.density(
  of_lake text, of_label text, from_day date default null, to_day date default null,
  from_hour float8 default null, to_hour float8 default null, cell_m float8 default null
) returns table (cell text, geom geometry, count int, frames int, nights int, rate float8, width_m float8)
language plpgsql stable security definer
-- as it is where the function is made: where PostGIS is
set search_path from current
-- compiling the query takes longer than a season
set jit = off
as $$
#variable_conflict use_column
declare
  by_night constant boolean not null default of_label = 'tent';
  starts constant float8 not null default coalesce(from_hour, 0);
  ends constant float8 not null default coalesce(to_hour, 24);
  model text; -- the one whose detections of the label are shown
  least_confidence float8;
  zone text;
  area box2d; -- as all lengths below in m of EPSG:2154
  width float8; -- of a hexagon, m
  apart float8; -- between two columns
  n constant float8 not null default 0.725607765053267; -- exponent of Lambert-93
  e constant float8 not null default 0.0818191910428158; -- first eccentricity of GRS80
begin
  select l.time_zone, ST_Extent(ST_Transform(place.geom, 2154))
    into zone, area
  from rivage.lake as l
  cross join lateral (
    select l.geom union all select z.geom from rivage.zone as z where z.lake_id = l.lake_id
  ) as place
  where l.lake_id = of_lake
  group by l.fid;
  select t.model_id, t.min_confidence into model, least_confidence
  from rivage.label_threshold as t where t.label = of_label and t.shown;
  width := coalesce(cell_m, 20);
  while cell_m is null and (ST_XMax(area) - ST_XMin(area)) * (ST_YMax(area) - ST_YMin(area))
    > 20000 * sqrt(0.75) * width ^ 2
  loop
    width := width * 2;
  end loop;
  apart := width * sqrt(0.75);
  return query
  with
  solved as materialized (
    select k.calibration_id, (k.body #>> '{camera,sizePx,widthPx}')::int as width_px,
      (k.body #>> '{camera,sizePx,heightPx}')::int as height_px
    from rivage.calibration as k
    join rivage.camera as c using (camera_id)
    where c.lake_id = of_lake
  ),
  turned as materialized (
    select photo_id, calibration_id
    from rivage.photo_drift join solved using (calibration_id)
    where state = 'moved' or heading_deg is null
  ),
  frame as materialized (
    select *
    from (
      select p.fid as photo, a.analysis_id, c.camera_id, a.calibration_id, p.taken_at,
        extract(epoch from (p.taken_at at time zone zone)::time) / 3600 as hour,
        case when by_night then rivage.bivouac_night_of(p.taken_at, zone) else (p.taken_at at time zone zone)::date end as day
      from rivage.camera as c
      join rivage.photo as p using (camera_id)
      join rivage.analysis as a using (photo_id)
      left join solved as k using (calibration_id)
      where c.lake_id = of_lake and p.visibility = 'usable' and a.model_id = model and a.reason is null
        -- a day more on both sides, for nights and time zones: what reads few years of many by an index
        and p.taken_at > coalesce((from_day - 1)::timestamp at time zone zone, '-infinity')
        and p.taken_at < coalesce((to_day + 2)::timestamp at time zone zone, 'infinity')
        -- where a camera did not stand as calibrated, nothing gets a place: see pipeline/place-detections.ts
        and (k.calibration_id is null or (k.width_px, k.height_px) = (p.width_px, p.height_px))
        and not exists (
          select from turned where turned.photo_id = p.photo_id and turned.calibration_id = a.calibration_id
        )
    ) as usable
    where day between coalesce(from_day, '-infinity') and coalesce(to_day, 'infinity')
      and case when by_night or starts = ends then true
        when starts < ends then hour >= starts and hour < ends
        else hour >= starts or hour < ends end
  ),
  watcher as materialized (
    select row_number() over () as watcher, camera_id, calibration_id
    from frame
    group by camera_id, calibration_id
  ),
  -- what is counted: a sighting in a photo, or a tent in a night
  thing as (
    select s.geom, null::int as thing, f.camera_id, f.calibration_id, null::date as night, null::timestamptz as first_seen,
      null::timestamptz as last_seen
    from frame as f
    join rivage.detection as d on d.analysis_id = f.analysis_id and d.label = of_label and d.shown_confidence >= least_confidence
    join rivage.sighting as s on s.detection_fid = d.fid
    where not by_night and s.geom is not null
    union all
    select n.geom, n.thing, c.camera_id, null, n.night, n.first_seen, n.last_seen
    from rivage.tent_night as n
    -- it is there for each camera that saw it
    cross join lateral regexp_split_to_table(n.camera_ids, ', ') as c (camera_id)
    where by_night and n.lake_id = of_lake
      and n.night between coalesce(from_day, '-infinity') and coalesce(to_day, 'infinity')
  ),
  -- middles of hexagons are two grids of rectangles, one in the middles of the other: the nearer one holds a point.
  -- Lambert-93 by formula: ST_Transform gives the same to a millimetre, ten times slower. Source: IGN, NTG_71, algorithms
  -- 1 and 3, with the constants of Lambert-93
  placed as materialized (
    select t.thing, t.camera_id, t.calibration_id, t.night, t.first_seen, t.last_seen,
      case when is_even then i0 else i1 end::int as i, case when is_even then j0 else j1 end::int as j
    from thing as t
    cross join lateral (
      select (700000 + far * sin(turned)) / apart as x, (12655612.049876::float8 - far * cos(turned)) / width as y
      from (
        select 11754255.426096::float8 * ((1 + e_sin) / (1 - e_sin)) ^ (n * e / 2) / tan(pi() / 4 + lat / 2) ^ n as far,
          n * radians(ST_X(t.geom) - 3) as turned
        from (select radians(ST_Y(t.geom)) as lat, e * sin(radians(ST_Y(t.geom))) as e_sin offset 0) as parallel
      ) as polar
      -- offset 0: worked out once, and not in each place below that names it
      offset 0
    ) as at
    cross join lateral (
      select 2 * round(x / 2) as i0, round(y) as j0, 2 * round((x - 1) / 2) + 1 as i1, round(y - 0.5) as j1 offset 0
    ) as near
    cross join lateral (
      select 0.75 * (x - i0) ^ 2 + (y - j0) ^ 2 <= 0.75 * (x - i1) ^ 2 + (y - j1 - 0.5) ^ 2 as is_even
    ) as nearer
  ),
  hexagon as (
    select i, j from placed
    union
    select i, j
    from generate_series(floor(ST_XMin(area) / apart)::int, ceil(ST_XMax(area) / apart)::int) as i
    cross join generate_series(floor(ST_YMin(area) / width - 0.5)::int, ceil(ST_YMax(area) / width)::int) as j
  ),
  middle as materialized (
    select i, j, ST_Transform(ST_SetSRID(ST_Point(i * apart, (j + (i & 1) * 0.5) * width), 2154), 4326) as point
    from hexagon
  ),
  seen as (
    select m.i, m.j, w.watcher
    from watcher as w
    join rivage.viewshed as v using (calibration_id)
    -- one viewshed after the other: PostGIS then prepares each once
    cross join lateral (select i, j from middle where ST_Intersects(v.geom, point) offset 0) as m
    union
    select p.i, p.j, w.watcher
    from (select distinct i, j, camera_id, calibration_id from placed where not by_night) as p
    join watcher as w on w.camera_id = p.camera_id and w.calibration_id is not distinct from p.calibration_id
    union
    select p.i, p.j, w.watcher
    from (select distinct i, j, camera_id, night, first_seen, last_seen from placed where by_night) as p
    join frame as f on f.camera_id = p.camera_id and f.day = p.night and f.taken_at between p.first_seen and p.last_seen
    join watcher as w on w.camera_id = f.camera_id and w.calibration_id is not distinct from f.calibration_id
  ),
  -- what the same watchers see was watched as long
  watched as materialized (
    select i, j, array_agg(watcher order by watcher) as watchers from seen group by i, j
  ),
  occasion as materialized (
    select distinct w.watcher, case when by_night then f.day - date '2000-01-01' else f.photo end as number
    from frame as f
    join watcher as w on w.camera_id = f.camera_id and w.calibration_id is not distinct from f.calibration_id
  ),
  effort as materialized (
    select e.watchers, count(distinct o.number)::int as occasions, array_agg(distinct o.number) as numbers
    from (select distinct watchers from watched) as e
    join occasion as o on o.watcher = any (e.watchers)
    group by e.watchers
  ),
  tally as materialized (
    select i, j, night, case when by_night then count(distinct thing) else count(*) end as n from placed group by i, j, night
  ),
  counted as (
    select p.i, p.j, sum(p.n)::int as n
    from tally as p
    join watched as w using (i, j)
    join effort as e using (watchers)
    where not by_night or p.night - date '2000-01-01' = any (e.numbers)
    group by p.i, p.j
  )
  select m.i || '/' || m.j, ST_Transform(ST_SetSRID(ST_Hexagon(width / sqrt(3), m.i, m.j), 2154), 4326),
    case when e.occasions > 0 then coalesce(c.n, 0) end,
    case when not by_night then coalesce(e.occasions, 0) end,
    case when by_night then coalesce(e.occasions, 0) end,
    case when e.occasions > 0 then coalesce(c.n, 0)::float8 / e.occasions end,
    width
  from middle as m
  left join watched as w using (i, j)
  left join effort as e using (watchers)
  left join counted as c using (i, j)
  order by m.i, m.j;
end
$$;

comment on function rivage.density(text, text, date, date, float8, float8, float8) is
  'Hexagons around a lake with the things of a label seen in each, and how long it was watched. Days are local, both included; for tents bivouac nights. cell_m: width, m; null: 20 or more.';

-- What a heatmap shows: things by 100 hours of watching, in hexagons of Lambert-93 that stay where they are.
create or replace function rivage.heatmap(
  of_lake text, from_day date default null, to_day date default null, of_label text default 'person', cell_m float8 default 20
) returns table (cell text, geom geometry, per_100_h float8, objects int, frames int)
language sql stable
set search_path from current
as $$
  select d.cell, d.geom, 100 * d.rate, d.count, coalesce(d.frames, d.nights)
  from rivage.density(of_lake, of_label, from_day, to_day, null, null, cell_m) as d
$$;

comment on function rivage.heatmap(text, date, date, text, float8) is
  'What a heatmap shows: things at a time, times 100, in hexagons of Lambert-93 that stay where they are. per_100_h: object-hours in 100 hours of watching; for tents tent-nights in 100 nights; null where nobody looked. frames: photos, or nights, behind it.';
