import { chmod, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRunQueue } from '../../src/jobs/queue.ts';
import { createLog } from '../../src/log.ts';
import { openCalibrationDesk } from '../../src/pipeline/calibration-desk.ts';
import { processRun } from '../../src/pipeline/process-run.ts';
import { type HeldWorkspace, openZoneDesk } from '../../src/pipeline/zone-desk.ts';
import { publishPictures } from '../../src/publish/pictures.ts';
import { createApp } from '../../src/serve/app.ts';
import type { ServeDeps } from '../../src/serve/deps.ts';
import { listen } from '../../src/serve/listen.ts';
import type { Db } from '../../src/store/db.ts';
import { openDb } from '../../src/store/open.ts';
import { readWorkspace } from '../../src/workspace/read-workspace.ts';
import { makeTempFolder, quietLog } from '../support/databases.ts';
import { makeSquare } from '../support/lake-fixture.ts';
import { openSmallTools, writeSmallWorkspace } from '../support/small-workspace.ts';

let folder: string;
let db: Db;
let held: { -readonly [Key in keyof HeldWorkspace]: HeldWorkspace[Key] };
let url: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  folder = await makeTempFolder();
  db = await openDb({ folder: path.join(folder, 'db'), log: quietLog });
});
beforeEach(async () => {
  for (const made of ['cameras', 'photos']) await rm(path.join(folder, made), { recursive: true, force: true });
  await writeSmallWorkspace(folder, { 'a.jpg': '2025:07:14 12:00:00' });
  await edit('lakes.geojson', (lakes) => {
    lakes.features[0].properties.depth_m = 31;
    lakes.features.push({ ...lakes.features[0], properties: { ...lakes.features[0].properties, id: 'long' } });
  });
  await edit('zones.geojson', (zones) => {
    zones.name = 'zones';
    zones.features[0].properties.surveyed_by = 'Anne';
    const properties = { id: 'far', lakeId: 'long', kind: 'meadow', name: 'Pré', fid: 7 };
    zones.features.push({ type: 'Feature', properties, geometry: makeSquare(6.5, 44.9, 0.001) });
  });
  // a person and a tent on the water, 100 m north of the camera
  const tools = await openSmallTools(db, folder);
  await processRun(tools, { cameraIds: undefined, from: undefined, to: undefined }, quiet);
  held = {
    ...tools,
    useWorkspace: (next) => {
      held.workspace = next;
    },
  };
  const app = createApp({
    db,
    queue: createRunQueue(db, { send: async () => undefined }),
    pictures: publishPictures([folder]),
    calibrations: openCalibrationDesk(held),
    zones: openZoneDesk(held),
    models: [],
    config: { language: 'en', databaseUrl: undefined, token: undefined },
    // two tests make it fail on purpose
    log: createLog('error', () => undefined),
    version: '0.1.0',
  } as Partial<ServeDeps> as ServeDeps);
  const listening = await listen(app, 0);
  url = listening.url;
  stop = listening.close;
  return () => stop();
});
afterAll(() => db.close());
const quiet = { onProgress: () => undefined, signal: new AbortController().signal };

// biome-ignore lint/suspicious/noExplicitAny: JSON of several shapes
type Json = any;

async function edit(file: string, change: (json: Json) => void): Promise<void> {
  const json = JSON.parse(await read(file));
  change(json);
  await writeFile(path.join(folder, file), JSON.stringify(json));
}

function read(file: string): Promise<string> {
  return readFile(path.join(folder, file), 'utf8');
}

async function ask(method: string, address: string, body?: unknown, language = 'en') {
  const response = await fetch(url + address, {
    method,
    headers: { 'Content-Type': 'application/json', 'Accept-Language': language },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: Json = await response.json();
  return { status: response.status, answer };
}

const zonesOf = (lake: string) => `/api/lakes/${lake}/zones`;
const zone = (properties: object, geometry: object = makeSquare(6.398, 44.9002, 0.004)) => {
  return { type: 'Feature', properties, geometry };
};
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features });
const all = { id: 'all', kind: 'water', name: 'Water' };
/** A square whose last corner was dragged over its side. */
const dragged = {
  type: 'Polygon',
  coordinates: [
    [
      [6.4, 44.9],
      [6.41, 44.9],
      [6.41, 44.91],
      [6.406, 44.896],
      [6.4, 44.9],
    ],
  ],
};
const stored = () => db.query('select zone_id as id, kind, name from rivage.zone_map order by zone_id');

