import type { MultiPolygon } from 'geojson';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { openStation } from '../../src/pipeline/station.ts';
import type { Tools } from '../../src/pipeline/tools.ts';
import { withdrawCalibrations } from '../../src/store/calibrations.ts';
import { readViewshedSources, writeViewshed } from '../../src/store/viewsheds.ts';
import { getCamera } from '../../src/workspace/cameras.ts';
import { describeOnBothEngines, makeTempFolder } from '../support/databases.ts';
import { makeSquare } from '../support/lake-fixture.ts';
import { openSmallTools, writeSmallWorkspace } from '../support/small-workspace.ts';

interface Row {
  readonly fid: number;
  readonly calibrationId: number;
  readonly camera: string;
  readonly areaM2: number;
  readonly cellM: number;
  readonly ahead: boolean;
  readonly behind: boolean;
}

const rowsSql = `
  select fid, calibration_id as "calibrationId", camera, area_m2 as "areaM2", cell_m as "cellM",
    ST_Covers(geom, ST_SetSRID(ST_MakePoint(6.4, 44.9010), 4326)) as ahead,
    ST_Covers(geom, ST_SetSRID(ST_MakePoint(6.4, 44.8995), 4326)) as behind
  from rivage.viewshed_map`;

describeOnBothEngines('viewsheds', (getDb) => {
  let tools: Tools;
  let folder: string;
  beforeAll(async () => {
    folder = await makeTempFolder();
    await writeSmallWorkspace(folder, { 'a.jpg': '2025:07:14 12:00:00' });
  });
  beforeEach(async () => {
    tools = await openSmallTools(getDb(), folder);
  });
  const south = () => getCamera(tools.workspace, 'south');
  const rows = () => getDb().query<Row>(rowsSql);

  it('are made when a camera is opened, and not again while its ground is the same', async () => {
    await openStation(tools, south());
    const made = await rows();
    expect(made).toMatchObject([{ camera: 'South', cellM: expect.closeTo(5, 0), ahead: true, behind: false }]);
    const when = () => getDb().query('select xmin::text as written from rivage.viewshed');
    const before = await when();
    await openStation(tools, south());
    expect(await when()).toEqual(before);
  });

  it('have the area of their ground in m²', async () => {
    await openStation(tools, south());
    const [row] = await rows();
    const shape: MultiPolygon = { type: 'MultiPolygon', coordinates: [makeSquare(6.4, 44.9, 0.001).coordinates] };
    await writeViewshed(getDb(), { calibrationId: row?.calibrationId ?? 0, shape, cellM: 5, source: 'x' });
    // 0.001° of longitude at 44.9° north and of latitude are 78.97 m and 111.13 m
    expect((await rows())[0]?.areaM2).toBeCloseTo(78.97 * 111.13, -1);
  });

  it('are made anew when the lake or the water is another', async () => {
    await openStation(tools, south());
    const [before] = (await readViewshedSources(getDb(), 'south')).values();
    const lakes = tools.workspace.lakes.map((lake) => ({ ...lake, waterLevelM: lake.waterLevelM - 20 }));
    await openStation({ ...tools, workspace: { ...tools.workspace, lakes } }, south());
    const [after] = (await readViewshedSources(getDb(), 'south')).values();
    expect(after).not.toBe(before);
    expect((await rows())[0]?.ahead).toBe(true);
  });

  it('of a calibration from before there were viewsheds are made when its camera is opened', async () => {
    await openStation(tools, south());
    await getDb().exec('delete from rivage.viewshed');
    expect(await rows()).toEqual([]);
    await openStation(tools, south());
    expect(await rows()).toHaveLength(1);
  });

  it('are shown while their calibration holds', async () => {
    await openStation(tools, south());
    const hold = (change: string) => getDb().exec(`update rivage.calibration set ${change}`);
    await hold("valid_to = now() + interval '1 day'");
    expect(await rows()).toHaveLength(1);
    await hold("valid_from = now() - interval '2 days', valid_to = now() - interval '1 day'");
    expect(await rows()).toEqual([]);
    await hold("valid_from = now() + interval '1 day', valid_to = null");
    expect(await rows()).toEqual([]);
    await hold('valid_from = null');
    const [row] = await rows();
    await withdrawCalibrations(getDb(), [row?.calibrationId ?? 0]);
    expect(await rows()).toEqual([]);
  });

  it('of a camera that sees no ground are stored and not shown', async () => {
    await openStation(tools, south());
    const [row] = await rows();
    const shape: MultiPolygon = { type: 'MultiPolygon', coordinates: [] };
    await writeViewshed(getDb(), { calibrationId: row?.calibrationId ?? 0, shape, cellM: 5, source: 'x' });
    expect(await rows()).toEqual([]);
    expect((await readViewshedSources(getDb(), 'south')).size).toBe(1);
  });
});
