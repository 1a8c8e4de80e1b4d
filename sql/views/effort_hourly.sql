create view rivage.effort_hourly as
with turned as materialized (
  select d.photo_id
  from rivage.photo_drift as d
  join rivage.analysis as a using (photo_id, calibration_id)
  where d.state = 'moved' or d.heading_deg is null
)
select
  c.fid * 1000000 + coalesce(extract(epoch from n.hour - timestamptz '2000-01-01 00:00:00+00') / 3600, 0)::int as fid,
  c.lake_id, c.camera_id, c.name as camera, n.hour, (n.hour at time zone l.time_zone)::date as local_day,
  extract(hour from n.hour at time zone l.time_zone)::int as local_hour,
  case when n.hour is not null then n.expected end as expected_frames,
  n.frames, n.valid_frames, n.dark, n.fog, n.blocked, n.wet, n.moved, n.unreadable,
  case when n.hour is not null then greatest(n.expected - n.frames, 0) end as missing,
  case when n.expected > 0 then least(n.valid_frames::float8 / n.expected, 1) end as effort
from rivage.camera as c
join rivage.lake as l using (lake_id)
cross join lateral (select c.interval_min * interval '1 minute' as every) as programmed
-- from when to when it should have shot: as mounted, else from its first to its last photo, which may come a little
-- early or late
cross join lateral (
  select coalesce(c.mounted_from, min(p.taken_at)) as starts,
    case when c.mounted_to is null then max(p.taken_at) + every / 2 else least(c.mounted_to, now()) end as ends
  from rivage.photo as p
  where p.camera_id = c.camera_id
) as season
cross join lateral (
  select event.hour, sum(event.expected)::int as expected, (count(*) filter (where state <> 'due'))::int as frames,
    (count(*) filter (where state = 'usable'))::int as valid_frames,
    (count(*) filter (where state = 'dark'))::int as dark,
    (count(*) filter (where state = 'fog'))::int as fog,
    (count(*) filter (where state = 'blocked'))::int as blocked,
    (count(*) filter (where state = 'wet'))::int as wet,
    (count(*) filter (where state = 'moved'))::int as moved,
    (count(*) filter (where state = 'unreadable'))::int as unreadable
  from (
    -- due at starts, starts + every, starts + 2 every, …, before ends
    select hour, 'due' as state,
      (ceil(extract(epoch from least(hour + interval '1 hour', ends) - starts) / extract(epoch from every))
        - ceil(extract(epoch from greatest(hour, starts) - starts) / extract(epoch from every)))::int as expected
    from generate_series(date_trunc('hour', starts, l.time_zone), ends, interval '1 hour') as hour
    where hour < ends
    union all
    -- photos of one instant are one frame, as clear as the clearest of them: cards overlap
    select date_trunc('hour', taken_at, l.time_zone), state, 0
    from (
      select distinct on (p.taken_at) p.taken_at, v.state
      from rivage.photo as p
      cross join lateral (
        select case when p.visibility = 'usable' and p.photo_id in (select photo_id from turned) then 'moved'
          else p.visibility end as state
      ) as v
      where p.camera_id = c.camera_id and p.taken_at is not null
      order by p.taken_at, v.state <> 'usable', v.state
    ) as frame
    union all
    select null, visibility, 0 from rivage.photo as p where p.camera_id = c.camera_id and p.taken_at is null
  ) as event
  group by event.hour
) as n
where n.expected > 0 or n.frames > 0;

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