describe('zones that are drawn anew', () => {
  it('are read with what tells this state from another', async () => {
    const { answer } = await ask('GET', zonesOf('rond'));
    expect(answer.features).toEqual([zone(all)]);
    expect(answer.version).toMatch(/^[0-9a-f]{16}$/);
    expect((await ask('GET', zonesOf('long'))).answer.version).not.toBe(answer.version);
    expect(await ask('GET', zonesOf('none'))).toMatchObject({ status: 404, answer: { code: 'not-found' } });
  });

  it('are put into file, database and running service, and say how many sightings moved', async () => {
    const bathing = zone({ kind: 'shore', name: 'Baignade (été)', fid: 3 }, makeSquare(6.3999, 44.9005, 0.0008));
    const away = zone(all, makeSquare(6.398, 44.91, 0.001));
    const { status, answer } = await ask('PUT', zonesOf('rond'), collection(away, bathing));
    // both left "all"; both lie in the new zone
    expect({ status, answer }).toMatchObject({
      status: 200,
      answer: { zones: 2, ids: ['all', 'baignade-ete'], moved: 2 },
    });
    expect(await stored()).toEqual([
      all,
      { id: 'baignade-ete', kind: 'shore', name: 'Baignade (été)' },
      { id: 'far', kind: 'meadow', name: 'Pré' },
    ]);
    const shown = await db.query('select label, zones from rivage.sighting_map order by label');
    expect(shown).toEqual(['person', 'tent'].map((label) => ({ label, zones: 'Baignade (été)' })));
    const { lakes, zones } = await readWorkspace(folder);
    expect(held.workspace).toMatchObject({ lakes, zones: expect.arrayContaining([...zones]) });
    expect((await ask('GET', zonesOf('rond'))).answer.version).toBe(answer.version);
  });

  it('leave zones of other lakes and columns of other programs as they were', async () => {
    const before = JSON.parse(await read('zones.geojson'));
    await ask('PUT', zonesOf('rond'), collection(zone({ ...all, name: 'Lake' })));
    const after = JSON.parse(await read('zones.geojson'));
    expect(after.name).toBe('zones');
    expect(after.features).toHaveLength(2);
    expect(after.features).toContainEqual(before.features[1]);
    const properties = { ...all, name: 'Lake', lakeId: 'rond', surveyed_by: 'Anne' };
    expect(after.features).toContainEqual({ ...before.features[0], properties });
  });

  it('are refused whole, by name and place, when an outline is not valid', async () => {
    const before = await read('zones.geojson');
    const sent = collection(zone(all), zone({ kind: 'trail', name: 'Sentier' }, dragged));
    const { status, answer } = await ask('PUT', zonesOf('rond'), sent, 'fr');
    expect(status).toBe(422);
    expect(answer.code).toBe('outline-refused');
    expect(answer.detail).toContain('La zone « Sentier »');
    expect(answer.detail).toMatch(/son contour se croise en 6\.40\d{4}, 44\.900000/);
    expect(await read('zones.geojson')).toBe(before);
    expect(await stored()).toHaveLength(2);
  });

  it.each([
    [
      'two parts',
      { type: 'MultiPolygon', coordinates: [1, 2].map((x) => makeSquare(x, 44, 1).coordinates) },
      'MultiPolygon (2)',
    ],
    ['metres', makeSquare(960_000, 6_400_000, 100), '960000, 6400000'],
    ['no geometry', null, 'not null'],
  ])('are refused with %s', async (_what, geometry, why) => {
    const { answer } = await ask('PUT', zonesOf('rond'), collection({ ...zone(all), geometry }));
    expect(answer.code).toBe('outline-refused');
    expect(answer.detail).toContain(why);
  });

  it('are refused with a kind, an id or a lake that there is not', async () => {
    const put = async (properties: object, lake = 'rond') =>
      (await ask('PUT', zonesOf(lake), collection(zone(properties)))).answer;
    expect(await put({ ...all, kind: 'beach' })).toMatchObject({ code: 'body-invalid' });
    expect(await put({ ...all, id: 'a b' })).toMatchObject({ code: 'body-invalid' });
    expect(await put({ ...all, id: 'far' })).toMatchObject({ code: 'zone-id-taken' });
    expect(await put(all, 'none')).toMatchObject({ code: 'not-found' });
    const twice = await ask('PUT', zonesOf('rond'), collection(zone(all), zone(all)));
    expect(twice.answer).toMatchObject({ status: 422, code: 'zone-id-taken' });
  });

  it('give two of the same name different ids', async () => {
    const twin = { kind: 'meadow', name: 'Pré' };
    const { answer } = await ask(
      'PUT',
      zonesOf('rond'),
      collection(zone(twin), zone(twin), zone({ ...twin, name: '?' })),
    );
    expect(answer.ids).toEqual(['pre', 'pre-2', 'meadow']);
  });

  it('let one of two editors store, and tell the other', async () => {
    const { version } = (await ask('GET', zonesOf('rond'))).answer;
    const sent = ['First', 'Second'].map((name) => ({ ...collection(zone({ ...all, name })), version }));
    const answers = await Promise.all(sent.map((body) => ask('PUT', zonesOf('rond'), body)));
    expect(answers.map(({ status }) => status)).toEqual([200, 409]);
    expect(answers[1]?.answer.code).toBe('zones-changed');
    expect(JSON.parse(await read('zones.geojson')).features.at(-1).properties.name).toBe('First');
    const again = { ...sent[1], version: answers[0]?.answer.version };
    expect((await ask('PUT', zonesOf('rond'), again)).status).toBe(200);
  });

  it('leave the file as it was when the database refuses', async () => {
    const before = await read('zones.geojson');
    await db.exec("alter table rivage.zone add constraint refused check (name <> 'Refused')");
    const { status } = await ask('PUT', zonesOf('rond'), collection(zone({ ...all, name: 'Refused' })));
    await db.exec('alter table rivage.zone drop constraint refused');
    expect(status).toBe(500);
    expect(await read('zones.geojson')).toBe(before);
    expect(held.workspace.zones.map(({ name }) => name)).toEqual(['Water', 'Pré']);
  });

  it('leave the database as it was when the file cannot be written', async () => {
    // a name so long that none can be written beside it
    const [file, long] = ['zones.geojson', 'z'.repeat(250)].map((name) => path.join(folder, name)) as [string, string];
    await rename(file, long);
    await symlink(long, file);
    const { answer } = await ask('PUT', zonesOf('rond'), collection());
    await rename(long, file);
    expect(answer.code).toBe('file-not-written');
    expect(await stored()).toHaveLength(2);
  });

  it('go where a link leads, and keep who may write the file', async () => {
    const [file, elsewhere] = ['zones.geojson', 'shared.geojson'].map((name) => path.join(folder, name)) as [
      string,
      string,
    ];
    await chmod(file, 0o664);
    await rename(file, elsewhere);
    await symlink(elsewhere, file);
    expect((await ask('PUT', zonesOf('rond'), collection())).status).toBe(200);
    expect(JSON.parse(await read('shared.geojson')).features).toHaveLength(1);
    expect((await stat(elsewhere)).mode & 0o777).toBe(0o664);
    expect((await readdir(folder)).filter((name) => name.includes('.new'))).toEqual([]);
    await rm(file);
  });

  it('take what Windows editors write: a BOM and CRLF', async () => {
    const text = JSON.stringify(JSON.parse(await read('zones.geojson')), null, 2).replaceAll('\n', '\r\n');
    await writeFile(path.join(folder, 'zones.geojson'), `\uFEFF${text}`);
    expect((await ask('PUT', zonesOf('rond'), collection(zone({ ...all, name: 'Lake' })))).status).toBe(200);
    expect((await readWorkspace(folder)).zones.map(({ name }) => name)).toEqual(['Pré', 'Lake']);
  });

  it('lose the boxes that were written beside their old outlines', async () => {
    await edit('zones.geojson', (zones) => {
      zones.bbox = [1, 2, 3, 4];
      for (const feature of zones.features) feature.bbox = [1, 2, 3, 4];
    });
    await ask('PUT', zonesOf('rond'), collection(zone(all)));
    const { bbox, features } = JSON.parse(await read('zones.geojson'));
    expect([bbox, ...features.map((feature: Json) => feature.bbox)]).toEqual([undefined, [1, 2, 3, 4], undefined]);
  });

  it('are not taken for a lake that somebody took out of its file meanwhile', async () => {
    await edit('lakes.geojson', (lakes) => lakes.features.pop());
    await edit('zones.geojson', (zones) => zones.features.pop());
    expect((await ask('PUT', zonesOf('long'), collection(zone(all)))).answer.code).toBe('not-found');
    const line = makeSquare(6.397, 44.9, 0.006);
    expect((await ask('PUT', '/api/lakes/long/shoreline', line)).answer.code).toBe('not-found');
  });

  it('may be many: 200,000 bytes are stored', async () => {
    const corners = Array.from({ length: 5000 }, (_, n) => (n / 5000) * 2 * Math.PI);
    const ring = corners.map((angle) => [6.4 + Math.cos(angle) / 500, 44.9 + Math.sin(angle) / 500]);
    const round = { type: 'Polygon', coordinates: [[...ring, ring[0]]] };
    expect((await ask('PUT', zonesOf('rond'), collection(zone(all, round)))).status).toBe(200);
  });
});

