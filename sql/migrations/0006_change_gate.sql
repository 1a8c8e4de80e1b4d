-- Where a photo was looked at, so that what the change gate loses can be found out.
alter table rivage.analysis
  -- [[x, y, w, h], …], px of the photo: the rest was passed over, as it had not changed and nothing was found there
  -- lately; null: nothing was passed over for that
  add column looked_at jsonb check (jsonb_typeof(looked_at) = 'array');
