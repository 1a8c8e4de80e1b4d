create view rivage.effort_hourly as
with
-- from when to when a camera should have shot: as mounted, else from its first to its last photo, which may come a
-- little early or late
season as (
  select c.camera_id, c.interval_min * interval '1 minute' as every, l.time_zone,
    coalesce(c.mounted_from, p.first) as starts,
    case when c.mounted_to is null then p.last + c.interval_min * interval '30 seconds'
      else least(c.mounted_to, now()) end as ends
  from rivage.camera as c
  join rivage.lake as l using (lake_id)
  cross join lateral (
    select min(taken_at) as first, max(taken_at) as last from rivage.photo where camera_id = c.camera_id
  ) as p
),
-- photos due in an hour: those at starts, starts + every, starts + 2 every, …, before ends
due as (
  select s.camera_id, h.hour,
    (ceil(extract(epoch from least(h.hour + interval '1 hour', s.ends) - s.starts) / extract(epoch from s.every))
      - ceil(extract(epoch from greatest(h.hour, s.starts) - s.starts) / extract(epoch from s.every)))::int as expected
  from season as s
  cross join lateral generate_series(
    date_trunc('hour', s.starts, s.time_zone), s.ends, interval '1 hour'
  ) as h (hour)
  where h.hour < s.ends
),
turned as materialized (
  select d.photo_id
  from rivage.photo_drift as d
  join rivage.analysis as a using (photo_id, calibration_id)
  where d.state = 'moved' or d.heading_deg is null
),
-- photos of one instant are one frame, as clear as the clearest of them: cards overlap
frame as (
  select p.camera_id, p.taken_at,
    min(case
      when p.visibility = 'usable' then case when t.photo_id is null then '0 valid' else '1 moved' end
      else '2 ' || p.visibility
    end) as state,
    count(*) as photos
  from rivage.photo as p
  left join (select distinct photo_id from turned) as t using (photo_id)
  group by p.camera_id, p.taken_at
),
seen as (
  select f.camera_id, date_trunc('hour', f.taken_at, l.time_zone) as hour,
    -- files of unknown time are no instant
    sum(case when f.taken_at is null then f.photos else 1 end)::int as frames,
    (count(*) filter (where state = '0 valid'))::int as valid_frames,
    (count(*) filter (where state = '2 dark'))::int as dark,
    (count(*) filter (where state = '2 fog'))::int as fog,
    (count(*) filter (where state = '2 blocked'))::int as blocked,
    (count(*) filter (where state = '2 wet'))::int as wet,
    (count(*) filter (where state = '1 moved'))::int as moved,
    coalesce(sum(case when f.taken_at is null then f.photos else 1 end) filter (where state = '2 unreadable'), 0)::int as unreadable
  from frame as f
  join rivage.camera as c using (camera_id)
  join rivage.lake as l using (lake_id)
  group by f.camera_id, hour
)
select
  c.fid * 1000000 + coalesce(extract(epoch from hour - timestamptz '2000-01-01 00:00:00+00') / 3600, 0)::int as fid,
  c.lake_id, camera_id, c.name as camera, hour, (hour at time zone l.time_zone)::date as local_day,
  extract(hour from hour at time zone l.time_zone)::int as local_hour,
  case when hour is not null then coalesce(d.expected, 0) end as expected_frames,
  coalesce(s.frames, 0) as frames, coalesce(s.valid_frames, 0) as valid_frames, coalesce(s.dark, 0) as dark,
  coalesce(s.fog, 0) as fog, coalesce(s.blocked, 0) as blocked, coalesce(s.wet, 0) as wet, coalesce(s.moved, 0) as moved,
  coalesce(s.unreadable, 0) as unreadable,
  case when hour is not null then greatest(coalesce(d.expected, 0) - coalesce(s.frames, 0), 0) end as missing,
  case when d.expected > 0 then least(coalesce(s.valid_frames, 0)::float8 / d.expected, 1) end as effort
from (select * from due where expected > 0) as d
full join seen as s using (camera_id, hour)
join rivage.camera as c using (camera_id)
join rivage.lake as l using (lake_id);

comment on view rivage.effort_hourly is
  'Effort: how many of the frames that each camera was to take in each local hour came and can be used, and why not. A row for each hour in which frames were expected, also when none came; and for each in which some came. Rates are divided by effort.';
comment on column rivage.effort_hourly.fid is 'Key of the row, a whole number: of camera and hour, whatever comes in later.';
comment on column rivage.effort_hourly.lake_id is 'Identifier of the lake that the camera watches.';
comment on column rivage.effort_hourly.camera_id is 'Identifier of the camera.';
comment on column rivage.effort_hourly.camera is 'Name of the camera.';
comment on column rivage.effort_hourly.hour is
  'Begin of the local hour, UTC instant: an hour that the clock shows twice is two rows, one that it skips is none. Null: files whose time is unknown, as they cannot be read.';
comment on column rivage.effort_hourly.local_day is 'Calendar day, local time of the lake.';
comment on column rivage.effort_hourly.local_hour is 'Hour of the day, a whole number from 0 to 23, local time of the lake.';
comment on column rivage.effort_hourly.expected_frames is
  'Number of frames that the interval gives over the hour, nights included: one at mounting, then one each interval until the camera was taken down; where these are not told, from its first to its last photo. Null when the hour is.';
comment on column rivage.effort_hourly.frames is
  'Number of frames that came, unreadable ones included: valid_frames and all reasons add up to it. Photos of one instant are one frame, as clear as the clearest of them.';
comment on column rivage.effort_hourly.valid_frames is
  'Number of frames in which one can count and whose camera stood as it was calibrated. Whether a model looked at them: occupancy_hourly.frames.';
comment on column rivage.effort_hourly.dark is 'Number of frames too dark to use.';
comment on column rivage.effort_hourly.fog is 'Number of frames in fog, on the lake or on the lens.';
comment on column rivage.effort_hourly.blocked is 'Number of frames in which something close hides a part of the view.';
comment on column rivage.effort_hourly.wet is 'Number of frames in which water on the lens blurs a part of the view.';
comment on column rivage.effort_hourly.moved is 'Number of clear frames whose camera looked elsewhere than it was calibrated.';
comment on column rivage.effort_hourly.unreadable is 'Number of frames that cannot be read as photos.';
comment on column rivage.effort_hourly.missing is 'Number of expected frames that never came: expected_frames - frames, not below 0. Null when the hour is.';
comment on column rivage.effort_hourly.effort is
  'Effort, 0 to 1: valid_frames / expected_frames, 1 where more came than were expected. Null where none was expected. Over several hours: sum of valid_frames / sum of expected_frames.';
