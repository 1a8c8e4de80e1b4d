create view rivage.stay_night as
select s.fid as stay_fid, s.thing, s.lake_id, s.camera_id, s.label, s.model_id, night::date as night, s.first_seen, s.last_seen
from rivage.stay_map as s
join rivage.lake as l using (lake_id)
cross join lateral generate_series(
  ((s.first_seen at time zone l.time_zone) - interval '9 hours')::date::timestamp,
  ((s.last_seen at time zone l.time_zone) - interval '9 hours')::date::timestamp,
  interval '1 day'
) as night
-- the stay and the night overlap
where s.first_seen < (night + interval '33 hours') at time zone l.time_zone
  and s.last_seen >= (night + interval '19 hours') at time zone l.time_zone;

comment on view rivage.stay_night is 'Stays by night: one row for each stay and each bivouac night that it touches.';
comment on column rivage.stay_night.stay_fid is 'Number of the stay in stay_map.';
comment on column rivage.stay_night.thing is 'Number that stays of several cameras share where they are of one thing.';
comment on column rivage.stay_night.lake_id is 'Identifier of the lake.';
comment on column rivage.stay_night.camera_id is 'Identifier of the camera.';
comment on column rivage.stay_night.label is 'What stayed, such as tent.';
comment on column rivage.stay_night.model_id is 'Model that detected it, as id@version.';
comment on column rivage.stay_night.night is 'Bivouac night: 19:00 on this date to 09:00 on the next, local time of the lake.';
comment on column rivage.stay_night.first_seen is 'First photo that shows it, UTC instant.';
comment on column rivage.stay_night.last_seen is 'Last photo that shows it, UTC instant.';
