create view rivage.review_score as
with score as (
  select camera_id, light, model_id, label, count(*)::int as photos, sum(there)::int as there, sum(found)::int as found,
    sum(matched)::int as matched, sum(weight * matched) / nullif(sum(weight * found), 0) as precision,
    sum(weight * matched) / nullif(sum(weight * there), 0) as recall
  from rivage.review_count
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
  'What people saw in reviewed photos against what a model found there, from its threshold up: by camera, label and light. The sums of review_count, which says when a box is right.';
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
