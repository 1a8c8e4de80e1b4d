import type { Feature, FeatureCollection } from 'geojson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from '../../src/schema.ts';
import {
  collectionSchema,
  collectionsSchema,
  conformanceSchema,
  featureSchema,
  featuresSchema,
  type Link,
  landingSchema,
  openApiSchema,
} from '../../src/serve/ogc/schemas.ts';
import { type RunningService, startService } from './running-service.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ withTents: true });
});
afterAll(() => service.close());

/** Reads JSON that must be exactly what its schema says: parse strips the rest. */
async function read<Schema extends z.ZodType>(schema: Schema, path: string): Promise<z.output<Schema>> {
  const response = await fetch(new URL(path, service.url));
  const body = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(200);
  expect(schema.parse(body)).toEqual(body);
  return body as z.output<Schema>;
}

const items = (query = '', view = 'sighting_map') => read(featuresSchema, `/ogc/collections/${view}/items?${query}`);

async function countSql(condition: string, view = 'sighting_map'): Promise<number> {
  const [row] = await service.fixture.db.query<{ n: number }>(
    `select count(*)::int as n from rivage.${view} where ${condition}`,
  );
  return row?.n ?? -1;
}

const crs84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
const epsg = (code: number): string => `http://www.opengis.net/def/crs/EPSG/0/${code}`;

const follow = (links: readonly Link[], rel: string): string => links.find((link) => link.rel === rel)?.href ?? 'none';

