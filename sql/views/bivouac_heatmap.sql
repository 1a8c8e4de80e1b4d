create view rivage.bivouac_heatmap as
select fid, geom, lake_id, lake, camera_ids, night, 1.0::float8 as weight, zones, model_id, thing
from rivage.tent_night;

comment on view rivage.bivouac_heatmap is 'Bivouac heatmap: one weighted point for each tent and each night that it stood there, once however many cameras saw it.';
comment on column rivage.bivouac_heatmap.fid is 'Key of the row, a whole number; it changes when stays are linked again.';
comment on column rivage.bivouac_heatmap.geom is 'Mean place of the tent, by the camera that knows it best, point, EPSG:4326.';
comment on column rivage.bivouac_heatmap.lake_id is 'Identifier of the lake.';
comment on column rivage.bivouac_heatmap.lake is 'Name of the lake.';
comment on column rivage.bivouac_heatmap.camera_ids is 'Identifiers of the cameras that saw it, separated by commas.';
comment on column rivage.bivouac_heatmap.night is 'Bivouac night: 19:00 on this date to 09:00 on the next, local time of the lake.';
comment on column rivage.bivouac_heatmap.weight is 'What the heatmap adds up: tent-nights, 1 for one tent in one night.';
comment on column rivage.bivouac_heatmap.zones is 'Names of the zones that hold the point, separated by commas; null outside all zones.';
comment on column rivage.bivouac_heatmap.model_id is 'Model that detected the tent, as id@version.';
comment on column rivage.bivouac_heatmap.thing is 'Number of the tent: that of its stays in stay_map.';
