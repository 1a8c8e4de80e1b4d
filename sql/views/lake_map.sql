create view rivage.lake_map as
select fid, geom, lake_id, name, water_level_m, water_level_sigma_m, time_zone
from rivage.lake;

comment on view rivage.lake_map is 'Lakes: the lakes that cameras watch, as shorelines.';
comment on column rivage.lake_map.fid is 'Key of the row, a whole number.';
comment on column rivage.lake_map.geom is 'Shoreline, polygon, EPSG:4326.';
comment on column rivage.lake_map.lake_id is 'Identifier of the lake in the workspace.';
comment on column rivage.lake_map.name is 'Name of the lake.';
comment on column rivage.lake_map.water_level_m is 'Height of the water, m, in the datum of the DEM (in France NGF-IGN69).';
comment on column rivage.lake_map.water_level_sigma_m is 'Standard deviation of the height of the water, m.';
comment on column rivage.lake_map.time_zone is 'IANA time zone in which days and nights of the lake are counted.';
