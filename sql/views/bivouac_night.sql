create view rivage.bivouac_night as
with
-- a place is a whole lake (its zone null) or a zone; its number makes keys that last
place as (
  select lake_id, null as zone_id, null as zone, null as zone_kind, 2 * fid as number, null::geometry as outline from rivage.lake
  union all
  select lake_id, zone_id, name, kind, 2 * fid + 1, geom from rivage.zone where kind not in ('water', 'mask')
),
watch as (
  select lake_id, null as zone_id, camera_id from rivage.camera
  union all
  select lake_id, zone_id, camera_id from rivage.zone_watch
),
-- in how many valid frames of a night each camera could have seen a tent
frame as (
  select camera_id, model_id, rivage.bivouac_night_of(taken_at, time_zone) as night, min(taken_at) as first_frame,
    (count(*) filter (where extract(hour from taken_at at time zone time_zone) >= 19))::int as dusk,
    (count(*) filter (where extract(hour from taken_at at time zone time_zone) < 9))::int as dawn
  from rivage.valid_frame
  where label = 'tent'
  group by 1, 2, 3
),
looked as (
  select w.lake_id, w.zone_id, f.night, sum(f.dusk)::int as dusk, sum(f.dawn)::int as dawn, min(f.first_frame) as first_frame,
    min(f.model_id) as model_id
  from frame as f
  join watch as w using (camera_id)
  where f.night is not null
  group by w.lake_id, w.zone_id, f.night
),
tent as (
  select t.lake_id, p.zone_id, t.night, t.thing, t.by_day, t.last_seen, greatest(t.first_seen, k.first_frame) as first_seen
  from rivage.tent_night as t
  join place as p on p.lake_id = t.lake_id and (p.outline is null or ST_Covers(p.outline, t.geom))
  join looked as k on k.lake_id = t.lake_id and k.zone_id is not distinct from p.zone_id and k.night = t.night
),
-- there are most tents at once when one of them is seen first
counted as (
  select lake_id, zone_id, night, max(at_once)::int as tents, max(by_day)::int as by_day
  from (
    select t.lake_id, t.zone_id, t.night, count(*) as at_once, count(*) filter (where o.by_day) as by_day
    from tent as t
    join tent as o on o.lake_id = t.lake_id and o.zone_id is not distinct from t.zone_id and o.night = t.night
      and t.first_seen between o.first_seen and o.last_seen
    group by t.lake_id, t.zone_id, t.night, t.thing
  ) as moment
  group by lake_id, zone_id, night
),
-- every night of the season of a lake, so that a night without photos is a row and not a gap
season as (
  select l.lake_id, l.name as lake,
    ((min(coalesce(c.mounted_from, p.first_photo)) at time zone l.time_zone) - interval '9 hours')::date::timestamp as first_night,
    ((max(p.last_photo) at time zone l.time_zone) - interval '9 hours')::date::timestamp as last_night
  from rivage.lake as l
  join rivage.camera as c using (lake_id)
  cross join lateral (
    select min(taken_at) as first_photo, max(taken_at) as last_photo from rivage.photo where camera_id = c.camera_id
  ) as p
  where p.last_photo is not null
  group by l.lake_id, l.name, l.time_zone
)
select
  p.number * 32768 + (calendar.night::date - date '2000-01-01') as fid,
  s.lake_id, s.lake, p.zone_id, p.zone, p.zone_kind, calendar.night::date as night,
  case when k.night is not null then coalesce(n.tents, 0) end as tents,
  case when k.night is not null then coalesce(n.by_day, 0) end as tents_by_day,
  coalesce(k.dusk, 0) as dusk_frames, coalesce(k.dawn, 0) as dawn_frames, k.model_id
from season as s
cross join lateral generate_series(s.first_night, s.last_night, interval '1 day') as calendar (night)
join place as p using (lake_id)
left join looked as k on k.lake_id = s.lake_id and k.zone_id is not distinct from p.zone_id and k.night = calendar.night::date
left join counted as n on n.lake_id = s.lake_id and n.zone_id is not distinct from p.zone_id and n.night = calendar.night::date;

comment on view rivage.bivouac_night is
  'Bivouac nights: tents of each night, for each lake and each of its zones. Night D is 19:00 on D to 09:00 on D+1, local time. Null tents: nobody could look; 0: somebody looked and there was none.';
comment on column rivage.bivouac_night.fid is 'Key of the row, a whole number.';
comment on column rivage.bivouac_night.lake_id is 'Identifier of the lake.';
comment on column rivage.bivouac_night.lake is 'Name of the lake.';
comment on column rivage.bivouac_night.zone_id is 'Identifier of the zone; null: the whole lake, with tents outside all zones too.';
comment on column rivage.bivouac_night.zone is 'Name of the zone; null: the whole lake.';
comment on column rivage.bivouac_night.zone_kind is 'Kind of the zone; null: the whole lake.';
comment on column rivage.bivouac_night.night is 'The night from 19:00 on this date to 09:00 on the next, local time of the lake.';
comment on column rivage.bivouac_night.tents is
  'Largest number of tents at once over the valid frames, each tent seen at one place in two or more photos; a tent that several cameras see is one: a lower bound. Null when no valid frame of a camera that watches the place was analysed by a model that knows tents.';
comment on column rivage.bivouac_night.tents_by_day is 'Number of these tents that also stood at 14:00 of the day before or after: camping, and no bivouac by the rule of the park. Null as tents is.';
comment on column rivage.bivouac_night.dusk_frames is 'Number of valid frames from 19:00 to midnight, over the cameras that watch the place.';
comment on column rivage.bivouac_night.dawn_frames is 'Number of valid frames from midnight to 09:00, over the cameras that watch the place.';
comment on column rivage.bivouac_night.model_id is 'Model that looked for tents, as id@version; null when tents is null.';
