-- What people saw in photos that were chosen by chance, so that counts can be corrected by it and networks learn from it.

-- One handing out of photos, persons not blurred in them: also the record of who was to see what.
create table rivage.review (
  review_id int generated always as identity primary key,
  made_at timestamptz not null default now(),
  -- cameras, from, to, count, seed: what was asked for
  request jsonb not null,
  -- those whose detections were drawn in for a start
  models text[] not null,
  -- SHA-256 of annotations.json as it was handed out
  annotations_sha256 text not null
);

create table rivage.review_photo (
  fid int generated always as identity primary key,
  review_id int not null references rivage.review (review_id) on delete cascade,
  photo_id text not null references rivage.photo (photo_id) on delete cascade,
  -- its name in that folder; it tells the review too
  file_name text not null unique,
  -- 1 / its chance of being chosen: so many photos it stands for
  weight float8 not null check (weight >= 1),
  -- [[x, y, w, h], …], px of the photo: what privacy masks blanked, so that nobody could see what is there
  hidden jsonb not null default '[]' check (jsonb_typeof(hidden) = 'array'),
  -- null: it has not come back, and nothing is known of it. Reviewed and without objects: nothing was there
  reviewed_at timestamptz,
  reviewer text,
  unique (review_id, photo_id),
  constraint review_photo_reviewer_reviewed check (reviewer is null or reviewed_at is not null)
);
create index review_photo_photo on rivage.review_photo (photo_id);

create table rivage.review_object (
  fid int generated always as identity primary key,
  review_photo_fid int not null references rivage.review_photo (fid) on delete cascade,
  label text not null,
  x float8 not null,
  y float8 not null,
  w float8 not null check (w > 0),
  h float8 not null check (h > 0),
  -- many in one box, or hard to say: what is found inside is neither right nor wrong
  unclear boolean not null
);
create index review_object_photo on rivage.review_object (review_photo_fid);
