import type { Polygon } from 'geojson';
import { beforeAll, describe, expect, it } from 'vitest';
import { toEnu } from '../../src/geo/plane.ts';
import { holdsPoint } from '../../src/geo/polygon.ts';
import { type FoundThing, writeAnalysis } from '../../src/store/analyses.ts';
import { writeCameras } from '../../src/store/cameras.ts';
import type { Db } from '../../src/store/db.ts';
import { type DensityWish, readDensity } from '../../src/store/density.ts';
import { writeModel } from '../../src/store/models.ts';
import { writePhoto } from '../../src/store/photos.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { camera, lake, makeFound, makePhoto, makeSquare, writePlaces } from '../support/lake-fixture.ts';

const modelId = 'all@1';
const other = { ...camera, id: 'south' as typeof camera.id, name: 'South' };
/** What each camera sees: two squares that overlap, and leave most of the surroundings unseen. */
const views = [
  { cameraId: camera.id, viewshed: makeSquare(6.4, 44.8, 0.002) },
  { cameraId: other.id, viewshed: makeSquare(6.401, 44.801, 0.002) },
];

interface Shot {
  readonly view: number;
  /** Local days and hours are two hours later. */
  readonly takenAt: Date;
  readonly visibility: 'usable' | 'fog';
  readonly moved: boolean;
  readonly persons: readonly (readonly [number, number])[];
}

/** The same season every time. Source: Numerical Recipes, ranqd1. */
function makeSeason(): readonly Shot[] {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: 80 }, (_, n): Shot => {
    const view = n % 2;
    const [lng = 0, lat = 0] = views[view]?.viewshed.coordinates[0]?.[0] ?? [];
    const takenAt = new Date(
      Date.UTC(2026, 6, 1 + Math.floor(n / 20), Math.floor(random() * 24), Math.floor(random() * 60), n % 60),
    );
    // an error ellipse may put somebody outside what the camera sees
    const persons = Array.from({ length: Math.floor(random() * 5) }, () => {
      return [lng - 0.0003 + random() * 0.0026, lat - 0.0003 + random() * 0.0026] as const;
    });
    return { view, takenAt, visibility: random() < 0.2 ? 'fog' : 'usable', moved: random() < 0.1, persons };
  });
}
const season = makeSeason();

interface Cell {
  readonly geometry: Polygon;
  readonly properties: {
    readonly count: number | null;
    readonly frames: number | null;
    readonly nights: number | null;
    readonly rate: number | null;
    readonly widthM: number;
  };
}

const whole = {
  lakeId: lake.id,
  from: undefined,
  to: undefined,
  hourFrom: undefined,
  hourTo: undefined,
  cellM: undefined,
};
async function ask(db: Db, wish: Partial<DensityWish> & Pick<DensityWish, 'label'>): Promise<readonly Cell[]> {
  return JSON.parse(await readDensity(db, { ...whole, ...wish })).features;
}

async function writeCalibration(db: Db, { cameraId, viewshed }: (typeof views)[number]): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    `insert into rivage.calibration (camera_id, body, rmse_px)
     values ($1, '{"camera": {"sizePx": {"widthPx": 4000, "heightPx": 3000}}}', 1) returning calibration_id as id`,
    [cameraId],
  );
  const id = row?.id ?? 0;
  await db.query(
    `insert into rivage.viewshed (calibration_id, geom, cell_m, source)
     values ($1, ST_Multi(ST_GeomFromGeoJSON($2)), 5, 'test')`,
    [id, JSON.stringify(viewshed)],
  );
  return id;
}

async function shoot(db: Db, shot: Shot, calibrationId: number | undefined, found: FoundThing[]): Promise<void> {
  const { takenAt, visibility, view, moved } = shot;
  const photo = makePhoto(takenAt.toISOString(), visibility, views[view]?.cameraId);
  await writePhoto(db, photo);
  await writeAnalysis(db, { photoId: photo.id, modelId, calibrationId, durationMs: 1, found });
  if (!moved || calibrationId === undefined) return;
  await db.query("insert into rivage.photo_drift (photo_id, calibration_id, state) values ($1, $2, 'moved')", [
    photo.id,
    calibrationId,
  ]);
}

