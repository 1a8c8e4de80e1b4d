-- The ground that a camera sees by a calibration. Made when the calibration is stored, and anew when it was made from
-- other ground than there is now.
create table rivage.viewshed (
  calibration_id int primary key references rivage.calibration (calibration_id) on delete cascade,
  -- empty: it sees no ground
  geom geometry(MultiPolygon, 4326) not null,
  -- side of the square cells that it was drawn from, m
  cell_m float8 not null check (cell_m > 0),
  -- SHA-256 of the ground that it was made from: elevations, lake, reach
  source text not null,
  constraint viewshed_geom_valid check (ST_IsValid(geom))
);
create index viewshed_geom on rivage.viewshed using gist (geom);
