-- How well the size of a detection fits its place. Nothing is dropped for it: what fits badly is shown as less sure.
alter table rivage.detection
  -- 0 to 1; null: no calibration held, or nothing is known of sizes there, or it was stored before
  add column plausibility float8 check (plausibility between 0 and 1);
alter table rivage.detection
  -- what thresholds of labels apply to; `confidence` stays as the network gave it
  add column shown_confidence float8 not null generated always as (confidence * coalesce(plausibility, 1)) stored;
