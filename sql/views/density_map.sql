create view rivage.density_map as
select
  -- lakes and labels are numbered so that a filter on either leaves the others uncounted
  ((lakes.before * 50 + labels.before) * 100000 + d.number)::int as fid,
  d.geom::geometry(Polygon, 4326) as geom, l.lake_id, l.name as lake, t.label, d.cell, d.count, d.frames, d.nights, d.rate,
  d.width_m
from rivage.lake as l
cross join lateral (select count(*) as before from rivage.lake as o where o.fid < l.fid) as lakes
cross join rivage.label_threshold as t
cross join lateral (
  select count(*) as before from rivage.label_threshold as o where o.shown and o.label < t.label
) as labels
cross join lateral rivage.density(l.lake_id, t.label)
  with ordinality as d (cell, geom, count, frames, nights, rate, width_m, number)
where t.shown;

comment on view rivage.density_map is
  'Density: hexagons around each lake with what was seen in each over all the time that somebody looked there. Null count: nobody looked; 0: somebody looked and there was nothing.';
comment on column rivage.density_map.fid is 'Key of the row, a whole number; it changes as photos come in.';
comment on column rivage.density_map.geom is 'Hexagon, polygon, EPSG:4326.';
comment on column rivage.density_map.lake_id is 'Identifier of the lake.';
comment on column rivage.density_map.lake is 'Name of the lake.';
comment on column rivage.density_map.label is 'What was seen, such as person or tent.';
comment on column rivage.density_map.cell is 'Name of the hexagon; it is that of the same place as long as the width is the same.';
comment on column rivage.density_map.count is
  'Number of sightings in the usable photos; for tents tent-nights, over the nights watched, each night that of the camera that saw most. Null: nobody watched the hexagon.';
comment on column rivage.density_map.frames is 'Number of usable, analysed photos of calibrated cameras that see the hexagon; null for tents.';
comment on column rivage.density_map.nights is 'Number of bivouac nights with such a photo from 19:00 to 09:00; null for all but tents.';
comment on column rivage.density_map.rate is 'Number of sightings per photo; for tents number of tents per night. Null: nobody watched the hexagon.';
comment on column rivage.density_map.width_m is 'Width of the hexagon from side to side, m: 20, or more around a large lake.';
