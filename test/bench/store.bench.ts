import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApp } from '../../src/serve/app.ts';
import type { ServeDeps } from '../../src/serve/deps.ts';
import { listen } from '../../src/serve/listen.ts';
import { type Analysis, writeAnalysis } from '../../src/store/analyses.ts';
import type { Db } from '../../src/store/db.ts';
import { lngLatAxes, readFeatures } from '../../src/store/features.ts';
import { listMapViews } from '../../src/store/map-views.ts';
import { writeModel } from '../../src/store/models.ts';
import { type OpenDbOptions, openDb } from '../../src/store/open.ts';
import { writePhoto } from '../../src/store/photos.ts';
import { quietLog } from '../support/databases.ts';
import { makeFound, makePhoto, writePlaces } from '../support/lake-fixture.ts';
import { isPostgresInstalled, startCluster } from '../support/postgres.ts';
import { bench, measure, msOf, perSecond } from './measure.ts';

const modelId = 'm@1';
const photos = 400;
const foundAPhoto = 50;

async function writeSightings(db: Db): Promise<void> {
  for (let hour = 0; hour < photos; hour++) {
    const photo = makePhoto(new Date(Date.UTC(2025, 5, 1, hour)).toISOString());
    const found = Array.from({ length: foundAPhoto }, (_, at) =>
      makeFound('person', [6.4 + at * 1e-5, 44.803 + hour * 1e-6]),
    );
    const analysis: Analysis = { photoId: photo.id, modelId, calibrationId: undefined, durationMs: 1, found };
    await db.transaction(async (tx) => {
      await writePhoto(tx, photo);
      await writeAnalysis(tx, analysis);
    });
  }
}

async function readPage(db: Db): Promise<void> {
  const view = (await listMapViews(db)).find(({ name }) => name === 'sighting_map');
  if (!view) throw new Error('no view sighting_map');
  const wish = { box: undefined, datetime: undefined, filters: {}, limit: 2000, offset: 0, axes: lngLatAxes };
  const { features, numberMatched } = await readFeatures(db, view, wish);
  if (features.length !== 2000 || numberMatched !== photos * foundAPhoto) throw new Error(`${numberMatched} features`);
}

const crs2154 = 'http://www.opengis.net/def/crs/EPSG/0/2154';

/** Items of the service, all pages of 10,000, as bytes: reading them is the client's own affair. */
async function* measureItems(engine: string, db: Db) {
  const deps = { db, config: { language: 'en', databaseUrl: undefined }, log: quietLog, version: '0' } as ServeDeps;
  const service = await listen(createApp(deps), 0);
  const total = photos * foundAPhoto;
  const readAll = async (view: string, query: string): Promise<void> => {
    for (let offset = 0; offset < total; offset += 10_000) {
      const address = `${service.url}/ogc/collections/${view}/items?limit=10000&offset=${offset}${query}`;
      const response = await fetch(address);
      if (!response.ok) throw new Error(await response.text());
      await response.arrayBuffer();
    }
  };
  const rate = (view: string, query = '') => perSecond(total, () => readAll(view, query));
  try {
    yield await measure(`${engine}: sightings served`, 'features/s', () => rate('sighting_map'));
    yield await measure(`${engine}: sightings served in EPSG:2154`, 'features/s', () =>
      rate('sighting_map', `&crs=${crs2154}`),
    );
    yield await measure(`${engine}: error ellipses served`, 'features/s', () => rate('sighting_ellipse_map'));
  } finally {
    await service.close();
  }
}

/** Where a database can be made anew, again and again. */
type Fresh = () => Promise<OpenDbOptions>;

async function* measureEngine(engine: string, fresh: Fresh) {
  let options = await fresh();
  yield await measure(`${engine}: first start`, 'ms', async () => {
    options = await fresh();
    return msToOpen(options);
  });
  yield await measure(`${engine}: opened again`, 'ms', () => msToOpen(options));
  const db = await openDb(options);
  try {
    await writePlaces(db);
    await writeModel(db, { modelId, labels: ['person'], thresholds: {} });
    const insert = async () => {
      await db.exec('truncate rivage.photo cascade');
      return msOf(() => writeSightings(db));
    };
    yield await measure(`${engine}: 20,000 sightings of 400 photos written`, 'ms', insert, 5);
    // the embedded database does so after a run, a server a minute after many rows were written
    await db.exec('analyze');
    yield await measure(`${engine}: 2,000 of 20,000 sightings read`, 'ms', () => msOf(() => readPage(db)));
    yield* measureItems(engine, db);
  } finally {
    await db.close();
  }
}

async function msToOpen(options: OpenDbOptions): Promise<number> {
  const started = performance.now();
  const db = await openDb(options);
  const ms = performance.now() - started;
  await db.close();
  return ms;
}

bench('store', async function* () {
  const folder = await mkdtemp(path.join(tmpdir(), 'rivage-bench-'));
  let count = 0;
  try {
    yield* measureEngine('pglite', async () => ({ folder: path.join(folder, `db${count++}`), log: quietLog }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (!isPostgresInstalled()) {
    yield { what: 'postgres', absent: 'PostgreSQL' };
    return;
  }
  const cluster = await startCluster();
  try {
    yield* measureEngine('postgres', async () => {
      return { databaseUrl: await cluster.createDatabase(`bench${count++}`), folder: '', log: quietLog };
    });
  } finally {
    await cluster.stop();
  }
});