function centreOf({ geometry }: Cell): readonly [number, number] {
  const corners = geometry.coordinates[0]?.slice(0, 6) ?? [];
  const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + (corner[axis] ?? 0), 0) / 6;
  return [mean(0), mean(1)];
}

const local = (takenAt: Date) => new Date(takenAt.getTime() + 7_200_000);

describeOnBothEngines('density', (getDb) => {
  beforeAll(async () => {
    const db = getDb();
    await writePlaces(db);
    await writeCameras(db, [camera, other]);
    await writeModel(db, { modelId, labels: ['person', 'tent'], thresholds: { person: 0.3, tent: 0.3 } });
    const calibrations = [];
    for (const view of views) calibrations.push(await writeCalibration(db, view));
    for (const shot of season) {
      const found = [
        ...shot.persons.map((place) => makeFound('person', place)),
        makeFound('person', [6.4011, 44.8011], 0.1),
      ];
      await shoot(db, shot, calibrations[shot.view], found);
    }
  });

  it.each([
    ['all days', {}, () => true],
    ['some days', { from: '2026-07-02', to: '2026-07-03' }, (at: Date) => [2, 3].includes(at.getUTCDate())],
    ['an afternoon', { hourFrom: 14, hourTo: 18 }, (at: Date) => at.getUTCHours() >= 14 && at.getUTCHours() < 18],
    [
      'a night',
      { hourFrom: 21, hourTo: 5.5, cellM: 40 },
      (at: Date) => {
        const hour = at.getUTCHours() + at.getUTCMinutes() / 60;
        return hour >= 21 || hour < 5.5;
      },
    ],
  ])('is what one counts by hand: %s', async (_what, wish, isWished) => {
    const shots = season.filter(
      ({ takenAt, visibility, moved }) => visibility === 'usable' && !moved && isWished(local(takenAt)),
    );
    const cells = await ask(getDb(), { label: 'person', ...wish });
    for (const cell of cells) {
      const holds = ([lng, lat]: readonly [number, number]) => holdsPoint(cell.geometry, lng, lat);
      const sees = views.map(({ viewshed }, view) => {
        const [lng, lat] = centreOf(cell);
        return holdsPoint(viewshed, lng, lat) || shots.some((shot) => shot.view === view && shot.persons.some(holds));
      });
      const frames = shots.filter(({ view }) => sees[view]).length;
      const count = shots.flatMap(({ persons }) => persons).filter(holds).length;
      expect(cell.properties).toMatchObject({
        ...{ count: frames > 0 ? count : null, frames, nights: null },
        rate: frames > 0 ? expect.closeTo(count / frames, 9) : null,
      });
    }
    const counted = cells.reduce((sum, { properties }) => sum + (properties.count ?? 0), 0);
    expect(counted).toBe(shots.flatMap(({ persons }) => persons).length);
    expect(cells.filter(({ properties }) => properties.count === null).length).toBeGreaterThan(10);
    expect(cells.filter(({ properties }) => properties.count === 0).length).toBeGreaterThan(10);
  });

  it('has hexagons that are as wide in every direction, whatever the latitude', async () => {
    for (const cellM of [20, 50]) {
      const [cell] = await ask(getDb(), { label: 'person', cellM });
      expect(cell?.properties.widthM).toBe(cellM);
      const [lng, lat] = cell ? centreOf(cell) : [0, 0];
      for (const [x = 0, y = 0] of cell?.geometry.coordinates[0] ?? []) {
        const { eastM, northM } = toEnu({ lng, lat, heightM: 0 }, { lng: x, lat: y, heightM: 0 });
        const perCent = (100 * Math.hypot(eastM, northM)) / (cellM / Math.sqrt(3));
        expect(perCent).toBeGreaterThan(99.5);
        expect(perCent).toBeLessThan(100.5);
      }
    }
  });

  it('lies on one grid of Lambert-93 whatever is asked, and says the same by 100 hours', async () => {
    const cells = await getDb().query<{
      column: number;
      row: number;
      per_100_h: number | null;
      objects: number | null;
    }>(
      `select ST_X(middle) / (20 * sqrt(0.75)) as column, 2 * ST_Y(middle) / 20 as row, per_100_h, objects
       from rivage.heatmap('lac-rond', '2026-07-02', '2026-07-03', 'person', 20)
       cross join lateral ST_Centroid(ST_Transform(geom, 2154)) as middle`,
    );
    for (const { column, row } of cells) {
      expect(column).toBeCloseTo(Math.round(column), 3);
      expect(row).toBeCloseTo(Math.round(row), 3);
      // columns stand half a hexagon higher in turns
      expect((Math.round(column) + Math.round(row)) % 2).toBe(0);
    }
    const asDensity = await ask(getDb(), { label: 'person', from: '2026-07-02', to: '2026-07-03', cellM: 20 });
    expect(cells.map((cell) => cell.objects)).toEqual(asDensity.map(({ properties }) => properties.count));
    expect(cells.map((cell) => cell.per_100_h)).toEqual(
      asDensity.map(({ properties: { rate } }) => (rate === null ? null : 100 * rate)),
    );
  });

  it('knows nothing where no model looks for a thing', async () => {
    const cells = await ask(getDb(), { label: 'boat' });
    expect(cells.length).toBeGreaterThan(100);
    expect(new Set(cells.map(({ properties }) => properties.count))).toEqual(new Set([null]));
  });

  it('is a map view for the reader role too, of each shown label', async () => {
    const rows = await getDb().transaction(async (tx) => {
      await tx.exec('set local role rivage_reader');
      return tx.query(
        'select label, sum(count)::int as n, count(distinct fid) = count(*) as keyed from rivage.density_map group by label order by label',
      );
    });
    const seen = season
      .filter(({ visibility, moved }) => visibility === 'usable' && !moved)
      .flatMap(({ persons }) => persons);
    expect(rows).toEqual([
      { label: 'person', n: seen.length, keyed: true },
      { label: 'tent', n: 0, keyed: true },
    ]);
  });

  describe('of tents', () => {
    const pitch = [6.4015, 44.8015] as const;

    /** Both cameras see one tent from the evening of the 10th to the morning of the 13th; nobody looks on the 11th. */
    beforeAll(async () => {
      const db = getDb();
      for (const [view, { cameraId }] of views.entries()) {
        for (const takenAt of ['2026-07-10T18:00Z', '2026-07-11T05:00Z', '2026-07-12T19:00Z', '2026-07-14T19:00Z']) {
          await shoot(
            db,
            { view, takenAt: new Date(takenAt), visibility: 'usable', moved: false, persons: [] },
            undefined,
            [],
          );
        }
        await db.query(
          `insert into rivage.stay (camera_id, model_id, label, geom, cov_ee_m2, cov_en_m2, cov_nn_m2, first_seen, last_seen, frames, thing)
           values ($1, $2, 'tent', ST_Point($3, $4, 4326), 1, 0, 1, '2026-07-10T18:00Z', '2026-07-12T19:00Z', 3, 1)`,
          [cameraId, modelId, ...pitch],
        );
      }
    });

    it('counts a tent of two cameras once a night, and only nights that somebody watched', async () => {
      const cells = await ask(getDb(), { label: 'tent', from: '2026-07-08', to: '2026-07-20' });
      const cell = cells.find(({ geometry }) => holdsPoint(geometry, ...pitch));
      expect(cell?.properties).toMatchObject({ count: 2, frames: null, nights: 3 });
      expect(cell?.properties.rate).toBeCloseTo(2 / 3, 9);
    });

    it('says 0 for a night without tent, and nothing for one without photo', async () => {
      const at = async (night: string) => {
        const cells = await ask(getDb(), { label: 'tent', from: night, to: night });
        return cells.find(({ geometry }) => holdsPoint(geometry, ...pitch))?.properties;
      };
      expect(await at('2026-07-12')).toMatchObject({ count: 1, nights: 1 });
      expect(await at('2026-07-11')).toMatchObject({ count: null, nights: 0, rate: null });
    });
  });
});
