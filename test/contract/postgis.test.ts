import { expect, it } from 'vitest';
import { writeLakes } from '../../src/store/lakes.ts';
import { writeZones } from '../../src/store/zones.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { lake, meadow, writePlaces } from '../support/lake-fixture.ts';

/** A bow tie: its two halves touch in the middle. */
const bowTie = {
  type: 'Polygon' as const,
  coordinates: [
    [
      [6.4, 44.8],
      [6.41, 44.81],
      [6.41, 44.8],
      [6.4, 44.81],
      [6.4, 44.8],
    ],
  ],
};

describeOnBothEngines('PostGIS', (getDb) => {
  it('transforms to Lambert-93 as the IGN does', async () => {
    // Source: PROJ 9 cs2cs EPSG:4326 EPSG:2154 at 3° E 46.5° N, the origin of Lambert-93: (700000, 6600000)
    const [row] = await getDb().query<{ x: number; y: number }>(
      `select ST_X(p) as x, ST_Y(p) as y from (select ST_Transform(ST_SetSRID(ST_MakePoint(3, 46.5), 4326), 2154) as p) as t`,
    );
    expect(row?.x).toBeCloseTo(700_000, 3);
    expect(row?.y).toBeCloseTo(6_600_000, 3);
  });

  it('makes a hexagon grid that covers its bounds', async () => {
    const [row] = await getDb().query<{ cells: number; covers: boolean }>(
      `select count(*) as cells, ST_Covers(ST_Union(geom), ST_MakeEnvelope(0, 0, 100, 100, 2154)) as covers
       from ST_HexagonGrid(20, ST_MakeEnvelope(0, 0, 100, 100, 2154))`,
    );
    expect(row?.covers).toBe(true);
    expect(row?.cells).toBeGreaterThan(10);
  });

  it('filters by distance on the ellipsoid and by box', async () => {
    const rows = await getDb().query(
      `select n from (values (1, 6.4, 44.8), (2, 6.4, 44.8009), (3, 6.5, 44.8)) as p (n, lng, lat)
       where ST_DWithin(ST_MakePoint(lng, lat)::geography, ST_MakePoint(6.4, 44.8)::geography, 101)
         and ST_Intersects(ST_SetSRID(ST_MakePoint(lng, lat), 4326), ST_MakeEnvelope(6.39, 44.79, 6.41, 44.81, 4326))
       order by n`,
    );
    expect(rows).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('refuses a lake whose shoreline crosses itself, naming it, the place and what to do', async () => {
    const write = writeLakes(getDb(), [{ ...lake, shoreline: bowTie }]);
    await expect(write).rejects.toMatchObject({
      code: 'geometry-invalid',
      params: { what: 'lake', id: 'lac-rond', place: 'POINT(6.405 44.805)' },
    });
  });

  it('refuses a zone that is no ring, and stores none of its neighbours', async () => {
    const db = getDb();
    await writePlaces(db);
    const open = {
      type: 'Polygon' as const,
      coordinates: [
        [
          [6.4, 44.8],
          [6.41, 44.8],
          [6.41, 44.81],
          [6.4, 44.81],
        ],
      ],
    };
    const write = writeZones(db, [
      { ...meadow, name: 'renamed' },
      { ...meadow, id: 'open' as typeof meadow.id, polygon: open },
    ]);
    await expect(write).rejects.toMatchObject({ code: 'geometry-invalid', params: { what: 'zone', id: 'open' } });
    expect(await db.query('select name from rivage.zone order by 1')).toEqual([
      { name: 'Bivouac north' },
      { name: 'Meadow' },
    ]);
  });

  it('refuses an invalid polygon in the table itself, whoever writes it', async () => {
    const write = getDb().query(
      `insert into rivage.lake (lake_id, name, geom, water_level_m, water_level_sigma_m, time_zone)
       values ('bad', 'Bad', ST_GeomFromGeoJSON($1), 0, 0, 'UTC')`,
      [JSON.stringify(bowTie)],
    );
    await expect(write).rejects.toThrow('lake_geom_valid');
  });

  it('refuses a time zone that it does not know', async () => {
    await expect(writeLakes(getDb(), [{ ...lake, timeZone: 'Europe/Gap' }])).rejects.toThrow('Europe/Gap');
  });

  it('refuses to cut an invalid polygon, and rolls back what was done before', async () => {
    // PGlite itself swallows the exception of GEOS: no row, no error, and the transaction commits
    const cut = 'select ST_Area(ST_Intersection($1::geometry, $2::geometry)) as area';
    const cross = 'POLYGON((0 0,2 2,2 0,0 2,0 0))';
    const square = 'POLYGON((0.5 0.5,1.5 0.5,1.5 1.5,0.5 1.5,0.5 0.5))';
    const db = getDb();
    await db.exec('create table public.cuts (area float8)');
    const work = db.transaction(async (tx) => {
      await tx.query('insert into public.cuts values (1)');
      await tx.query(cut, [cross, square]);
    });
    await expect(work).rejects.toMatchObject({ code: 'database-refused' });
    expect(await db.query('select * from public.cuts')).toEqual([]);
    expect(await db.query(cut, [square, square])).toEqual([{ area: 1 }]);
  });
});
