create view rivage.bivouac_night as
with
-- valid frames of a night: usable, and analysed by the model whose tents are shown
frame as (
  select p.camera_id, p.taken_at, a.model_id, rivage.bivouac_night_of(p.taken_at, l.time_zone) as night,
    extract(hour from p.taken_at at time zone l.time_zone) >= 19 as at_dusk
  from rivage.photo as p
  join rivage.camera as c using (camera_id)
  join rivage.lake as l using (lake_id)
  join rivage.analysis as a using (photo_id)
  join rivage.label_threshold as t on t.model_id = a.model_id and t.label = 'tent' and t.shown
  where p.visibility = 'usable' and a.reason is null
),
-- a place is a whole lake (zone_fid 0) or a zone; a camera watches a zone when it ever placed anything in it
place as (
  select lake_id, 0 as zone_fid, null as zone_id, null as zone, null as zone_kind from rivage.lake
  union all
  select lake_id, fid, zone_id, name, kind from rivage.zone where kind not in ('water', 'mask')
),
watch as (
  select 0 as zone_fid, lake_id, camera_id from rivage.camera
  union all
  select z.fid, z.lake_id, c.camera_id
  from rivage.zone as z
  join rivage.camera as c using (lake_id)
  where exists (
    select from rivage.sighting_zone as sz
    join rivage.detection as d on d.fid = sz.detection_fid
    join rivage.analysis as a using (analysis_id)
    join rivage.photo as p using (photo_id)
    where sz.zone_id = z.zone_id and sz.holds_point and p.camera_id = c.camera_id
  )
),
tent as (
  select n.*, 0 as zone_fid from rivage.stay_night as n where n.label = 'tent'
  union all
  select n.*, z.fid
  from rivage.stay_night as n
  join rivage.stay as s on s.fid = n.stay_fid
  join rivage.zone as z on z.lake_id = n.lake_id and ST_Covers(z.geom, s.geom)
  where n.label = 'tent'
),
-- tents that stand at once, at each valid frame of each camera
seen as (
  select w.lake_id, w.zone_fid, f.camera_id, f.night, f.taken_at, f.at_dusk, f.model_id, count(tent.stay_fid) as tents
  from frame as f
  join watch as w using (camera_id)
  left join tent on tent.camera_id = f.camera_id and tent.night = f.night and tent.zone_fid = w.zone_fid
    and f.taken_at between tent.first_seen and tent.last_seen
  where f.night is not null
  group by w.lake_id, w.zone_fid, f.camera_id, f.night, f.taken_at, f.at_dusk, f.model_id
),
-- every night of the season of a lake, so that a night without photos is a row and not a gap
season as (
  select l.lake_id,
    ((min(coalesce(c.mounted_from, p.taken_at)) at time zone l.time_zone) - interval '9 hours')::date::timestamp as first_night,
    ((max(p.taken_at) at time zone l.time_zone) - interval '9 hours')::date::timestamp as last_night
  from rivage.lake as l
  join rivage.camera as c using (lake_id)
  join rivage.photo as p using (camera_id)
  group by l.lake_id, l.time_zone
)
select
  (row_number() over (order by l.lake_id, place.zone_fid, calendar.night))::int as fid,
  l.lake_id, l.name as lake, place.zone_id, place.zone, place.zone_kind, calendar.night::date as night,
  max(seen.tents)::int as tents,
  (count(*) filter (where seen.at_dusk))::int as dusk_frames,
  (count(*) filter (where not seen.at_dusk))::int as dawn_frames,
  min(seen.model_id) as model_id
from season
cross join lateral generate_series(season.first_night, season.last_night, interval '1 day') as calendar (night)
join rivage.lake as l using (lake_id)
join place using (lake_id)
left join seen on seen.lake_id = season.lake_id and seen.zone_fid = place.zone_fid and seen.night = calendar.night::date
group by l.lake_id, l.name, place.zone_fid, place.zone_id, place.zone, place.zone_kind, calendar.night;

comment on view rivage.bivouac_night is
  'Bivouac nights: tents of each night, for each lake and each of its zones. Night D is 19:00 on D to 09:00 on D+1, local time. Null tents: nobody could look; 0: somebody looked and there was none.';
comment on column rivage.bivouac_night.fid is 'Key of the row, a whole number; it changes as photos come in.';
comment on column rivage.bivouac_night.lake_id is 'Identifier of the lake.';
comment on column rivage.bivouac_night.lake is 'Name of the lake.';
comment on column rivage.bivouac_night.zone_id is 'Identifier of the zone; null: the whole lake, with tents outside all zones too.';
comment on column rivage.bivouac_night.zone is 'Name of the zone; null: the whole lake.';
comment on column rivage.bivouac_night.zone_kind is 'Kind of the zone; null: the whole lake.';
comment on column rivage.bivouac_night.night is 'The night from 19:00 on this date to 09:00 on the next, local time of the lake.';
comment on column rivage.bivouac_night.tents is
  'Largest number of tents at once over the valid frames, each tent seen at one place in two or more photos; with several cameras, that of the camera that saw most: a lower bound. Null when no valid frame of a camera that watches the place was analysed by a model that knows tents.';
comment on column rivage.bivouac_night.dusk_frames is 'Number of valid frames from 19:00 to midnight, over the cameras that watch the place.';
comment on column rivage.bivouac_night.dawn_frames is 'Number of valid frames from midnight to 09:00, over the cameras that watch the place.';
comment on column rivage.bivouac_night.model_id is 'Model that looked for tents, as id@version; null when tents is null.';
