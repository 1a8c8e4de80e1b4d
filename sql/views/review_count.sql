create view rivage.review_count as
with
-- the last review of each photo
reviewed as (
  select distinct on (r.photo_id) r.fid as review_fid, r.review_id, r.photo_id, c.lake_id, c.camera_id, r.weight, r.hidden,
    (p.taken_at at time zone l.time_zone)::date as local_day, rivage.light_of(c.geom, p.taken_at) as light
  from rivage.review_photo as r
  join rivage.photo as p using (photo_id)
  join rivage.camera as c using (camera_id)
  join rivage.lake as l using (lake_id)
  where r.reviewed_at is not null
  order by r.photo_id, r.reviewed_at desc, r.fid desc
),
-- whatever model looked at it, and each label that the model can find
judged as (
  select r.*, a.analysis_id, t.model_id, t.label, t.shown, t.min_confidence
  from reviewed as r
  join rivage.analysis as a using (photo_id)
  join rivage.label_threshold as t using (model_id)
  where a.reason is null
),
there as (
  select j.analysis_id, j.label, o.fid as there_fid, o.x, o.y, o.w, o.h
  from judged as j
  join rivage.review_object as o on o.review_photo_fid = j.review_fid and o.label = j.label and not o.unclear
),
found as (
  select j.analysis_id, j.label, d.fid as found_fid, d.x, d.y, d.w, d.h
  from judged as j
  join rivage.detection as d
    on d.analysis_id = j.analysis_id and d.label = j.label and d.shown_confidence >= j.min_confidence
  where not exists (
    select from jsonb_array_elements(j.hidden) as b
    where d.x + d.w / 2 between (b->>0)::float8 and (b->>0)::float8 + (b->>2)::float8
      and d.y + d.h / 2 between (b->>1)::float8 and (b->>1)::float8 + (b->>3)::float8
  )
  -- most of it inside what is unclear
  and not exists (
    select from rivage.review_object as o
    where o.review_photo_fid = j.review_fid and o.label = j.label and o.unclear
      and greatest(0, least(d.x + d.w, o.x + o.w) - greatest(d.x, o.x))
        * greatest(0, least(d.y + d.h, o.y + o.h) - greatest(d.y, o.y)) >= 0.5 * d.w * d.h
  )
),
-- one to one: each is what the other shares most with. A third is enough for what is small: a pixel counts more there
pair as (
  select analysis_id, label,
    row_number() over (partition by analysis_id, label, found_fid order by iou desc, there_fid) as of_found,
    row_number() over (partition by analysis_id, label, there_fid order by iou desc, found_fid) as of_there
  from (
    select analysis_id, label, found_fid, there_fid, greatest(t.w, t.h) as side_px,
      shared / (f.w * f.h + t.w * t.h - shared) as iou
    from found as f
    join there as t using (analysis_id, label)
    cross join lateral (
      select greatest(0, least(f.x + f.w, t.x + t.w) - greatest(f.x, t.x))
        * greatest(0, least(f.y + f.h, t.y + t.h) - greatest(f.y, t.y)) as shared
    ) as overlap
  ) as met
  where iou >= case when side_px < 32 then 1 / 3.0 else 0.5 end
),
tally as (
  select analysis_id, label, sum(there)::int as there, sum(found)::int as found, sum(matched)::int as matched
  from (
    select analysis_id, label, 1 as there, 0 as found, 0 as matched from there
    union all select analysis_id, label, 0, 1, 0 from found
    union all select analysis_id, label, 0, 0, 1 from pair where of_found = 1 and of_there = 1
  ) as each_one
  group by analysis_id, label
)
select j.photo_id, j.review_id, j.lake_id, j.camera_id, j.local_day, j.light, j.model_id, j.label, j.shown, j.weight,
  coalesce(t.there, 0) as there, coalesce(t.found, 0) as found, coalesce(t.matched, 0) as matched
from judged as j
left join tally as t using (analysis_id, label);

comment on view rivage.review_count is
  'Each reviewed photo: how many objects of a label people saw in it, how many a model found from its threshold up, and how many of these are right. A box is right when it shares half with a true one (IoU), a third where that is under 32 px, and each is the best of the other. Key: photo_id, model_id and label.';
comment on column rivage.review_count.photo_id is 'SHA-256 of the photo, hexadecimal.';
comment on column rivage.review_count.review_id is 'Number of the review that counts: the last one of the photo.';
comment on column rivage.review_count.lake_id is 'Identifier of the lake that the camera watches.';
comment on column rivage.review_count.camera_id is 'Identifier of the camera.';
comment on column rivage.review_count.local_day is 'Calendar day on which the photo was taken, local time of the lake.';
comment on column rivage.review_count.light is 'Light by the height of the sun: day from 6 degrees up, dim from -6, dark below.';
comment on column rivage.review_count.model_id is 'Model that is judged, as id@version.';
comment on column rivage.review_count.label is 'What was looked for, such as person or tent.';
comment on column rivage.review_count.shown is 'True when it is the model whose detections of the label are shown.';
comment on column rivage.review_count.weight is 'Number of photos that it stands for, 1 or more, without unit: 1 divided by its chance of being chosen.';
comment on column rivage.review_count.there is 'Number of objects that people saw; what is unclear or was blanked is left out of this and the next two.';
comment on column rivage.review_count.found is 'Number of detections.';
comment on column rivage.review_count.matched is 'Number of detections that are right; there - matched were missed, found - matched are false.';
