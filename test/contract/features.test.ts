import { beforeAll, expect, it } from 'vitest';
import { writeAnalysis } from '../../src/store/analyses.ts';
import { type Box, type FeatureWish, lngLatAxes, readFeatures, writeFeatures } from '../../src/store/features.ts';
import { listMapViews, type MapView } from '../../src/store/map-views.ts';
import { writeModel } from '../../src/store/models.ts';
import { writePhoto } from '../../src/store/photos.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { lake, makeFound, makePhoto, writePlaces } from '../support/lake-fixture.ts';

const all: FeatureWish = {
  box: undefined,
  datetime: undefined,
  filters: {},
  limit: 100,
  offset: 0,
  axes: lngLatAxes,
};
const makeBox = (edges: readonly [number, number, number, number], srid = 4326): Box => {
  const [west, south, east, north] = edges;
  return { west, south, east, north, srid };
};

describeOnBothEngines('map features', (getDb) => {
  beforeAll(async () => {
    const db = getDb();
    await writePlaces(db);
    await writeModel(db, { modelId: 'm@1', labels: ['person'], thresholds: { person: 0.3 } });
    for (const [i, hour] of ['10', '11', '12'].entries()) {
      const photo = makePhoto(`2026-07-01T${hour}:00:00Z`);
      await writePhoto(db, photo);
      const found = [makeFound('person', [6.4 + i * 0.1, 44.8])];
      await writeAnalysis(db, { photoId: photo.id, modelId: 'm@1', calibrationId: undefined, durationMs: 1, found });
    }
  });

  async function getView(name: string): Promise<MapView> {
    const view = (await listMapViews(getDb())).find((candidate) => candidate.name === name);
    if (!view) throw new Error(`no view ${name}`);
    return view;
  }

  /** Longitudes of the sightings that a wish finds. */
  async function find(wish: Partial<FeatureWish>): Promise<number[]> {
    const { features } = await readFeatures(getDb(), await getView('sighting_map'), { ...all, ...wish });
    return features.map(({ geometry }) => (geometry?.type === 'Point' ? (geometry.coordinates[0] ?? 0) : 0));
  }

  it('lists the map views by their own comments, and no view without geometry', async () => {
    const views = await listMapViews(getDb());
    expect(views.map((view) => view.name)).not.toContain('bivouac_night');
    expect(await getView('sighting_map')).toMatchObject({
      title: 'Sightings',
      description: expect.stringMatching(/^persons, tents/),
      geometryType: 'POINT',
      srid: 4326,
      timeColumn: 'taken_at',
    });
    expect(await getView('stay_map')).toMatchObject({ timeColumn: 'first_seen', timeEndColumn: 'last_seen' });
    expect((await getView('bivouac_heatmap')).columns).toContainEqual({
      name: 'night',
      type: 'date',
      description: expect.stringContaining('19:00'),
    });
    expect((await getView('lake_map')).timeColumn).toBeUndefined();
  });

  it('gives GeoJSON with the columns of the view', async () => {
    const { features, numberMatched } = await readFeatures(getDb(), await getView('lake_map'), all);
    expect(numberMatched).toBe(1);
    expect(features[0]).toMatchObject({
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: lake.shoreline.coordinates },
      properties: { lake_id: 'lac-rond', name: 'Lac Rond', water_level_m: 2445.2 },
    });
    expect(features[0]?.id).toBe(features[0]?.properties.fid);
    expect(features[0]?.properties).not.toHaveProperty('geom');
  });

  it('writes decimal numbers with their point, so that no client takes the field for an integer', async () => {
    const db = getDb();
    await db.exec(`create view rivage.number_map as select 1 as fid, null::geometry(Point, 4326) as geom, 7 as whole,
      12::float8 as hour, 11.9::float8 as later, -3::float8 as below, 1e20::float8 as huge, 'NaN'::float8 as none,
      null::float8 as missing`);
    try {
      const { text } = await writeFeatures(db, await getView('number_map'), all);
      expect(text).toContain(
        '"whole":7,"hour":12.0,"later":11.9,"below":-3.0,"huge":1e+20,"none":"NaN","missing":null',
      );
    } finally {
      await db.exec('drop view rivage.number_map');
    }
  });

  it('filters by box, by one that crosses the 180th meridian, by time and by column', async () => {
    expect(await find({ box: makeBox([6.45, 44.7, 6.55, 44.9]) })).toEqual([6.5]);
    expect(await find({ box: makeBox([6.55, 44.7, 6.45, 44.9]) })).toEqual([6.4, 6.6]);
    const at = (hour: string) => new Date(`2026-07-01T${hour}:00:00Z`);
    expect(await find({ datetime: { from: at('11'), to: at('11') } })).toEqual([6.5]);
    expect(await find({ datetime: { from: at('11'), to: undefined } })).toEqual([6.5, 6.6]);
    expect(await find({ filters: { label: 'person', camera_id: 'north', fid: undefined } })).toEqual([6.4, 6.5, 6.6]);
    expect(await find({ filters: { label: 'tent' } })).toEqual([]);
  });

  it.each([
    { srid: 2154, northFirst: false, decimals: 3 },
    { srid: 3857, northFirst: false, decimals: 3 },
    { srid: 4326, northFirst: true, decimals: 7 },
  ])('gives coordinates in EPSG:$srid as ST_Transform has them, in the order of its axes', async (axes) => {
    const { srid, northFirst, decimals } = axes;
    const view = await getView('sighting_map');
    const rows = await getDb().query<{ east: number; north: number }>(
      `select ST_X(ST_Transform(geom, ${srid})) as east, ST_Y(ST_Transform(geom, ${srid})) as north
       from rivage.sighting_map order by fid`,
    );
    const { features } = await readFeatures(getDb(), view, { ...all, axes });
    expect(features).toHaveLength(3);
    for (const [at, { geometry }] of features.entries()) {
      const { east = 0, north = 0 } = rows[at] ?? {};
      const [first, second] = northFirst ? [north, east] : [east, north];
      expect(geometry).toEqual({
        type: 'Point',
        coordinates: [expect.closeTo(first, decimals), expect.closeTo(second, decimals)],
      });
    }
  });

  it('turns the corners of polygons too', async () => {
    const view = await getView('lake_map');
    const { features } = await readFeatures(getDb(), view, { ...all, axes: { ...lngLatAxes, northFirst: true } });
    expect(features[0]?.geometry).toEqual({
      type: 'Polygon',
      coordinates: lake.shoreline.coordinates.map((ring) => ring.map(([lng, lat]) => [lat, lng])),
    });
  });

  it('takes a box in metres for a rectangle in metres, however far it reaches', async () => {
    const db = getDb();
    const [middle] = await db.query<{ x: number; y: number }>(
      "select ST_X(p) as x, ST_Y(p) as y from ST_Transform(ST_GeomFromText('POINT(6.5 44.8)', 4326), 2154) as p",
    );
    const { x = 0, y = 0 } = middle ?? {};
    expect(await find({ box: makeBox([x - 1, y - 1, x + 1, y + 1], 2154) })).toEqual([6.5]);
    expect(await find({ box: makeBox([x + 1, y - 1, x + 9000, y + 500], 2154) })).toEqual([6.6]);
    expect(await find({ box: makeBox([-1e9, -1e9, 1e9, 1e9], 2154) })).toEqual([6.4, 6.5, 6.6]);
  });

  it('serves a view that is itself in metres, in its own CRS and in any other', async () => {
    const db = getDb();
    await db.exec(`create view rivage.metric_map as
      select fid, ST_Transform(geom, 2154)::geometry(Point, 2154) as geom, taken_at from rivage.sighting_map`);
    try {
      const view = await getView('metric_map');
      const read = (wish: Partial<FeatureWish>) => readFeatures(db, view, { ...all, ...wish });
      expect((await read({})).features[0]?.geometry).toEqual({ type: 'Point', coordinates: [6.4, 44.8] });
      const { numberMatched, features } = await read({
        box: makeBox([6.45, 44.7, 6.55, 44.9]),
        axes: { srid: 2154, northFirst: false, decimals: 3 },
      });
      expect(numberMatched).toBe(1);
      const [row] = await db.query<{ x: number }>(
        'select ST_X(geom) as x from rivage.metric_map order by fid offset 1',
      );
      expect(features[0]?.geometry).toMatchObject({ coordinates: [expect.closeTo(row?.x ?? 0, 3), expect.anything()] });
    } finally {
      await db.exec('drop view rivage.metric_map');
    }
  });

  it('finds what has no place or no time in every box and at every time, as OGC says', async () => {
    const db = getDb();
    await db.exec(`create view rivage.lost_map as
      select 1 as fid, null::geometry(Point, 4326) as geom, null::timestamptz as taken_at`);
    try {
      const wish = { ...all, box: makeBox([0, 0, 1, 1]), datetime: { from: new Date(0), to: new Date(1) } };
      expect(await readFeatures(db, await getView('lost_map'), wish)).toMatchObject({
        numberMatched: 1,
        features: [{ id: 1, geometry: null }],
      });
    } finally {
      await db.exec('drop view rivage.lost_map');
    }
  });

  it('pages, and says how many there are on all pages', async () => {
    const page = await readFeatures(getDb(), await getView('sighting_map'), { ...all, limit: 1, offset: 1 });
    expect([page.numberMatched, page.features.length]).toEqual([3, 1]);
    expect(await find({ limit: 2, offset: 2 })).toEqual([6.6]);
  });

  it('refuses a filter on a column that is not there, and a value that does not fit', async () => {
    const refused = { code: 'bad-request' };
    await expect(find({ filters: { 'label = label; --': 'x' } })).rejects.toMatchObject(refused);
    await expect(find({ filters: { geom: 'x' } })).rejects.toMatchObject(refused);
    await expect(find({ filters: { taken_at: 'yesterday-ish' } })).rejects.toMatchObject(refused);
  });

  it('lets no name or value become SQL', async () => {
    const view = await getView('lake_map');
    const attack = 'lake_map"; drop table rivage.run; --';
    await expect(readFeatures(getDb(), { ...view, name: attack }, all)).rejects.toMatchObject({
      code: 'database-refused',
    });
    const columns = [
      ...view.columns,
      { name: 'x"; drop table rivage.run; --', type: 'text', description: '' } as const,
    ];
    await expect(readFeatures(getDb(), { ...view, columns }, all)).rejects.toMatchObject({ code: 'database-refused' });
    expect(await find({ filters: { label: "person' or true; drop table rivage.run; --" } })).toEqual([]);
    expect(await getDb().query('select from rivage.run')).toEqual([]);
  });
});
