create view rivage.visitor_hours_daily as
select w.lake_id, w.camera_id, f.zone_id, d.local_day, f.visitor_hours, f.watched_hours, f.frames, f.most, f.model_id
from rivage.camera_watch as w
cross join lateral rivage.days_of(w.camera_id) as d (local_day)
cross join lateral (
  select zone_id, sum(cardinality(doing) * watched_h) as visitor_hours, sum(watched_h) as watched_hours, count(*)::int as frames,
    max(cardinality(doing)) as most, model_id
  from rivage.frame_counts(w.camera_id, 'person', d.local_day, w.zones)
  group by zone_id, model_id
) as f
-- frames that stand alone measure no time
where f.watched_hours > 0;

comment on view rivage.visitor_hours_daily is
  'Visitor-hours by day: persons times the time that they were seen for, of each camera and local day; for all that the camera sees, and for each zone that it watches. Gaps longer than two intervals are missing, not empty: compare days by visitor_hours / watched_hours. As detected: rivage estimate corrects for what a detector misses. Key: camera_id, zone_id and local_day.';
comment on column rivage.visitor_hours_daily.lake_id is 'Identifier of the lake.';
comment on column rivage.visitor_hours_daily.camera_id is 'Identifier of the camera; what two cameras see at once is in the rows of both.';
comment on column rivage.visitor_hours_daily.zone_id is 'Identifier of the zone that holds the most likely place; null: all that the camera sees, on the ground or not.';
comment on column rivage.visitor_hours_daily.local_day is 'Calendar day, local time of the lake.';
comment on column rivage.visitor_hours_daily.visitor_hours is 'Persons times hours.';
comment on column rivage.visitor_hours_daily.watched_hours is 'Time that the valid frames stand for, hours.';
comment on column rivage.visitor_hours_daily.frames is 'Number of valid frames.';
comment on column rivage.visitor_hours_daily.most is 'Largest number of persons in one frame: a lower bound of what was there, lower the longer the interval of the camera.';
comment on column rivage.visitor_hours_daily.model_id is 'Model that looked, as id@version.';
