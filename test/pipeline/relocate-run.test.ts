import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { processRun } from '../../src/pipeline/process-run.ts';
import { relocateRun } from '../../src/pipeline/relocate-run.ts';
import type { Db } from '../../src/store/db.ts';
import { readWorkspace } from '../../src/workspace/read-workspace.ts';
import { describeOnBothEngines, makeTempFolder } from '../support/databases.ts';
import { openSmallTools, writeGcps, writeSmallWorkspace } from '../support/small-workspace.ts';

const evening = { 'a.jpg': '2025:07:14 19:30:00', 'b.jpg': '2025:07:14 20:00:00' };
const everything = { cameraIds: undefined, from: undefined, to: undefined };
const options = { onProgress: () => undefined, signal: new AbortController().signal };

/** Where each tent is, m to the east of the camera, by which calibration. */
function readTents(db: Db) {
  return db.query<{ fid: number; calibration: number; east_m: number }>(
    `select fid, calibration_id as calibration,
       ST_Distance(geom::geography, ST_SetSRID(ST_MakePoint(6.4, ST_Y(geom)), 4326)::geography)
         * sign(ST_X(geom) - 6.4) as east_m
     from rivage.sighting_map where label = 'tent' order by taken_at`,
  );
}

async function changeGcps(folder: string, gcps: object): Promise<void> {
  const file = path.join(folder, 'cameras/south.json');
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), gcps }));
}

describeOnBothEngines('relocateRun', (getDb) => {
  it('puts old sightings where better points have them; until then they keep the calibration that made them', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    await writeFile(path.join(folder, 'south.csv'), writeGcps(10));
    const tools = await openSmallTools(getDb(), folder);
    await processRun(tools, everything, options);
    const before = await readTents(getDb());
    // 10 px at a focal length of 500 px, 100 m away
    for (const { east_m } of before) expect(east_m).toBeCloseTo(-2, 0);
    await writeFile(path.join(folder, 'south.csv'), writeGcps());
    await processRun(tools, everything, options);
    expect(await readTents(getDb())).toEqual(before);
    expect(await relocateRun(tools, everything, options)).toMatchObject({ total: 2, done: 2, failed: 0, sightings: 4 });
    const after = await readTents(getDb());
    expect(after.map(({ fid }) => fid)).toEqual(before.map(({ fid }) => fid));
    for (const { east_m } of after) expect(Math.abs(east_m)).toBeLessThan(0.1);
    expect(after[0]?.calibration).not.toBe(before[0]?.calibration);
    const history = await getDb().query(
      'select photos, withdrawn_at is null as used from rivage.calibration_history order by 2',
    );
    expect(history).toEqual([
      { photos: 0, used: false },
      { photos: 2, used: true },
    ]);
    expect(await getDb().query('select from rivage.stay')).toHaveLength(1);
  });

  it('keeps to the time that each set of points holds', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    await writeFile(path.join(folder, 'knocked.csv'), writeGcps(10));
    await changeGcps(folder, [
      { file: 'south.csv', epsg: 4326 },
      { file: 'knocked.csv', epsg: 4326, validFrom: '2025-07-14T19:45:00+02:00' },
    ]);
    const tools = await openSmallTools(getDb(), folder);
    await processRun(tools, everything, options);
    const [first, second] = await readTents(getDb());
    expect(first?.east_m).toBeCloseTo(0, 0);
    expect(second?.east_m).toBeCloseTo(-2, 0);
    expect(first?.calibration).not.toBe(second?.calibration);
  });

  it('leaves photos after the end of the last calibration in the picture', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    await changeGcps(folder, { file: 'south.csv', epsg: 4326, validTo: '2025-07-14T19:45:00+02:00' });
    const tools = await openSmallTools(getDb(), folder);
    expect(await processRun(tools, everything, options)).toMatchObject({ detections: 4, sightings: 2 });
    const reasons = await getDb().query('select distinct reason from rivage.sighting where geom is null');
    expect(reasons).toEqual([{ reason: 'not-calibrated' }]);
  });

  it('leaves everything as it was where the points are wrong now, and says so', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    const tools = await openSmallTools(getDb(), folder);
    await processRun(tools, everything, options);
    const before = await readTents(getDb());
    await writeFile(path.join(folder, 'south.csv'), 'name,u,v,lon,lat,h\np1,1,2,oops,44.9,2200\n');
    const report = await relocateRun(tools, everything, options);
    expect(report.problems[0]?.error.params).toMatchObject({ line: 2 });
    expect(await readTents(getDb())).toEqual(before);
  });

  it('puts the water as high as it was that day', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    const heights = () =>
      getDb().query<{ h: number }>('select distinct round(height_m::numeric, 2)::float8 as h from rivage.sighting_map');
    const tools = await openSmallTools(getDb(), folder);
    await processRun(tools, everything, options);
    expect(await heights()).toEqual([{ h: 2200 }]);
    const readings = 'lake_id,date,level_m,sigma_m\nrond,2025-07-01,2198,0.1\nrond,2025-08-01,2198,0.1\n';
    await writeFile(path.join(folder, 'water-levels.csv'), readings);
    await relocateRun({ ...tools, workspace: await readWorkspace(folder) }, everything, options);
    expect(await heights()).toEqual([{ h: 2198 }]);
  });
});
