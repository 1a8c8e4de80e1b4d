import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Db } from '../../src/store/db.ts';
import { type OpenDbOptions, openDb } from '../../src/store/open.ts';
import { quietLog } from '../support/databases.ts';
import { isPostgresInstalled, startCluster } from '../support/postgres.ts';
import { bench, measure, msOf } from './measure.ts';

/** What people ask for, of one lake and its first season where nothing else is said. */
const asked: Readonly<Record<string, string>> = {
  'heatmap of persons': "select * from rivage.heatmap('lake1', $1, $2, 'person', 20)",
  'heatmap of tents': "select * from rivage.heatmap('lake1', $1, $2, 'tent', 20)",
  'bivouac nights':
    "select * from rivage.bivouac_night where lake_id = 'lake1' and night between $1::date and $2::date",
  'bivouac nights of all lakes': 'select * from rivage.bivouac_night where night between $1::date and $2::date',
  'visitor-hours by day':
    "select * from rivage.visitor_hours_daily where lake_id = 'lake1' and local_day between $1::date and $2::date",
  'activities by day':
    "select * from rivage.activity_daily where lake_id = 'lake1' and local_day between $1::date and $2::date",
  'effort by hour':
    "select * from rivage.effort_hourly where lake_id = 'lake1' and local_day between $1::date and $2::date",
};

/** Days of seven cameras that hold so many sightings, about. */
const daysFor = (sightings: number) => Math.max(1, Math.round(sightings / 2930));

async function* measureSize(engine: string, options: OpenDbOptions, sightings: number) {
  const db = await openDb(options);
  try {
    const of = `${engine}, ${sightings.toLocaleString('en')} sightings`;
    await fill(db, daysFor(sightings));
    const [{ n } = { n: 0 }] = await db.query<{ n: number }>('select count(*)::int as n from rivage.sighting');
    if (Math.abs(n / sightings - 1) > 0.25) throw new Error(`${n} sightings, not ${sightings}`);
    const activities = () => msOf(() => db.query("select rivage.fill_activities('{camera1}')"));
    yield await measure(`${of}: activities of one camera anew`, 'ms', activities, sightings > 2e5 ? 1 : 5);
    await db.exec('analyze');
    const [season] = await db.query<{ begin: string; end: string }>(
      `select to_char(min(taken_at), 'YYYY-MM-DD') as begin, to_char(min(taken_at) + interval '149 days', 'YYYY-MM-DD') as end
       from rivage.photo`,
    );
    for (const [what, sql] of Object.entries(asked)) {
      yield await measure(`${of}: ${what}`, 'ms', () => msOf(() => db.query(sql, [season?.begin, season?.end])), 5);
    }
  } finally {
    await db.close();
  }
}

async function fill(db: Db, days: number): Promise<void> {
  const text = await readFile(new URL('years.sql', import.meta.url), 'utf8');
  await db.transaction(async (tx) => {
    await tx.exec(text);
    await tx.query('select pg_temp.fill_years($1)', [days]);
  });
  await db.exec('analyze');
}

/** RIVAGE_BENCH_SIGHTINGS: sizes in place of these, separated by commas. */
const sizes = (process.env.RIVAGE_BENCH_SIGHTINGS ?? '10000,100000,1000000').split(',').map(Number);

bench('sql', async function* () {
  if (!isPostgresInstalled()) yield { what: 'postgres', absent: 'PostgreSQL' };
  else {
    const cluster = await startCluster();
    try {
      for (const size of sizes) {
        const databaseUrl = await cluster.createDatabase(`years${size}`);
        yield* measureSize('postgres', { databaseUrl, folder: '', log: quietLog }, size);
      }
    } finally {
      await cluster.stop();
    }
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'rivage-bench-'));
  try {
    for (const size of sizes.filter((one) => one <= 1e6)) {
      yield* measureSize('embedded', { folder: path.join(folder, `years${size}`), log: quietLog }, size);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