describe('OGC API Features', () => {
  it('leads from its landing page to everything else', async () => {
    const { links } = await read(landingSchema, '/ogc');
    await read(conformanceSchema, follow(links, 'conformance'));
    const { collections } = await read(collectionsSchema, follow(links, 'data'));
    for (const collection of collections) {
      await read(collectionSchema, follow(collection.links, 'self'));
      const page = await read(featuresSchema, follow(collection.links, 'items'));
      expect(page.numberReturned).toBe(page.features.length);
    }
    expect(collections.map(({ id }) => id)).toContain('bivouac_heatmap');
  });

  it('tells QGIS how large a page may be, in the OpenAPI document that the landing page names', async () => {
    const { links } = await read(landingSchema, '/ogc');
    const document = await read(openApiSchema, follow(links, 'service-desc'));
    expect(links.find(({ rel }) => rel === 'service-desc')?.type).toBe('application/vnd.oai.openapi+json;version=3.0');
    expect(document).toMatchObject({
      openapi: '3.0.3',
      components: { parameters: { limit: { name: 'limit', in: 'query', schema: { maximum: 10000, default: 1000 } } } },
    });
    const paths = document.paths as Record<string, { get: { parameters: { name?: string }[] } }>;
    const names = paths['/collections/sighting_map/items']?.get.parameters.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['bbox', 'bbox-crs', 'crs', 'datetime', 'label', 'camera_id', 'taken_at']),
    );
  });

  it('takes titles, descriptions and extents from the database', async () => {
    const collection = await read(collectionSchema, '/ogc/collections/sighting_map');
    expect(collection.title).toBe('Sightings');
    expect(collection.description).toMatch(/^persons, tents and other objects/);
    const [row] = await service.fixture.db.query<{ first: Date; last: Date; west: number }>(
      'select min(taken_at) as first, max(taken_at) as last, min(ST_X(geom)) as west from rivage.sighting_map',
    );
    expect(collection.extent.temporal?.interval).toEqual([[row?.first.toISOString(), row?.last.toISOString()]]);
    expect(collection.extent.spatial?.bbox[0]?.[0]).toBeCloseTo(row?.west ?? 0, 9);
  });

  it('has no extent where there is nothing', async () => {
    const { db } = service.fixture;
    await db.exec(`create view rivage.empty_map as select fid, geom, taken_at from rivage.sighting_map where false;
      comment on view rivage.empty_map is 'Empty: nothing.';`);
    try {
      expect((await read(collectionSchema, '/ogc/collections/empty_map')).extent).toEqual({});
      expect((await items('', 'empty_map')).features).toEqual([]);
    } finally {
      await db.exec('drop view rivage.empty_map');
    }
  });

  it('pages through all features by its next links, each once', async () => {
    const fids: number[] = [];
    let next = '/ogc/collections/sighting_map/items?limit=500';
    while (next !== 'none') {
      const page = await read(featuresSchema, next);
      fids.push(...page.features.map(({ id }) => id));
      next = follow(page.links, 'next');
    }
    expect(fids).toHaveLength(await countSql('true'));
    expect(new Set(fids).size).toBe(fids.length);
  });

  it('takes a limit above the largest as the largest', async () => {
    const page = await items('limit=99999999');
    expect(page.numberReturned).toBe(await countSql('true'));
  });

  it('filters by box as SQL does', async () => {
    const box = [6.0965, 44.949, 6.0985, 44.9505];
    const { numberMatched } = await items(`bbox=${box}`);
    expect(numberMatched).toBe(await countSql(`ST_Intersects(geom, ST_MakeEnvelope(${box}, 4326))`));
    expect(numberMatched).toBeGreaterThan(0);
    const [west, south, east, north] = box;
    const withHeights = await items(`bbox=${[west, south, 0, east, north, 5000]}`);
    expect(withHeights.numberMatched).toBe(numberMatched);
  });

  it('filters by instants, days and open intervals as SQL does, ends included', async () => {
    const noon = '2025-07-15T10:00:00Z';
    for (const [datetime, condition] of [
      [noon, `taken_at = '${noon}'`],
      ['2025-07-15', "taken_at >= '2025-07-15T00:00:00Z' and taken_at < '2025-07-16T00:00:00Z'"],
      [`../${noon}`, `taken_at <= '${noon}'`],
      [`${noon}/..`, `taken_at >= '${noon}'`],
      [`${noon}/2025-07-17`, `taken_at >= '${noon}' and taken_at < '2025-07-18T00:00:00Z'`],
    ] as const) {
      const { numberMatched } = await items(`datetime=${encodeURIComponent(datetime)}`);
      expect(numberMatched, datetime).toBe(await countSql(condition));
      expect(numberMatched, datetime).toBeGreaterThan(0);
    }
  });

  it('finds a stay at any instant that it lasts, and a night by its date', async () => {
    const stays = await items('datetime=2025-07-14T22:00:00Z', 'stay_map');
    expect(stays.numberMatched).toBe(
      await countSql("first_seen <= '2025-07-14T22:00:00Z' and last_seen >= '2025-07-14T22:00:00Z'", 'stay_map'),
    );
    const nights = await items('datetime=2025-07-15', 'bivouac_heatmap');
    expect(nights.numberMatched).toBe(await countSql("night = '2025-07-15'", 'bivouac_heatmap'));
    expect(nights.numberMatched).toBeGreaterThan(0);
  });

  it('filters by each column of a layer as SQL does, whatever it holds', async () => {
    for (const id of ['stay_map', 'bivouac_heatmap', 'camera_map']) {
      const [feature] = (await items('limit=1', id)).features;
      for (const [name, value] of Object.entries(feature?.properties ?? {})) {
        if (value === null) continue;
        const { numberMatched } = await items(`${name}=${encodeURIComponent(String(value))}`, id);
        const literal = String(value).replaceAll("'", "''");
        expect(numberMatched, `${id}.${name}`).toBe(await countSql(`"${name}" = '${literal}'`, id));
        expect(numberMatched, `${id}.${name}`).toBeGreaterThan(0);
      }
    }
  });

  it('filters by columns, together with all else', async () => {
    const { numberMatched, features } = await items('label=person&camera_id=nord&datetime=2025-07-19&limit=3');
    expect(numberMatched).toBe(
      await countSql("label = 'person' and camera_id = 'nord' and (taken_at at time zone 'UTC')::date = '2025-07-19'"),
    );
    expect(features.every(({ properties }) => properties.label === 'person')).toBe(true);
  });

  it('reads back a single feature', async () => {
    const [first] = (await items('limit=1')).features;
    const feature = await read(featureSchema, `/ogc/collections/sighting_map/items/${first?.id}`);
    expect({ geometry: feature.geometry, properties: feature.properties }).toEqual({
      geometry: first?.geometry,
      properties: first?.properties,
    });
  });

  it('speaks HTML to people and GeoJSON to programs', async () => {
    const at = async (path: string, accept: string) => {
      const response = await fetch(service.url + path, { headers: { Accept: accept } });
      expect(response.status).toBe(200);
      return response.headers.get('content-type');
    };
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    for (const path of ['/ogc', '/ogc/collections', '/ogc/collections/sighting_map', '/ogc/conformance']) {
      expect(await at(path, browser)).toMatch(/^text\/html/);
      expect(await at(path, '*/*')).toBe('application/json');
    }
    expect(await at('/ogc/collections/sighting_map/items?limit=2', browser)).toMatch(/^text\/html/);
    expect(await at('/ogc/collections/sighting_map/items?limit=2', '*/*')).toBe('application/geo+json');
    expect(await at('/ogc/collections/sighting_map/items?limit=2&f=html', '*/*')).toMatch(/^text\/html/);
    expect(await at('/ogc/collections/sighting_map/items/1?f=json', browser)).toBe('application/geo+json');
  });

  it('never lets a name in the database become markup', async () => {
    const { db } = service.fixture;
    await db.query(`update rivage.lake set name = '<img src=x onerror=alert(1)>'`);
    try {
      const page = await (await fetch(`${service.url}/ogc/collections/lake_map/items?f=html`)).text();
      expect(page).not.toContain('<img');
      expect(page).toContain('&#60;img');
    } finally {
      await db.query(`update rivage.lake set name = 'Lac de la Muzelle'`);
    }
  });

  it('names the CRSs of a layer: the first is the default, one is its own', async () => {
    const { crs, storageCrs, extent } = await read(collectionSchema, '/ogc/collections/sighting_map');
    expect(crs).toEqual([crs84, epsg(4326), epsg(3857), epsg(2154)]);
    expect(storageCrs).toBe(crs84);
    expect(extent.spatial?.crs).toBe(crs84);
    const { conformsTo } = await read(conformanceSchema, '/ogc/conformance');
    expect(conformsTo).toContain('http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs');
  });

  it('says in a header what the coordinates of features are in', async () => {
    const [{ id } = { id: 0 }] = (await items('limit=1')).features;
    for (const path of ['/ogc/collections/sighting_map/items', `/ogc/collections/sighting_map/items/${id}`]) {
      expect((await fetch(service.url + path)).headers.get('content-crs'), path).toBe(`<${crs84}>`);
      for (const crs of [crs84, epsg(4326), epsg(3857), epsg(2154)]) {
        const response = await fetch(`${service.url}${path}?crs=${encodeURIComponent(crs)}`);
        expect([response.status, response.headers.get('content-crs')], path).toEqual([200, `<${crs}>`]);
      }
    }
  });

  it('gives features in metres as SQL does, page by page and one by one', async () => {
    const { features, links } = await items(`limit=5&crs=${epsg(2154)}`);
    const rows = await service.fixture.db.query<{ geometry: unknown }>(
      'select ST_AsGeoJSON(ST_Transform(geom, 2154), 3, 0)::json as geometry from rivage.sighting_map order by fid limit 10',
    );
    const expected = rows.map(({ geometry }) => geometry);
    expect(features.map(({ geometry }) => geometry)).toEqual(expected.slice(0, 5));
    const next = await read(featuresSchema, follow(links, 'next'));
    expect(next.features.map(({ geometry }) => geometry)).toEqual(expected.slice(5));
    const one = await read(featureSchema, `/ogc/collections/sighting_map/items/${features[0]?.id}?crs=${epsg(2154)}`);
    expect(one.geometry).toEqual(expected[0]);
    expect((await read(featureSchema, follow(one.links, 'self'))).geometry).toEqual(expected[0]);
  });

  it('takes a box in the CRS of bbox-crs, in the order of its axes', async () => {
    const [box] = await service.fixture.db.query<{ x: number; y: number }>(
      'select avg(ST_X(ST_Transform(geom, 2154))) as x, avg(ST_Y(ST_Transform(geom, 2154))) as y from rivage.sighting_map',
    );
    const { x = 0, y = 0 } = box ?? {};
    const metric = [x - 90, y - 60, x + 70, y + 50];
    const found = await items(`bbox=${metric}&bbox-crs=${epsg(2154)}`);
    expect(found.numberMatched).toBe(
      await countSql(`ST_Intersects(ST_Transform(geom, 2154), ST_MakeEnvelope(${metric}, 2154))`),
    );
    expect(found.numberMatched).toBeGreaterThan(0);
    expect(found.numberMatched).toBeLessThan(await countSql('true'));
    const eastFirst = await items(`bbox=6.0965,44.949,6.0985,44.9505`);
    const northFirst = await items(`bbox=44.949,6.0965,44.9505,6.0985&bbox-crs=${epsg(4326)}`);
    expect(northFirst.numberMatched).toBe(eastFirst.numberMatched);
    expect((await items(`bbox=44.949,6.0965,44.9505,6.0985`)).numberMatched).toBe(0);
  });

  it('describes CRSs in the OpenAPI document as the standard does', async () => {
    const document = await read(openApiSchema, '/ogc/api');
    expect(document.servers).toEqual([{ url: `${service.url}/ogc` }]);
    const { get } = (document.paths as Record<string, { get: { parameters: { name?: string }[]; responses: object } }>)[
      '/collections/stay_map/items'
    ] ?? { get: { parameters: [], responses: {} } };
    for (const name of ['crs', 'bbox-crs']) {
      const schema = { type: 'string', format: 'uri', default: crs84 };
      expect(get.parameters).toContainEqual(expect.objectContaining({ name, schema: expect.objectContaining(schema) }));
    }
    expect(get.responses).toMatchObject({ 200: { headers: { 'Content-Crs': { schema: { type: 'string' } } } } });
  });

  it('says what is wrong with a query', async () => {
    const problem = async (query: string) => {
      const response = await fetch(`${service.url}/ogc/collections/sighting_map/items?${query}`);
      return { status: response.status, ...((await response.json()) as { code: string; detail: string }) };
    };
    expect(await problem('bbox=1,2,3')).toMatchObject({ status: 400, code: 'parameter-invalid' });
    expect(await problem('bbox=5,50,6,40')).toMatchObject({ status: 400 });
    expect(await problem(`bbox=44,6,45&bbox-crs=${epsg(4326)}`)).toMatchObject({ status: 400 });
    expect((await problem(`bbox=9,1,5,2&bbox-crs=${epsg(2154)}`)).detail).toContain(epsg(2154));
    expect(await problem(`crs=${epsg(27572)}`)).toMatchObject({ status: 400, code: 'parameter-invalid' });
    expect((await problem('crs=EPSG:2154')).detail).toContain(epsg(2154));
    expect((await problem(`bbox=1,2,3,4&bbox-crs=${epsg(27572)}`)).detail).toContain('bbox-crs');
    expect((await problem('datetime=yesterday')).detail).toContain('datetime');
    expect(await problem('datetime=2025-07-15/2025-07-14')).toMatchObject({ status: 400 });
    expect((await problem('lable=person')).detail).toContain('label');
    expect(await problem('confidence=high')).toMatchObject({ status: 400 });
    expect(await problem('confidence=')).toMatchObject({ status: 400, code: 'parameter-invalid' });
    expect(await problem('taken_at=yesterday')).toMatchObject({ status: 400 });
    expect(await problem("label='; drop table rivage.photo; --")).toMatchObject({ status: 200, numberMatched: 0 });
    const missing = await fetch(`${service.url}/ogc/collections/nothing/items`);
    expect(missing.status).toBe(404);
    expect((await fetch(`${service.url}/ogc/collections/photo/items`)).status).toBe(404);
    expect((await fetch(`${service.url}/ogc/collections/lake_map/items/4711`)).status).toBe(404);
  });

  it('answers GeoJSON that GeoJSON types fit', async () => {
    const page = (await (await fetch(`${service.url}/ogc/collections/zone_map/items`)).json()) as FeatureCollection;
    const shore = page.features.find((feature: Feature) => feature.properties?.kind === 'shore');
    expect(shore?.geometry).toMatchObject({ type: 'Polygon' });
    expect(shore?.geometry.type === 'Polygon' && shore.geometry.coordinates).toHaveLength(2);
  });
});
