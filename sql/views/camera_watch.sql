create view rivage.camera_watch as
select c.camera_id, c.lake_id, l.time_zone, array_remove(array_agg(z.zone_id order by z.zone_id), null) as zones
from rivage.camera as c
join rivage.lake as l using (lake_id)
left join rivage.zone_watch as z using (camera_id)
group by c.camera_id, c.lake_id, l.time_zone;

comment on view rivage.camera_watch is 'What each camera watches: its lake and the zones of zone_watch. Key: camera_id.';
comment on column rivage.camera_watch.camera_id is 'Identifier of the camera.';
comment on column rivage.camera_watch.lake_id is 'Identifier of the lake.';
comment on column rivage.camera_watch.time_zone is 'Time zone of the lake, IANA name.';
comment on column rivage.camera_watch.zones is 'Identifiers of the zones that it watches; empty: none.';
