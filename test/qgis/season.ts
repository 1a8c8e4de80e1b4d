import { toModelId } from '../../src/detect/manifest.ts';
import { getModel } from '../../src/detect/registry.ts';
import type { Db } from '../../src/store/db.ts';

/** What to write into a database that knows its lakes and cameras already. */
export interface SeasonWish {
  /** Photos that show tents and persons, from 2024-07-01 on, at every full hour of the day. */
  readonly days: number;
  /** Tents beside the lake; each stands every fourth night. */
  readonly tents: number;
  /** Persons in all, spread evenly over the photos. */
  readonly persons: number;
}

/** The default model's, so that what a run of it finds is shown beside the season, and not in its place. */
const modelId = toModelId((await getModel(undefined)).manifest);

/** Writes a season that no photo shows, quickly and always the same: what a map must carry, not what a model finds. */
export async function writeSeason(db: Db, { days, tents, persons }: SeasonWish): Promise<void> {
  await db.transaction(async (tx) => {
    await writeLooks(tx, days);
    await writeTents(tx, tents, days);
    if (persons > 0) await writePersons(tx, persons);
    // not by fill_zones: a share for each of 100,000 ellipses takes two minutes
    await tx.query(
      `insert into rivage.sighting_zone (detection_fid, zone_id, holds_point, probability)
       select s.detection_fid, z.zone_id, true, 1 from rivage.sighting as s join rivage.zone as z on ST_Covers(z.geom, s.geom)`,
    );
  });
  if (db.engine === 'postgres') await db.exec('analyze');
}

async function writeLooks(tx: Db, days: number): Promise<void> {
  await tx.query("insert into rivage.model (model_id, labels) values ($1, '{tent,person}')", [modelId]);
  await tx.query(
    "insert into rivage.label_threshold select $1, label, 0.3, true from unnest('{tent,person}'::text[]) as label",
    [modelId],
  );
  await tx.query(
    `insert into rivage.photo (photo_id, camera_id, path, bytes, width_px, height_px, taken_at, visibility)
     select id, camera_id, id || '.jpg', 1000, 1920, 1080, at, 'usable'
     from rivage.camera, generate_series(timestamptz '2024-07-01T04:00Z',
       timestamptz '2024-07-01T20:00Z' + make_interval(days => $1 - 1), interval '1 hour') as at,
     lateral (select format('season-%s-%s', camera_id, extract(epoch from at)::bigint) as id) as named
     where extract(hour from at) between 4 and 20`,
    [days],
  );
  await tx.query(
    `insert into rivage.analysis (photo_id, model_id, duration_ms)
     select photo_id, $1, 100 from rivage.photo where photo_id like 'season-%'`,
    [modelId],
  );
}

/** Pitches: places 15 m outside the shore, told apart by `n`. */
const pitches = (count: string): string => `(
  select l.lake_id, n,
    ST_LineInterpolatePoint(ST_ExteriorRing(ST_Buffer(l.geom::geography, 15)::geometry), mod(n * 0.618034, 1)::float8) as geom
  from rivage.lake as l, generate_series(1, ${count}) as n
)`;

async function writeTents(tx: Db, tents: number, days: number): Promise<void> {
  await tx.query(
    `insert into rivage.stay (camera_id, model_id, label, geom, cov_ee_m2, cov_en_m2, cov_nn_m2, first_seen, last_seen, frames)
     select c.camera_id, $1, 'tent', p.geom, 1, 0, 1, at + interval '17 hours', at + interval '30 hours', 8
     from rivage.camera as c join ${pitches('$2')} as p using (lake_id),
       generate_series(0, $3 - 2) as day, lateral (select timestamptz '2024-07-01T00:00Z' + make_interval(days => day) as at) as d
     where (day + p.n) % 4 = 0`,
    [modelId, tents, days],
  );
  await writeFound(
    tx,
    `select a.analysis_id, p.geom, 'tent' as label, 0.6::float8 as confidence
     from rivage.analysis as a join rivage.photo as f using (photo_id) join rivage.camera as c using (camera_id)
     join ${pitches('$2')} as p using (lake_id)
     where a.model_id = $1 and exists (
       select from rivage.stay as s where s.camera_id = c.camera_id and s.model_id = $1 and ST_Equals(s.geom, p.geom)
         and f.taken_at between s.first_seen and s.last_seen)`,
    [modelId, tents],
  );
}

async function writePersons(tx: Db, persons: number): Promise<void> {
  await writeFound(
    tx,
    `select a.analysis_id, 'person' as label, 0.3 + mod(n * 0.37, 0.7)::float8 as confidence,
       ST_Project(l.geom, mod(n * 7.3, 25)::float8, radians(n))::geometry as geom
     from (
       select a.analysis_id, p.camera_id, row_number() over (order by p.photo_id) - 1 as at
       from rivage.analysis as a join rivage.photo as p using (photo_id) where a.model_id = $1
     ) as a
     join (
       select n, n % (select count(*) from rivage.analysis where model_id = $1) as at from generate_series(0, $2 - 1) as n
     ) as p using (at)
     join rivage.camera as c using (camera_id)
     join lateral (
       select ST_LineInterpolatePoint(ST_ExteriorRing(geom), mod(n * 0.618034, 1)::float8)::geography as geom
       from rivage.lake where lake_id = c.lake_id
     ) as l on true`,
    [modelId, persons],
  );
}

/** Detections of a statement's rows (analysis_id, geom, label, confidence), each with its place. */
async function writeFound(tx: Db, rows: string, params: readonly unknown[]): Promise<void> {
  await tx.query(
    `with wanted as materialized (
       select row_number() over () as n, r.* from (${rows}) as r
     ), detection as (
       insert into rivage.detection (analysis_id, label, confidence, x, y, w, h)
       select analysis_id, label, confidence, n, 500, 20, 40 from wanted returning fid, x as n
     )
     insert into rivage.sighting (detection_fid, geom, height_m, surface, range_m, cov_ee_m2, cov_en_m2, cov_nn_m2,
       semi_major_m, semi_minor_m, azimuth_deg, share_camera, share_pixel, share_height, share_extent)
     select d.fid, w.geom, 2106, 'ground', 200, 2, 0, 3, 4.2, 3.4, 0, 0.4, 0.4, 0.1, 0.1
     from detection as d join wanted as w on w.n = d.n`,
    params,
  );
}
