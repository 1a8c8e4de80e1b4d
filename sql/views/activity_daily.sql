create view rivage.activity_daily as
with place as (
  select camera_id, null as zone_id from rivage.camera
  union all
  select camera_id, zone_id from rivage.zone_watch
),
-- what one could have seen: every activity that a rule names for the label
activity as (select distinct label, activity from rivage.activity_rule)
select f.lake_id, f.camera_id, p.zone_id, f.local_day, y.activity, f.label,
  sum(o.objects)::int as objects, count(*)::int as frames, sum(o.objects * f.watched_h) as person_hours,
  sum(f.watched_h) as watched_hours, f.model_id
from rivage.valid_frame as f
join activity as y using (label)
join place as p using (camera_id)
cross join lateral (
  select count(*) as objects
  from rivage.detection as d
  join rivage.sighting_activity as s on s.detection_fid = d.fid
  where d.analysis_id = f.analysis_id and d.label = f.label and d.shown_confidence >= f.min_confidence and s.activity = y.activity
    and (p.zone_id is null or exists (
      select from rivage.sighting_zone as z where z.detection_fid = d.fid and z.zone_id = p.zone_id and z.holds_point
    ))
) as o
group by f.lake_id, f.camera_id, p.zone_id, f.local_day, y.activity, f.label, f.model_id;

comment on view rivage.activity_daily is
  'Activities by day: what persons did, of each camera and local day; for all that has a place on the ground, and for each zone that the camera watches. A row with 0 objects: somebody looked and nobody did it; no row: nobody looked. Key: camera_id, zone_id, local_day and activity.';
comment on column rivage.activity_daily.lake_id is 'Identifier of the lake.';
comment on column rivage.activity_daily.camera_id is 'Identifier of the camera; what two cameras see at once is in the rows of both.';
comment on column rivage.activity_daily.zone_id is 'Identifier of the zone that holds the most likely place; null: all places.';
comment on column rivage.activity_daily.local_day is 'Calendar day, local time of the lake.';
comment on column rivage.activity_daily.activity is 'What is done, by the rules of activity_rule: such as bathing, boating, bivouac, hiking or shore rest.';
comment on column rivage.activity_daily.label is 'Who does it: what was looked for, such as person.';
comment on column rivage.activity_daily.objects is 'Number of sightings, summed over the frames: who stays is counted in each.';
comment on column rivage.activity_daily.frames is 'Number of valid frames.';
comment on column rivage.activity_daily.person_hours is 'Persons times hours.';
comment on column rivage.activity_daily.watched_hours is 'Time that the valid frames stand for, hours.';
comment on column rivage.activity_daily.model_id is 'Model that looked, as id@version.';
