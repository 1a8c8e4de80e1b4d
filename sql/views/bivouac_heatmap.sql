create view rivage.bivouac_heatmap as
select
  (row_number() over (order by n.night, n.stay_fid))::int as fid, s.geom, s.lake_id, s.lake, s.camera_id, n.night,
  1.0::float8 as weight, s.zones, s.model_id, s.fid as stay_fid
from rivage.stay_night as n
join rivage.stay_map as s on s.fid = n.stay_fid
where n.label = 'tent';

comment on view rivage.bivouac_heatmap is 'Bivouac heatmap: one weighted point for each tent and each night that it stood there.';
comment on column rivage.bivouac_heatmap.fid is 'Key of the row, a whole number; it changes when stays are linked again.';
comment on column rivage.bivouac_heatmap.geom is 'Mean place of the tent, point, EPSG:4326.';
comment on column rivage.bivouac_heatmap.lake_id is 'Identifier of the lake.';
comment on column rivage.bivouac_heatmap.lake is 'Name of the lake.';
comment on column rivage.bivouac_heatmap.camera_id is 'Identifier of the camera; a tent that two cameras see is two points.';
comment on column rivage.bivouac_heatmap.night is 'Bivouac night: 19:00 on this date to 09:00 on the next, local time of the lake.';
comment on column rivage.bivouac_heatmap.weight is 'What the heatmap adds up: tent-nights, 1 for one tent in one night.';
comment on column rivage.bivouac_heatmap.zones is 'Names of the zones that hold the point, separated by commas; null outside all zones.';
comment on column rivage.bivouac_heatmap.model_id is 'Model that detected the tent, as id@version.';
comment on column rivage.bivouac_heatmap.stay_fid is 'Number of the stay in stay_map.';
