import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from '../../src/picture/codec.ts';
import { layerRoutes } from '../../src/serve/api/layers.ts';
import { allRoutes } from '../../src/serve/app.ts';
import { problemSchema } from '../../src/serve/problem.ts';
import { sqlFolder } from '../../src/store/migrate.ts';
import { readStyle } from '../../src/store/styles.ts';
import { type RunningService, startService } from './running-service.ts';

/** A layer of the catalogue; the schema that it is checked against has the rest. */
interface Layer {
  readonly id: string;
  readonly order: number;
  readonly group: { readonly id: string; readonly title: string };
  readonly style: { readonly name: string; readonly href: string } | null;
  readonly source: object;
}

let service: RunningService;
beforeAll(async () => {
  service = await startService({ withTents: true });
});
afterAll(() => service.close());

/** Asks the service; the answer's JSON is checked against the schema that the table of routes documents for it. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of many shapes, each checked by its own schema here
async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; type: string; body: any }> {
  const response = await fetch(service.url + path, init);
  const type = response.headers.get('content-type') ?? '';
  const body = await response.json();
  const schema = response.ok ? schemaOf(path, init.method ?? 'get', response.status) : problemSchema;
  // what the schema does not name is stripped by parse, so that an undocumented field fails here
  expect(schema.parse(body)).toEqual(body);
  return { status: response.status, type, body };
}

function schemaOf(address: string, method: string, status: number) {
  const { pathname } = new URL(address, service.url);
  const route = allRoutes(service.deps).find(
    (one) =>
      one.method === method.toLowerCase() && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  );
  const schema = route?.answers.find((answer) => answer.status === status && answer.schema)?.schema;
  if (!schema) throw new Error(`${method} ${pathname} documents no JSON for ${status}`);
  return schema;
}

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

describe('the API', () => {
  it('says its version, engine and migrations', async () => {
    const { body } = await ask('/api/health');
    expect(body).toMatchObject({ status: 'ok', version: '0.1.0', engine: 'pglite' });
    expect(body.migrations[0]).toMatch(/^0001_/);
  });

  it('lists lakes with a box around all that belongs to them', async () => {
    const { body } = await ask('/api/lakes');
    expect(body.lakes).toHaveLength(1);
    const [west, south, east, north] = body.lakes[0].bbox;
    const { cameras } = (await ask('/api/cameras')).body;
    for (const { lng, lat } of cameras) {
      expect(lng >= west && lng <= east && lat >= south && lat <= north).toBe(true);
    }
  });

  it('counts the photos of each camera and tells where it looks', async () => {
    const [nord, ouest] = (await ask('/api/cameras')).body.cameras;
    expect(nord).toMatchObject({ id: 'nord', headingDeg: 170, photos: { total: 169, unreadable: 1 } });
    // 2·atan(4000 / 2 / 3200)
    expect(nord.horizontalFieldDeg).toBeCloseTo(64.01, 2);
    expect(ouest.photos.analysed).toBe(ouest.photos.usable - 1);
  });

  it('lists models that are installed and what each has done here', async () => {
    const { models } = (await ask('/api/models')).body;
    expect(models.map((model: { id: string }) => model.id)).toEqual(['demo-net@1', 'other@2']);
    expect(models[0]).toMatchObject({ isDefault: true, installed: true, state: 'ready' });
    expect(models[0].analysedPhotos).toBeGreaterThan(200);
    expect(models[1]).toMatchObject({
      state: 'not-pulled',
      analysedPhotos: 0,
      labels: [{ label: 'tent', minConfidence: 0.4, shown: false }],
    });
  });

  it('pages through photos without losing or doubling one', async () => {
    const ids: string[] = [];
    for (let next = '/api/photos?camera=nord&limit=50'; next; ) {
      const { body } = await ask(next);
      expect(body.total).toBe(169);
      ids.push(...body.photos.map((photo: { id: string }) => photo.id));
      next = body.next;
    }
    expect(ids).toHaveLength(169);
    expect(new Set(ids).size).toBe(169);
    expect(ids.at(-1)).toBe('broken');
  });

  it('finds a photo by its path', async () => {
    const { body } = await ask(`/api/photos?camera=nord&path=${encodeURIComponent('photos/broken.jpg')}`);
    expect(body).toMatchObject({ photos: [{ id: 'broken' }], total: 1, next: null });
    expect((await ask('/api/photos?path=nowhere.jpg')).body.total).toBe(0);
  });

  it('filters photos by time, its end not included, and by visibility', async () => {
    const day = await ask('/api/photos?from=2025-07-15T02:00:00%2B02:00&to=2025-07-16T00:00:00Z');
    expect(day.body.total).toBe(48);
    const fog = await ask('/api/photos?visibility=fog');
    expect(fog.body.photos.every((photo: { visibility: string }) => photo.visibility === 'fog')).toBe(true);
    expect(fog.body.total).toBeGreaterThan(0);
  });

  it('shows a photo with its detections and their place on the ground', async () => {
    const { body } = await ask('/api/photos/photo-0024');
    expect(body.analyses[0].detections[0]).toMatchObject({
      box: { x: 300, y: 280, w: 40, h: 90 },
      noSightingReason: null,
      sighting: { rangeM: 350, ellipse: { azimuthDeg: 15 } },
    });
  });

  it('tells nights that nobody could look at apart from nights without tents', async () => {
    const { nights } = (await ask('/api/lakes/muzelle/bivouac-nights')).body;
    const tents = nights.map((night: { tents: number | null }) => night.tents);
    expect(tents).toContain(0);
    expect(Math.max(...tents)).toBeGreaterThan(1);
  });

  it('lists layers for QGIS from the views alone', async () => {
    const { layers } = (await ask('/api/layers')).body;
    expect(layers.map((layer: Layer) => layer.id)).toEqual(
      expect.arrayContaining(['sighting_map', 'sighting_ellipse_map', 'bivouac_heatmap', 'lake_map', 'camera_map']),
    );
    const find = (id: string) => layers.find((layer: Layer) => layer.id === id);
    expect(find('sighting_map')).toMatchObject({
      key: 'fid',
      geometryType: 'POINT',
      srid: 4326,
      group: { id: 'sightings', title: 'Sightings' },
      timeField: 'taken_at',
      timeEndField: null,
      source: { kind: 'ogc-api-features', landingPage: `${service.url}/ogc`, collection: 'sighting_map' },
    });
    expect(find('stay_map')).toMatchObject({ timeField: 'first_seen', timeEndField: 'last_seen' });
    expect(find('lake_map')).toMatchObject({ timeField: null, timeEndField: null });
  });

  it('lists layers from the top down, those of one group together, areas under points', async () => {
    const layers: Layer[] = (await ask('/api/layers')).body.layers;
    expect(layers.map(({ order }) => order)).toEqual(layers.map((_, at) => at));
    const groups = layers.map(({ group }) => group.id);
    expect(groups.filter((group, at) => group !== groups[at - 1])).toEqual([...new Set(groups)]);
    expect(layers.at(-1)?.id).toBe('lake_map');
  });

  it('draws areas and heatmaps under points, and the lake under all', async () => {
    const ids = ((await ask('/api/layers')).body.layers as Layer[]).map(({ id }) => id);
    const over = (upper: string, lower: string) => expect(ids.indexOf(upper), lower).toBeLessThan(ids.indexOf(lower));
    over('sighting_map', 'sighting_ellipse_map');
    over('stay_map', 'bivouac_heatmap');
    over('camera_map', 'bivouac_heatmap');
    over('bivouac_heatmap', 'zone_map');
    over('zone_map', 'lake_map');
  });

  it('gives the style of every layer that has one, in the language of the asker', async () => {
    for (const language of ['en', 'fr'] as const) {
      const headers = { 'accept-language': language };
      const layers: Layer[] = (await ask('/api/layers', { headers })).body.layers;
      for (const { id, style } of layers) {
        const file = new URL(`../../sql/styles/${id}.qml`, import.meta.url);
        if (!existsSync(file)) expect(style, id).toBeNull();
        else {
          expect(style).toEqual({
            name: language === 'fr' ? 'Rivage (français)' : 'Rivage',
            href: `/api/layers/${id}/style.qml`,
          });
          const answer = await fetch(service.url + style?.href, { headers });
          expect(answer.headers.get('content-type')).toContain('application/xml');
          expect(await answer.text()).toBe(await readStyle(id, language, sqlFolder));
        }
      }
    }
  });

  it('says layers and groups in French, and refuses the style of a layer that has none', async () => {
    const headers = { 'accept-language': 'fr' };
    const layers = (await ask('/api/layers', { headers })).body.layers;
    expect(layers.map((layer: Layer) => layer.group.title)).toEqual(
      expect.arrayContaining(['Observations', 'Séjours', 'Appareils', 'Cartes de chaleur et densité', 'Lieux']),
    );
    expect(layers.find((layer: Layer) => layer.id === 'zone_map')).toMatchObject({
      description: 'les polygones dessinés par un utilisateur autour des lacs.',
    });
    const refused = await ask('/api/layers/photo_status/style.qml', { headers });
    expect(refused).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(refused.body.detail).toContain('style de la couche');
  });

  it('tells where the views themselves are, on a server, and no password', async () => {
    const at = async (databaseUrl: string) => {
      const [route] = layerRoutes({ ...service.deps, config: { language: 'en', databaseUrl, token: undefined } });
      const parts = { params: {}, query: {}, body: undefined, bytes: new Uint8Array() };
      const request = { ...parts, language: 'en', prefersHtml: false } as const;
      const reply = await route?.handle({ ...request, origin: service.url });
      const { layers } = (reply?.kind === 'json' ? reply.body : { layers: [] }) as { layers: Layer[] };
      return layers.find(({ id }) => id === 'zone_map')?.source;
    };
    const source = { kind: 'postgis', role: 'rivage_reader', schema: 'rivage', table: 'zone_map' };
    const name = { ...source, host: 'db.example.org', port: 5433, database: 'Saison d’été' };
    expect(await at('postgres://chef:secret@db.example.org:5433/Saison%20d%E2%80%99%C3%A9t%C3%A9')).toEqual(name);
    expect(await at('postgres:///rivage')).toEqual({ ...source, host: 'localhost', port: 5432, database: 'rivage' });
    expect(await at('postgres://[::1]/rivage')).toMatchObject({ host: '::1' });
    expect(await at('postgres:///rivage?host=/run/postgresql')).toMatchObject({ host: '/run/postgresql' });
  });

  it('gives a later view to QGIS without a line of TypeScript', async () => {
    const { db } = service.fixture;
    await db.exec(`create view rivage.later_map as select fid, geom, name from rivage.lake;
      comment on view rivage.later_map is 'Later: a view of tomorrow.';`);
    try {
      const { layers } = (await ask('/api/layers')).body;
      expect(layers.find((layer: Layer) => layer.id === 'later_map')).toMatchObject({
        title: 'Later',
        description: 'a view of tomorrow.',
        geometryType: 'POLYGON',
        group: { id: 'more' },
        style: null,
      });
      expect((await ask('/ogc/collections/later_map/items')).body.numberMatched).toBe(1);
    } finally {
      await db.exec('drop view rivage.later_map');
    }
  });
});

describe('pictures', () => {
  const picture = async (path: string) => {
    const response = await fetch(service.url + path);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    return decodePicture(new Uint8Array(await response.arrayBuffer()));
  };
  /** How red the place is where the photo has a person in red; the slope around it is green. */
  const redness = (image: Awaited<ReturnType<typeof picture>>, u: number, v: number): number => {
    const at = (Math.round(v) * image.sizePx.widthPx + Math.round(u)) * 3;
    return (image.rgb[at] ?? 0) - (image.rgb[at + 1] ?? 0);
  };
  /** The steepest change of red between pixels 4 apart, across the person's left edge. */
  const edge = (image: Awaited<ReturnType<typeof picture>>): number =>
    Math.max(
      ...Array.from({ length: 40 }, (_, i) => Math.abs(redness(image, 290 + i, 320) - redness(image, 294 + i, 320))),
    );

  it('hide the persons that were found, and are as wide as asked', async () => {
    const { db } = service.fixture;
    const [seen] = await db.query<{ id: string }>(
      "select photo_id as id from rivage.sighting_map where label = 'person' limit 1",
    );
    expect(edge(await picture(`/api/photos/${seen?.id}/image`))).toBeLessThan(80);
    expect((await picture(`/api/photos/${seen?.id}/image?width=200`)).sizePx).toEqual({ widthPx: 200, heightPx: 150 });
  });

  it('leave a photo sharp in which a model looked and found nobody', async () => {
    const [empty] = await service.fixture.db.query<{ id: string }>(
      `select photo_id as id from rivage.analysis as a where not exists
       (select from rivage.detection as d where d.analysis_id = a.analysis_id and label = 'person') limit 1`,
    );
    expect(edge(await picture(`/api/photos/${empty?.id}/image`))).toBeGreaterThan(120);
  });

  it('hide a whole photo that no model has looked at, or whose analysis failed', async () => {
    const { db } = service.fixture;
    const path = '/api/photos/photo-0116/image';
    const [before] = await db.query('select from rivage.analysis where photo_id = $1', ['photo-0116']);
    expect(before).toBeUndefined();
    expect(edge(await picture(path))).toBeLessThan(80);
    await db.query(
      "insert into rivage.analysis (photo_id, model_id, duration_ms, reason) values ('photo-0116', 'demo-net@1', 1, 'photo-damaged')",
    );
    expect(edge(await picture(path))).toBeLessThan(80);
  });

  it('hide persons in crops too', async () => {
    const [found] = await service.fixture.db.query<{ fid: number }>(
      "select fid from rivage.sighting_map where label = 'person' limit 1",
    );
    const crop = await picture(`/api/detections/${found?.fid}/crop?width=120`);
    expect(crop.sizePx.widthPx).toBe(120);
    const reds = Array.from({ length: 120 }, (_, u) => redness(crop, u, crop.sizePx.heightPx / 2));
    const steps = reds.slice(4).map((red, u) => Math.abs(red - (reds[u] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(80);
  });

  it('say why a photo cannot be shown', async () => {
    const broken = await ask('/api/photos/broken/image');
    expect(broken.body.code).toBe('photo-empty');
    expect((await ask('/api/photos/none/image')).body).toMatchObject({ status: 404, code: 'not-found' });
    expect((await ask('/api/detections/99999999/crop')).status).toBe(404);
  });
});

describe('runs', () => {
  it('are started, followed and cancelled', async () => {
    const wish = { cameraIds: ['nord'], from: '2025-07-15T00:00:00Z', modelId: 'demo-net@1' };
    const started = await ask('/api/runs', post(wish));
    expect(started.status).toBe(202);
    expect(started.body).toMatchObject({
      state: 'queued',
      total: null,
      photosPerSecond: null,
      ...wish,
      from: '2025-07-15T00:00:00.000Z',
    });
    const path = `/api/runs/${started.body.id}`;
    await service.fixture.db.query(
      `update rivage.run set state = 'running', total = 100, done = 20, failed = 2,
         started_at = now() - interval '10 s', heartbeat = now() where run_id = $1`,
      [started.body.id],
    );
    const running = (await ask(path)).body;
    expect(running).toMatchObject({ state: 'running', total: 100, done: 20, failed: 2 });
    expect(running.photosPerSecond).toBeCloseTo(2, 1);
    expect(running.secondsLeft).toBeCloseTo(40, 0);
    expect((await ask('/api/runs?limit=1')).body.runs[0].id).toBe(started.body.id);
    expect((await ask(path, { method: 'DELETE' })).status).toBe(200);
    const [row] = await service.fixture.db.query<{ asked: boolean }>(
      'select cancel_requested as asked from rivage.run where run_id = $1',
      [started.body.id],
    );
    expect(row?.asked).toBe(true);
  });

  it('are refused for a camera, a model or a field that does not exist', async () => {
    expect((await ask('/api/runs', post({ cameraIds: ['sud'] }))).body).toMatchObject({
      status: 404,
      code: 'not-found',
    });
    expect((await ask('/api/runs', post({ modelId: 'none' }))).body.detail).toContain('/api/models');
    const notPulled = await ask('/api/runs', post({ modelId: 'other@2' }));
    expect(notPulled.body).toMatchObject({ status: 409, detail: expect.stringContaining('rivage models pull other') });
    expect((await ask('/api/runs', post({ camera: 'nord' }))).body.code).toBe('body-invalid');
    expect((await ask('/api/runs', { method: 'POST', body: '{}' })).body).toMatchObject({
      status: 415,
      code: 'body-not-json',
    });
    const broken = await ask('/api/runs', { ...post({}), body: '{"cameraIds":' });
    expect(broken.body).toMatchObject({ status: 400, code: 'bad-request' });
    const huge = await ask('/api/runs', post({ cameraIds: ['x'.repeat(200_000)] }));
    expect(huge.body).toMatchObject({ status: 413, code: 'body-too-large' });
    expect(huge.body.detail).toContain('larger than 100 kB');
    expect((await ask('/api/runs/6d3c1b7e-0000-4000-8000-000000000000')).status).toBe(404);
  });
});

describe('problems', () => {
  it('name the parameter and the mend, in the language asked for', async () => {
    const english = await ask('/api/photos?limit=none');
    expect(english).toMatchObject({ status: 400, type: 'application/problem+json' });
    expect(english.body.detail).toContain('limit');
    const french = await ask('/api/photos?limit=none', { headers: { 'Accept-Language': 'fr-FR,fr;q=0.9,en;q=0.5' } });
    expect(french.body.detail).toMatch(/^Le paramètre limit n'est pas valide/);
  });

  it('name a parameter that does not exist and those that do', async () => {
    const { body } = await ask('/api/photos?camra=nord');
    expect(body.code).toBe('parameter-unknown');
    expect(body.detail).toContain('camera');
  });

  it('are answered for unknown routes and wrong methods too', async () => {
    expect((await ask('/api/nothing')).body).toMatchObject({ status: 404, code: 'route-missing' });
    expect((await ask('/nothing.html')).body.code).toBe('route-missing');
    const wrong = await fetch(`${service.url}/api/lakes`, { method: 'DELETE' });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('GET');
  });

  it('point to a page that explains their code', async () => {
    const { body } = await ask('/api/nothing');
    const [path, anchor] = body.type.split('#');
    const page = await (await fetch(service.url + path, { headers: { Accept: 'text/html' } })).text();
    expect(page).toContain(`id="${anchor}"`);
  });

  it('hide nothing from the log when the service itself fails', async () => {
    const { db } = service.fixture;
    await db.exec('alter table rivage.migration rename to migration_gone');
    try {
      const { body } = await ask('/api/health');
      expect(body.status).toBe(500);
      expect(service.logged.some((line) => line.includes('migration'))).toBe(true);
    } finally {
      await db.exec('alter table rivage.migration_gone rename to migration');
    }
  });
});

describe('strangers', () => {
  /** fetch will not send another Host. */
  const status = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(service.url);
      request({ host: '127.0.0.1', port, path: '/api/health', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  it('are refused when they call us by a name that is not this machine', async () => {
    const { port } = new URL(service.url);
    expect(await status({ Host: 'evil.example' })).toBe(403);
    expect(await status({ Host: `127.0.0.1.evil.example:${port}` })).toBe(403);
    expect(await status({ Host: `localhost:${port}` })).toBe(200);
  });

  it('are refused when the page of another site asks', async () => {
    const { host } = new URL(service.url);
    expect(await status({ Host: host, Origin: 'https://evil.example' })).toBe(403);
    expect(await status({ Host: host, Origin: `http://${host}` })).toBe(200);
  });

  it('get no leave to read answers across origins', async () => {
    const response = await fetch(`${service.url}/api/health`);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
  });

  it('cannot walk out of the page folder', async () => {
    for (const path of [
      '/page/%2e%2e/app.ts',
      '/page/..%2f..%2f..%2fpackage.json',
      '/vendor/maplibre-gl/%2e%2e/package.json',
    ]) {
      expect((await fetch(service.url + path)).status).toBeGreaterThanOrEqual(400);
    }
  });
});