describe('a shoreline that is drawn anew', () => {
  const address = '/api/lakes/rond/shoreline';

  it('is put into file, database and running service, and says that sightings stay', async () => {
    const drawn = makeSquare(6.397, 44.9, 0.006);
    const { status, answer } = await ask('PUT', address, { type: 'MultiPolygon', coordinates: [drawn.coordinates] });
    expect(status).toBe(200);
    expect(answer).toMatchObject({ sightings: 2, advice: expect.stringContaining('relocate') });
    expect((await ask('GET', address)).answer).toEqual({ ...drawn, version: answer.version });
    const [lake] = JSON.parse(await read('lakes.geojson')).features;
    expect(lake).toMatchObject({ properties: { id: 'rond', depth_m: 31 }, geometry: drawn });
    expect(held.workspace.lakes[0]?.shoreline).toEqual(drawn);
    const rows = await db.query(
      "select ST_Equals(geom, ST_GeomFromGeoJSON($1)) as same from rivage.lake_map where lake_id = 'rond'",
      [JSON.stringify(drawn)],
    );
    expect(rows).toEqual([{ same: true }]);
  });

  it('is that of the first of two editors, and the other is told', async () => {
    const { version } = (await ask('GET', address)).answer;
    const sent = [0.006, 0.005].map((size) => ({ ...makeSquare(6.397, 44.9, size), version }));
    const answers = await Promise.all(sent.map((body) => ask('PUT', address, body)));
    expect(answers.map(({ status }) => status)).toEqual([200, 409]);
    expect(answers[1]?.answer.code).toBe('shoreline-changed');
    expect(held.workspace.lakes[0]?.shoreline).toEqual(makeSquare(6.397, 44.9, 0.006));
    expect(await ask('GET', '/api/lakes/none/shoreline')).toMatchObject({ status: 404, answer: { code: 'not-found' } });
  });

  it('is refused when it crosses itself, or is far from its camera', async () => {
    const before = await read('lakes.geojson');
    expect((await ask('PUT', address, dragged)).answer).toMatchObject({ status: 422, code: 'outline-refused' });
    const far = await ask('PUT', address, makeSquare(5.4, 44.9, 0.006));
    expect(far.answer.detail).toContain('km from the camera "south"');
    expect(await read('lakes.geojson')).toBe(before);
  });
});
