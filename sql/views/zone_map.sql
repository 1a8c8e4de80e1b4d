create view rivage.zone_map as
select z.fid, z.geom, z.zone_id, z.name, z.kind, z.lake_id, l.name as lake, ST_Area(z.geom::geography) as area_m2
from rivage.zone as z
join rivage.lake as l using (lake_id);

comment on view rivage.zone_map is 'Zones: the polygons that a user drew around the lakes.';
comment on column rivage.zone_map.fid is 'Key of the row, a whole number.';
comment on column rivage.zone_map.geom is 'Outline of the zone, polygon, EPSG:4326.';
comment on column rivage.zone_map.zone_id is 'Identifier of the zone in the workspace.';
comment on column rivage.zone_map.name is 'Name of the zone.';
comment on column rivage.zone_map.kind is 'Kind of zone: water, shore, trail, meadow, bivouac-area, no-bivouac or mask.';
comment on column rivage.zone_map.lake_id is 'Identifier of the lake that the zone belongs to.';
comment on column rivage.zone_map.lake is 'Name of the lake that the zone belongs to.';
comment on column rivage.zone_map.area_m2 is 'Area on the WGS84 ellipsoid, m².';
