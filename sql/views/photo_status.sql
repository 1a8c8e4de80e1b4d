create view rivage.photo_status as
with
-- from when to when a camera should have shot: as mounted, else from its first to its last photo
season as (
  select c.camera_id, c.lake_id, c.name, c.interval_min, l.time_zone,
    coalesce(c.mounted_from, min(p.taken_at)) as starts,
    case when c.mounted_to is null then max(p.taken_at) + make_interval(secs => c.interval_min * 60)
      else least(c.mounted_to, now()) end as ends
  from rivage.camera as c
  join rivage.lake as l using (lake_id)
  left join rivage.photo as p using (camera_id)
  group by c.fid, l.time_zone
),
calendar as (
  select s.*, date as day,
    greatest(s.starts, date at time zone s.time_zone) as day_starts,
    least(s.ends, (date + interval '1 day') at time zone s.time_zone) as day_ends
  from season as s
  cross join lateral generate_series(
    date_trunc('day', s.starts at time zone s.time_zone), date_trunc('day', s.ends at time zone s.time_zone), interval '1 day'
  ) as date
),
frame as (
  select p.camera_id, (p.taken_at at time zone l.time_zone)::date as day, p.visibility,
    exists (
      select from rivage.analysis as a
      join rivage.label_threshold as t on t.model_id = a.model_id and t.shown
      where a.photo_id = p.photo_id and a.reason is null
    ) as analysed
  from rivage.photo as p
  join rivage.camera as c using (camera_id)
  join rivage.lake as l using (lake_id)
),
received as (
  select camera_id, day, count(*)::int as received,
    (count(*) filter (where visibility = 'unreadable'))::int as unreadable,
    (count(*) filter (where visibility = 'dark'))::int as dark,
    (count(*) filter (where visibility = 'fog'))::int as fog,
    (count(*) filter (where visibility = 'blocked'))::int as blocked,
    (count(*) filter (where visibility = 'wet'))::int as wet,
    (count(*) filter (where visibility = 'usable'))::int as usable,
    (count(*) filter (where analysed))::int as analysed
  from frame
  group by camera_id, day
),
expected as (
  select camera_id, day::date as day, round(extract(epoch from day_ends - day_starts) / 60 / interval_min)::int as expected
  from calendar
  where day_ends > day_starts
)
select
  (row_number() over (order by camera_id, day))::int as fid, c.lake_id, camera_id, c.name as camera, day,
  case when day is not null then coalesce(e.expected, 0) end as expected,
  coalesce(r.received, 0) as received, coalesce(r.unreadable, 0) as unreadable, coalesce(r.dark, 0) as dark,
  coalesce(r.fog, 0) as fog, coalesce(r.blocked, 0) as blocked, coalesce(r.wet, 0) as wet,
  coalesce(r.usable, 0) as usable, coalesce(r.analysed, 0) as analysed
from expected as e
full join received as r using (camera_id, day)
join rivage.camera as c using (camera_id);

comment on view rivage.photo_status is 'State of the photos: how many were expected, came, can be used and are analysed, for each camera and local day.';
comment on column rivage.photo_status.fid is 'Key of the row, a whole number; it changes as photos come in.';
comment on column rivage.photo_status.lake_id is 'Identifier of the lake that the camera watches.';
comment on column rivage.photo_status.camera_id is 'Identifier of the camera.';
comment on column rivage.photo_status.camera is 'Name of the camera.';
comment on column rivage.photo_status.day is 'Day in local time of the lake; null: files whose time is unknown because they cannot be read.';
comment on column rivage.photo_status.expected is
  'Number of photos that the programmed interval gives over the mounted hours of the day, nights included; null when the day is unknown.';
comment on column rivage.photo_status.received is 'Number of different photos received, unreadable ones included.';
comment on column rivage.photo_status.unreadable is 'Number of files that cannot be read as photos.';
comment on column rivage.photo_status.dark is 'Number of photos too dark to use.';
comment on column rivage.photo_status.fog is 'Number of photos in fog.';
comment on column rivage.photo_status.blocked is 'Number of photos in which something close hides a part of the view.';
comment on column rivage.photo_status.wet is 'Number of photos in which water on the lens blurs a part of the view.';
comment on column rivage.photo_status.usable is 'Number of photos that can be used.';
comment on column rivage.photo_status.analysed is 'Number of photos analysed by a model whose results are shown.';
