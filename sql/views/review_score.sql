create view rivage.review_score as
with
-- the last review of each photo
reviewed as (
  select distinct on (r.photo_id) r.fid as review_fid, r.photo_id, p.camera_id, r.weight, r.hidden,
    rivage.light_of(c.geom, p.taken_at) as light
  from rivage.review_photo as r
  join rivage.photo as p using (photo_id)
  join rivage.camera as c using (camera_id)
  where r.reviewed_at is not null
  order by r.photo_id, r.reviewed_at desc, r.fid desc
),
-- whatever model looked at it, and each label that the model can find
judged as (
  select r.*, a.analysis_id, t.model_id, t.label, t.min_confidence
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
),
counted as (
  select j.camera_id, j.light, j.model_id, j.label, j.weight,
    coalesce(t.there, 0) as there, coalesce(t.found, 0) as found, coalesce(t.matched, 0) as matched
  from judged as j
  left join tally as t using (analysis_id, label)
),
score as (
  select camera_id, light, model_id, label, count(*)::int as photos, sum(there)::int as there, sum(found)::int as found,
    sum(matched)::int as matched, sum(weight * matched) / nullif(sum(weight * found), 0) as precision,
    sum(weight * matched) / nullif(sum(weight * there), 0) as recall
  from counted
  group by camera_id, light, model_id, label
)
select (row_number() over (order by c.camera_id, t.label, l.at, t.model_id))::int as fid, c.lake_id, c.camera_id, t.label,
  l.light, t.model_id, t.shown, coalesce(s.photos, 0) as photos, s.there, s.found, s.matched,
  s.precision, s.recall
from rivage.camera as c
cross join rivage.label_threshold as t
cross join (values (1, 'day'), (2, 'dim'), (3, 'dark')) as l (at, light)
left join score as s on s.camera_id = c.camera_id and s.light = l.light and s.model_id = t.model_id and s.label = t.label
where t.label in ('person', 'tent', 'boat', 'animal');

comment on view rivage.review_score is
  'What people saw in reviewed photos against what a model found there, from its threshold up: by camera, label and light. A box is right when it shares half with a true one (IoU), a third where that is under 32 px, and each is the best of the other.';
comment on column rivage.review_score.fid is 'Key of the row, a whole number; it changes as rows come in.';
comment on column rivage.review_score.lake_id is 'Identifier of the lake that the camera watches.';
comment on column rivage.review_score.camera_id is 'Identifier of the camera.';
comment on column rivage.review_score.label is 'What was looked for: person, tent, boat or animal.';
comment on column rivage.review_score.light is 'Light by the height of the sun: day from 6 degrees up, dim from -6, dark below.';
comment on column rivage.review_score.model_id is 'Model that is judged, as id@version.';
comment on column rivage.review_score.shown is 'True when it is the model whose detections of the label are shown.';
comment on column rivage.review_score.photos is 'Number of reviewed photos that the model analysed; 0: nothing is known of the rest of the row.';
comment on column rivage.review_score.there is 'Number of objects that people saw there; null: nothing was reviewed.';
comment on column rivage.review_score.found is 'Number of detections there; null: nothing was reviewed.';
comment on column rivage.review_score.matched is 'Number of detections that are right; null: nothing was reviewed.';
comment on column rivage.review_score.precision is
  'Share of the detections that is right, 0 to 1, photos weighted by how many they stand for; null: nothing was reviewed, or found.';
comment on column rivage.review_score.recall is
  'Share of the objects that was found, 0 to 1, photos weighted by how many they stand for; null: nothing was reviewed, or there.';
