-- Why a photo cannot be used, judged against what its camera usually shows.
alter table rivage.photo
  drop constraint photo_visibility_check,
  add constraint photo_visibility_check
    check (visibility in ('usable', 'dark', 'fog', 'blocked', 'wet', 'unreadable')),
  -- picture: by the picture alone, as there is too little history in like light, or no statistics; history: against
  -- the camera's own photos; person: somebody said so, and no run changes it
  add column visibility_origin text not null default 'picture'
    check (visibility_origin in ('picture', 'history', 'person'));

-- What is kept of a picture to judge it by. None: the file cannot be read, or was imported before this was kept.
create table rivage.photo_statistics (
  photo_id text primary key references rivage.photo (photo_id) on delete cascade,
  -- mean, 0 to 255
  luminance float8 not null check (luminance between 0 and 255),
  -- upper quartiles over 12 × 8 blocks, grey levels
  contrast float8 not null check (contrast >= 0),
  sharpness float8 not null check (sharpness >= 0),
  -- (3, 8, 12): light, coarse and fine detail of each block
  blocks bytea not null check (octet_length(blocks) = 288)
);

-- few: those that cameras turned away from
create index photo_drift_turned on rivage.photo_drift (photo_id) where state = 'moved' or heading_deg is null;
