import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { registerDetect } from '../../src/cli/detect.ts';
import { registerProcess } from '../../src/cli/process.ts';
import { databaseFolder } from '../../src/cli/wire.ts';
import { getCrs } from '../../src/geo/crs.ts';
import type { Db } from '../../src/store/db.ts';
import { openDb } from '../../src/store/open.ts';
import { makeTempFolder, quietLog } from '../support/databases.ts';
import { makeSquare } from '../support/lake-fixture.ts';
import { describeWithReferenceData, referencePath } from '../support/reference-data.ts';
import { runForJson } from '../support/run-command.ts';

interface DetectedPhoto {
  readonly photo: string;
  readonly error?: object;
  readonly detections: readonly { readonly label: string }[];
}

describeWithReferenceData('rivage detect on real fixed cameras', 'data/photos', () => {
  const countPersons = async (folder: string) => {
    const args = ['detect', referencePath(folder), '--min-confidence', '0.3', '--json'];
    const { answer } = await runForJson(registerDetect, args, { folder: '/' });
    const photos = answer as readonly DetectedPhoto[];
    expect(photos.filter(({ error }) => error)).toEqual([]);
    return new Map(
      photos.map(({ photo, detections }) => [
        path.basename(photo),
        detections.filter(({ label }) => label === 'person').length,
      ]),
    );
  };

  it('sees people on every frame of a crowded beach, and hardly any on its empty one', {
    timeout: 300_000,
  }, async () => {
    const persons = await countPersons('data/photos/beach_fixed_camera/images');
    expect(persons.size).toBe(11);
    for (const [photo, count] of persons) {
      // a far figure, and a gap between moored boats
      if (photo === '0_empty.jpg') expect(count).toBeLessThanOrEqual(2);
      else expect(count).toBeGreaterThanOrEqual(1);
    }
  });

  it('sees next to nobody where there is nobody: 13 alpine photos', { timeout: 300_000 }, async () => {
    const persons = await countPersons('data/photos/alpine_fixed');
    expect(persons.size).toBe(13);
    expect([...persons.values()].reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(2);
  });
});

describeWithReferenceData('rivage process on the Finse camera', 'data/finse_webcam', () => {
  const utm = getCrs(32632);
  const data = (name: string) => referencePath(`data/finse_webcam/${name}`);
  let answer: unknown;
  let db: Db;

  beforeAll(async () => {
    const folder = await makeTempFolder();
    await writeFinse(folder);
    answer = (await runForJson(registerProcess, ['process', '--json'], { folder })).answer;
    db = await openDb({ folder: databaseFolder(folder), log: quietLog });
    return () => db.close();
  }, 300_000);

  /** As a user would write it. The outline of the lake is a rough square: the photos are about the terrain. */
  async function writeFinse(folder: string): Promise<void> {
    const write = (name: string, value: unknown) => writeFile(path.join(folder, name), JSON.stringify(value, null, 2));
    await mkdir(path.join(folder, 'photos/finse'), { recursive: true });
    await mkdir(path.join(folder, 'cameras'));
    for (const photo of ['2019-05-24_12-00_ori.jpg', '2022-07-08.jpg']) {
      await copyFile(data(photo), path.join(folder, 'photos/finse', photo));
    }
    await writeFile(path.join(folder, 'gcps.csv'), await toGcpTable());
    const dem = { file: data('time_lapse_finse_DSM_midfilled.tif'), epsg: 32632, heightSigmaM: 0.5 };
    await write('rivage.json', { name: 'Finse', metricEpsg: 32632, dem });
    const { lng, lat } = utm.toLngLat({ x: 419560, y: 6718560 });
    const lake = { id: 'finse', name: 'Finse', waterLevelM: 1209, waterLevelSigmaM: 0.5, timeZone: 'Europe/Oslo' };
    const geometry = makeSquare(lng, lat, 0.001);
    await write('lakes.geojson', {
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: lake, geometry }],
    });
    await write('zones.geojson', { type: 'FeatureCollection', features: [] });
    const position = { ...utm.toLngLat({ x: 419169.2, y: 6718421.3 }), heightM: 1212.47, sigmaM: 3 };
    await write('cameras/finse.json', {
      ...{ name: 'Finse', lakeId: 'finse', photos: 'photos/finse', position, focalPx: 1484, intervalMin: 60 },
      ...{
        clockTimeZone: 'Europe/Oslo',
        clockOffsetS: 0,
        timeFromFileName: true,
        gcps: { file: 'gcps.csv', epsg: 32632 },
      },
    });
  }

  async function toGcpTable(): Promise<string> {
    const [, ...rows] = (await readFile(data('GCPs_pointagev4.csv'), 'utf8')).trim().split(/\r?\n/);
    const used = rows.map((row) => row.split(',')).filter((cells) => cells[6] === '1');
    return ['name,u,v,x,y,z', ...used.map(([name, z, x, y, u, v]) => [name, u, v, x, y, z].join())].join('\n');
  }

  it('calibrates from the 42 GCPs within 3.65 px, 4.2 px left out one by one', async () => {
    expect(
      await db.query('select rmse_px <= 3.65 as fits, loo_rmse_px <= 4.2 as predicts from rivage.calibration'),
    ).toEqual([{ fits: true, predicts: true }]);
  });

  it('takes the photo whose name holds its time, and keeps the other as a row with its reason', async () => {
    expect(answer).toMatchObject({ total: 2, done: 2, failed: 1, problems: [] });
    expect(await db.query('select path, visibility, reason from rivage.photo order by path')).toEqual([
      { path: 'photos/finse/2019-05-24_12-00_ori.jpg', visibility: 'usable', reason: null },
      { path: 'photos/finse/2022-07-08.jpg', visibility: 'unreadable', reason: 'photo-without-time' },
    ]);
  });

  it('puts what it finds on the terrain within 5 km, or says why not', async () => {
    const [row] = await db.query<{ found: number; placed: number; reasons: string[] | null; far: number }>(
      `select count(*)::int as found, count(geom)::int as placed, max(range_m) as far,
         array_agg(distinct reason) filter (where reason is not null) as reasons from rivage.sighting`,
    );
    expect(row?.placed).toBeGreaterThan(0);
    expect(row?.far).toBeLessThan(5000);
    expect(row?.found).toBe((answer as { detections: number }).detections);
  });
});
