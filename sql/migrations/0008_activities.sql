-- What persons do, by rules that people may edit, and which stays of several cameras are of one thing.

-- The rules, tried in the order of `position`: the first whose every condition holds names the activity. A condition
-- that is null is none. Whoever edits them has all activities made anew, by a trigger in sql/functions.sql.
create table rivage.activity_rule (
  rule_id text primary key,
  position int not null unique deferrable initially deferred,
  activity text not null,
  -- whose sightings it is about
  label text not null default 'person',
  -- what the line of sight meets
  surface text check (surface in ('water', 'ground')),
  -- a zone of this kind holds the point
  zone_kind text,
  -- at least `within_share` of the box lies in the box of such a thing in the same photo
  within_label text,
  within_share float8 check (within_share > 0 and within_share <= 1),
  -- such a thing stays no farther than `near_m` away, at the time of the photo
  near_label text,
  near_m float8 check (near_m > 0),
  -- true: between 19:00 and 09:00 alone
  by_night boolean not null default false,
  check (num_nulls(within_label, within_share) in (0, 2)),
  check (num_nulls(near_label, near_m) in (0, 2))
);

insert into rivage.activity_rule
  (rule_id, position, activity, label, surface, zone_kind, within_label, within_share, near_label, near_m, by_night)
values
  ('in-boat', 10, 'boating', 'person', 'water', null, 'boat', 0.3, null, null, false),
  ('in-water', 20, 'bathing', 'person', 'water', null, null, null, null, null, false),
  ('at-tent', 30, 'bivouac', 'person', null, null, null, null, 'tent', 15, true),
  ('on-trail', 40, 'hiking', 'person', null, 'trail', null, null, null, null, false),
  ('elsewhere', 100, 'shore rest', 'person', null, null, null, null, null, null, false),
  -- for reviewers and models that know one; nobody is an angler by guess
  ('angler', 200, 'fishing', 'angler', null, null, null, null, null, null, false);

create table rivage.sighting_activity (
  detection_fid int primary key references rivage.sighting (detection_fid) on delete cascade,
  activity text not null,
  -- the rule as it was called when it fired
  rule_id text not null
);

-- Number that stays of several cameras share where they are of one thing; null: not joined yet, a thing of its own.
alter table rivage.stay add column thing int;

-- Which stood there at a time.
create index stay_time on rivage.stay using gist (tstzrange(first_seen, last_seen, '[]'));
