create view rivage.activity_daily as
-- what one could have seen: every activity that a rule names for the label
with activity as (
  select r.label, array_agg(distinct r.activity) as activities
  from rivage.activity_rule as r
  join rivage.label_threshold as t on t.label = r.label and t.shown
  group by r.label
)
select w.lake_id, w.camera_id, f.zone_id, d.local_day, f.activity, a.label, f.objects, f.frames, f.person_hours, f.watched_hours,
  f.model_id
from rivage.camera_watch as w
cross join activity as a
cross join lateral rivage.days_of(w.camera_id) as d (local_day)
cross join lateral (
  select c.zone_id, y.activity, sum(n)::int as objects, count(*)::int as frames, sum(n * c.watched_h) as person_hours,
    sum(c.watched_h) as watched_hours, c.model_id
  from rivage.frame_counts(w.camera_id, a.label, d.local_day, w.zones) as c
  cross join unnest(a.activities) as y (activity)
  cross join lateral cardinality(array_positions(c.doing, y.activity)) as n
  group by c.zone_id, y.activity, c.model_id
) as f;

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
