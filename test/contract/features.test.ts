import { beforeAll, expect, it } from 'vitest';
import { writeAnalysis } from '../../src/store/analyses.ts';
import { type FeatureWish, readFeatures } from '../../src/store/features.ts';
import { listMapViews, type MapView } from '../../src/store/map-views.ts';
import { writeModel } from '../../src/store/models.ts';
import { writePhoto } from '../../src/store/photos.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { lake, makeFound, makePhoto, writePlaces } from '../support/lake-fixture.ts';

const all: FeatureWish = { bbox: undefined, datetime: undefined, filters: {}, limit: 100, offset: 0 };

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
    return features.map(({ geometry }) => (geometry.type === 'Point' ? (geometry.coordinates[0] ?? 0) : 0));
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

  it('filters by box, by one that crosses the 180th meridian, by time and by column', async () => {
    expect(await find({ bbox: [6.45, 44.7, 6.55, 44.9] })).toEqual([6.5]);
    expect(await find({ bbox: [6.55, 44.7, 6.45, 44.9] })).toEqual([6.4, 6.6]);
    const at = (hour: string) => new Date(`2026-07-01T${hour}:00:00Z`);
    expect(await find({ datetime: { from: at('11'), to: at('11') } })).toEqual([6.5]);
    expect(await find({ datetime: { from: at('11'), to: undefined } })).toEqual([6.5, 6.6]);
    expect(await find({ filters: { label: 'person', camera_id: 'north', fid: undefined } })).toEqual([6.4, 6.5, 6.6]);
    expect(await find({ filters: { label: 'tent' } })).toEqual([]);
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
