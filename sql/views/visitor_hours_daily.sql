create view rivage.visitor_hours_daily as
with place as (
  select camera_id, null as zone_id from rivage.camera
  union all
  select camera_id, zone_id from rivage.zone_watch
)
select f.lake_id, f.camera_id, p.zone_id, f.local_day,
  sum(o.persons * f.watched_h) as visitor_hours, sum(f.watched_h) as watched_hours, count(*)::int as frames,
  max(o.persons)::int as most, f.model_id
from rivage.valid_frame as f
join place as p using (camera_id)
cross join lateral (
  select count(*) as persons
  from rivage.detection as d
  where d.analysis_id = f.analysis_id and d.label = f.label and d.shown_confidence >= f.min_confidence
    and (p.zone_id is null or exists (
      select from rivage.sighting_zone as s where s.detection_fid = d.fid and s.zone_id = p.zone_id and s.holds_point
    ))
) as o
where f.label = 'person'
group by f.lake_id, f.camera_id, p.zone_id, f.local_day, f.model_id
-- frames that stand alone measure no time
having sum(f.watched_h) > 0;

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
