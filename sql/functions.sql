-- Functions that the views use. Created again, with the views, whenever one of their files changed.

-- The bivouac night that an instant belongs to: night D is 19:00 on D to 09:00 on D+1, local time. Null by day.
create or replace function rivage.bivouac_night_of(instant timestamptz, time_zone text) returns date
language sql immutable parallel safe
return case
  when extract(hour from instant at time zone time_zone) >= 19
    or extract(hour from instant at time zone time_zone) < 9
  then ((instant at time zone time_zone) - interval '9 hours')::date
end;

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

-- Puts the sightings of analyses into the zones of their lake: into all of them, or into some. A zone counts from a
-- probability of 0.5 % on. Zones that are being changed are waited for, so that no sighting is put into an old outline.
drop function if exists rivage.fill_zones(int[]);
create or replace function rivage.fill_zones(analyses int[], zones text[] default null) returns void
language sql as $$
  lock table rivage.zone in share mode;
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
  where a.analysis_id = any (analyses) and (zones is null or z.zone_id = any (zones))
    and (share >= 0.005 or ST_Covers(z.geom, s.geom))
  on conflict do nothing
$$;

comment on function rivage.share_inside(geometry, geometry) is
  'Share of an error ellipse that lies in a zone, 0 to 1: the probability that the true place is inside.';
comment on function rivage.fill_zones(int[], text[]) is
  'Puts the sightings of some analyses into the zones of their lake; null zones: all of them.';
