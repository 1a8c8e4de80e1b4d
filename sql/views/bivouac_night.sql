create view rivage.bivouac_night as
with
-- a place is a whole lake (its zone null) or a zone; its number makes keys that last
place as not materialized (
  select lake_id, null as zone_id, null as zone, null as zone_kind, 2 * fid as number, null::geometry as outline from rivage.lake
  union all
  select lake_id, zone_id, name, kind, 2 * fid + 1, geom from rivage.zone where kind not in ('water', 'mask')
),
watch as materialized (
  select lake_id, null as zone_id, camera_id from rivage.camera
  union all
  select lake_id, zone_id, camera_id from rivage.zone_watch
),
-- every night of the season of a lake, so that a night without photos is a row and not a gap
season as (
  select l.lake_id, l.name as lake, l.time_zone,
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
  p.number * 32768 + (n.night::date - date '2000-01-01') as fid,
  s.lake_id, s.lake, p.zone_id, p.zone, p.zone_kind, n.night::date as night, p.tents, p.tents_by_day, p.dusk_frames, p.dawn_frames,
  p.model_id
from season as s
cross join lateral generate_series(s.first_night, s.last_night, interval '1 day') as n (night)
cross join lateral (
  with
  -- in how many valid frames each camera could have seen a tent
  frame as materialized (
    select f.camera_id, f.model_id, min(f.taken_at) as first_frame,
      (count(*) filter (where f.taken_at < (n.night + interval '24 hours') at time zone s.time_zone))::int as dusk,
      (count(*) filter (where f.taken_at >= (n.night + interval '24 hours') at time zone s.time_zone))::int as dawn
    from rivage.valid_frame as f
    where f.lake_id = s.lake_id and f.label = 'tent'
      and f.taken_at >= (n.night + interval '19 hours') at time zone s.time_zone
      and f.taken_at < (n.night + interval '33 hours') at time zone s.time_zone
    group by f.camera_id, f.model_id
  ),
  looked as materialized (
    select w.zone_id, sum(f.dusk)::int as dusk, sum(f.dawn)::int as dawn, min(f.first_frame) as first_frame, min(f.model_id) as model_id
    from frame as f
    join watch as w using (camera_id)
    group by w.zone_id
  ),
  tent as materialized (
    select p.zone_id, t.by_day, t.last_seen, greatest(t.first_seen, k.first_frame) as first_seen
    from rivage.tents_of_night(s.lake_id, n.night::date) as t
    join rivage.stay as b on b.fid = t.best_fid
    join place as p on p.lake_id = s.lake_id and (p.outline is null or ST_Covers(p.outline, b.geom))
    join looked as k on k.zone_id is not distinct from p.zone_id
  )
  select p.number, p.zone_id, p.zone, p.zone_kind, k.model_id, coalesce(k.dusk, 0) as dusk_frames, coalesce(k.dawn, 0) as dawn_frames,
    case when k.first_frame is not null then coalesce(m.tents, 0) end as tents,
    case when k.first_frame is not null then coalesce(m.by_day, 0) end as tents_by_day
  from place as p
  left join looked as k on k.zone_id is not distinct from p.zone_id
  -- there are most tents at once when one of them is seen first
  cross join lateral (
    select max(at_once.tents)::int as tents, max(at_once.by_day)::int as by_day
    from tent as t
    cross join lateral (
      select count(*) as tents, count(*) filter (where o.by_day) as by_day
      from tent as o
      where o.zone_id is not distinct from p.zone_id and t.first_seen between o.first_seen and o.last_seen
    ) as at_once
    where t.zone_id is not distinct from p.zone_id
  ) as m
  where p.lake_id = s.lake_id
) as p;

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
