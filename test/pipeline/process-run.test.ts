import { copyFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Detector, Look } from '../../src/detect/detector.ts';
import { decodePicture, encodeJpeg } from '../../src/picture/codec.ts';
import { processRun, type RunWish } from '../../src/pipeline/process-run.ts';
import { relocateRun } from '../../src/pipeline/relocate-run.ts';
import { modelIdOf, type Tools } from '../../src/pipeline/tools.ts';
import type { Db } from '../../src/store/db.ts';
import { describeOnBothEngines, makeTempFolder } from '../support/databases.ts';
import {
  fakeDetector,
  makePhoto,
  openSmallTools as openTools,
  seenAt,
  writeSmallWorkspace,
} from '../support/small-workspace.ts';
import { cover } from '../support/spoil-picture.ts';

const evening = { 'a.jpg': '2025:07:14 19:30:00', 'b.jpg': '2025:07:14 20:00:00' };
const everything: RunWish = { cameraIds: undefined, from: undefined, to: undefined };

function run(tools: Tools, wish: RunWish = everything, signal = new AbortController().signal) {
  return processRun(tools, wish, { onProgress: () => undefined, signal });
}

async function countRows(db: Db, table: string): Promise<number> {
  const [row] = await db.query<{ n: number }>(`select count(*)::int as n from rivage.${table}`);
  return row?.n ?? 0;
}

describeOnBothEngines('processRun', (getDb) => {
  it('takes a photo the whole way: calibrated, located within its ellipse, in its zone', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    const tools = await openTools(getDb(), folder);
    expect(await run(tools)).toMatchObject({ total: 2, done: 2, failed: 0, detections: 4, sightings: 4, problems: [] });
    const rows = await getDb().query<{ label: string; off_m: number; semi_major_m: number; zones: string }>(
      `select label, semi_major_m, zones,
         ST_Distance(geom::geography, ST_Project(ST_SetSRID(ST_MakePoint(6.4, 44.9), 4326)::geography, 100, 0)) as off_m
       from rivage.sighting_map where label = 'tent'`,
    );
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row.off_m).toBeLessThan(row.semi_major_m);
      expect(row.off_m).toBeLessThan(1);
      expect(row.zones).toContain('Water');
    }
  });

  it('links a tent of two frames into a stay and counts its night; the night before is unknown', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    await run(await openTools(getDb(), folder));
    expect(await countRows(getDb(), 'stay')).toBe(1);
    const nights = await getDb().query<{ night: string; tents: number | null }>(
      'select night::text, tents from rivage.bivouac_night where zone_id is null',
    );
    expect(nights).toEqual([{ night: '2025-07-14', tents: 1 }]);
  });

  it('looks where the ground says, and believes less of a tent as high as a house; relocating keeps that', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, { 'a.jpg': evening['a.jpg'] });
    const tent = seenAt(0, 'tent');
    const house = { ...tent, box: { ...tent.box, x: tent.box.x - 12, y: tent.box.y - 22, w: 30, h: 30 } };
    const looks: Look[] = [];
    const fake = fakeDetector([]);
    const detector: Detector = {
      ...fake,
      detect: async (_, look) => {
        looks.push(look);
        return [tent, house];
      },
    };
    const tools = await openTools(getDb(), folder, detector);
    await run(tools);
    expect(looks[0]?.slices?.length).toBeGreaterThan(0);
    const judged = () =>
      getDb().query<{ confidence: number; plausibility: number; shown: number }>(
        'select confidence, plausibility, shown_confidence as shown from rivage.detection order by h',
      );
    const [right, wrong] = await judged();
    expect(right).toEqual({ confidence: 0.8, plausibility: 1, shown: 0.8 });
    expect(wrong?.plausibility).toBeLessThan(0.2);
    expect(wrong?.shown).toBeCloseTo(0.8 * (wrong?.plausibility ?? 0));
    await getDb().exec('update rivage.detection set plausibility = null');
    await relocateRun(tools, everything, { onProgress: () => undefined, signal: new AbortController().signal });
    expect(await judged()).toEqual([right, wrong]);
    expect(await getDb().query("select from rivage.sighting_map where label = 'tent'")).toHaveLength(1);
  });

  it('passes over what has not changed and held nothing lately, and says so of each photo', async () => {
    const times = Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((n) => [`${n}.jpg`, `2025:07:14 12:0${n}:00`]));
    const looked = async (wishes: { readonly finds: boolean; readonly changeGate: boolean }) => {
      const folder = await makeTempFolder();
      await writeSmallWorkspace(folder, times);
      await getDb().exec('delete from rivage.photo');
      const tools = await openTools(getDb(), folder, fakeDetector(wishes.finds ? [seenAt(0, 'tent')] : []));
      const cameras = tools.workspace.cameras.map((camera) => ({ ...camera, changeGate: wishes.changeGate }));
      await run({ ...tools, workspace: { ...tools.workspace, cameras } });
      const rows = await getDb().query<{ looked: string }>('select looked from rivage.change_gate order by taken_at');
      return rows.map((row) => row.looked);
    };
    const all = new Array(5).fill('all');
    expect(await looked({ finds: false, changeGate: true })).toEqual([...all, 'nothing', 'nothing']);
    expect(await looked({ finds: true, changeGate: true })).toEqual([...all, 'parts', 'parts']);
    expect(await looked({ finds: false, changeGate: false })).toEqual([...all, 'all', 'all']);
  });

  it('leaves out a photo before which a hand was held, whichever card is read first', async () => {
    const days = Array.from({ length: 14 }, (_, day) => String(day + 1).padStart(2, '0'));
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, Object.fromEntries(days.map((day) => [`${day}.jpg`, `2025:07:${day} 12:00:00`])));
    const hidden = path.join(folder, 'photos/south/05.jpg');
    const hand = cover(await decodePicture(hidden), { x: 0.4, y: 0, w: 0.6, h: 1 }, [30, 25, 20]);
    await writeFile(hidden, await encodeJpeg(hand, 90, { takenAtLocal: '2025:07:05 12:00:00' }));
    const answers = [];
    for (const first of [new Date('2025-07-08T00:00:00Z'), undefined]) {
      await getDb().exec('delete from rivage.photo');
      const tools = await openTools(getDb(), folder);
      if (first) await run(tools, { ...everything, from: first });
      await run(tools);
      answers.push(
        await getDb().query(
          'select path, visibility, visibility_origin as origin from rivage.photo order by path collate "C"',
        ),
      );
    }
    const [byTwo, byOne] = answers;
    expect(byTwo).toEqual(byOne);
    expect(byTwo?.filter((row) => (row as { visibility: string }).visibility !== 'usable')).toEqual([
      { path: 'photos/south/05.jpg', visibility: 'blocked', origin: 'history' },
    ]);
  });

  it('does nothing twice', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    const tools = await openTools(getDb(), folder);
    await run(tools);
    expect(await run(tools)).toMatchObject({ total: 0, done: 0, detections: 0 });
    expect(await countRows(getDb(), 'detection')).toBe(4);
    expect(await countRows(getDb(), 'calibration')).toBe(1);
  });

  it('keeps a row with its reason for each file that is no photo, and goes on', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    const photos = path.join(folder, 'photos/south');
    const good = await makePhoto('2025:07:14 20:30:00');
    await writeFile(path.join(photos, '0-empty.jpg'), '');
    await writeFile(path.join(photos, '1-text.jpg'), 'not a picture');
    await writeFile(path.join(photos, '2-cut.jpg'), good.subarray(0, good.length / 2));
    await copyFile(path.join(photos, 'a.jpg'), path.join(photos, 'copy-of-a.jpg'));
    const tools = await openTools(getDb(), folder);
    expect(await run(tools)).toMatchObject({ total: 6, done: 6, failed: 3, duplicates: 1 });
    const reasons = await getDb().query('select path, reason from rivage.photo where reason is not null order by path');
    expect(reasons).toEqual([
      { path: 'photos/south/0-empty.jpg', reason: 'photo-empty' },
      { path: 'photos/south/1-text.jpg', reason: 'photo-not-a-picture' },
      { path: 'photos/south/2-cut.jpg', reason: 'photo-truncated' },
    ]);
    expect(await run(tools)).toMatchObject({ total: 0 });
    expect(await readdir(photos)).toHaveLength(6);
  });

  it('knows the same bytes again while the first of them are still being stored', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    const photos = path.join(folder, 'photos/south');
    for (const name of ['a-1.jpg', 'a-2.jpg']) await copyFile(path.join(photos, 'a.jpg'), path.join(photos, name));
    const tools = await openTools(getDb(), folder);
    expect(await run(tools)).toMatchObject({ total: 4, done: 4, duplicates: 2, detections: 4 });
    expect(await countRows(getDb(), 'analysis')).toBe(2);
  });

  it('reads the next photo while the network looks at one, and stores the one before meanwhile', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    let [read, looks] = [0, 0];
    const detector: Detector = {
      ...fakeDetector([]),
      detect: async () => {
        looks++;
        await vi.waitFor(() => expect(read).toBe(2), { timeout: 5000 });
        return [seenAt(0, 'tent')];
      },
    };
    const tools = await openTools(getDb(), folder, detector);
    const db: Db = {
      ...tools.db,
      query: (sql, params) => {
        if (sql.includes('from rivage.analysis where photo_id')) read++;
        return tools.db.query(sql, params);
      },
      transaction: async (work) => {
        if (looks > 0) await vi.waitFor(() => expect(looks).toBe(2), { timeout: 5000 });
        return tools.db.transaction(work);
      },
    };
    expect(await run({ ...tools, db })).toMatchObject({ total: 2, done: 2, failed: 0, detections: 2 });
  });

  it('stores nothing of a photo whose look was cut short', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    const stop = new AbortController();
    const detector: Detector = {
      ...fakeDetector([]),
      detect: async () => {
        stop.abort();
        return [seenAt(0, 'tent')];
      },
    };
    const tools = await openTools(getDb(), folder, detector);
    expect(await run(tools, everything, stop.signal)).toMatchObject({ total: 2, done: 0 });
    expect(await countRows(getDb(), 'photo')).toBe(0);
    expect(await run({ ...tools, detector: fakeDetector([]) })).toMatchObject({ total: 2, done: 2 });
  });

  it('reads a photo without time again, and takes it once the camera says that its name holds the time', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, {});
    const timeless = await encodeJpeg(await decodePicture(await makePhoto('2025:07:14 20:30:00')), 90);
    await writeFile(path.join(folder, 'photos/south/IMG_20250714_203000.jpg'), timeless);
    await writeFile(path.join(folder, 'photos/south/sized.jpg'), await makePhoto('2025:07:14 21:00:00'));
    const tools = await openTools(getDb(), folder);
    expect(await run(tools)).toMatchObject({ total: 2, failed: 1 });
    expect(await run(tools)).toMatchObject({ total: 1, failed: 1 });
    const cameras = tools.workspace.cameras.map((camera) => ({ ...camera, timeFromFileName: true }));
    expect(await run({ ...tools, workspace: { ...tools.workspace, cameras } })).toMatchObject({ total: 1, failed: 0 });
    expect(await getDb().query("select from rivage.photo where visibility = 'unreadable'")).toEqual([]);
  });

  it('stores what a network fails on as failed, and goes on with the next photo', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    let calls = 0;
    const detector = {
      ...fakeDetector([]),
      detect: async () => (calls++ === 0 ? Promise.reject(new Error('boom')) : []),
    };
    expect(await run(await openTools(getDb(), folder, detector))).toMatchObject({ done: 2, failed: 1 });
    expect(await getDb().query('select reason from rivage.analysis where reason is not null')).toEqual([
      { reason: 'internal' },
    ]);
  });

  it('stops between two photos and takes up the rest the next time', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    const stop = new AbortController();
    const tools = await openTools(getDb(), folder);
    const onProgress = ({ done }: { done: number }) => done === 1 && stop.abort();
    expect(await processRun(tools, everything, { onProgress, signal: stop.signal })).toMatchObject({
      total: 2,
      done: 1,
    });
    expect(await run(tools)).toMatchObject({ total: 1, done: 1 });
  });

  it('leaves photos of another time alone, for another run', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    const tools = await openTools(getDb(), folder);
    const from = new Date('2025-07-14T17:45:00Z');
    expect(await run(tools, { ...everything, from })).toMatchObject({ total: 2, outside: 1, detections: 2 });
    expect(await countRows(getDb(), 'photo')).toBe(1);
    expect(await run(tools)).toMatchObject({ total: 1, outside: 0, detections: 2 });
  });

  it('names the camera whose GCPs are wrong, stores nothing of it, and processes it once they are right', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    const file = path.join(folder, 'south.csv');
    await copyFile(file, `${file}.right`);
    await writeFile(file, 'name,u,v,lon,lat,h\np1,1,2,oops,44.9,2200\n');
    const tools = await openTools(getDb(), folder);
    const report = await run(tools);
    expect(report.done).toBe(0);
    expect(report.problems[0]?.cameraId).toBe('south');
    expect(report.problems[0]?.error.params).toMatchObject({ line: 2 });
    expect(await countRows(getDb(), 'photo')).toBe(0);
    await copyFile(`${file}.right`, file);
    expect(await run(tools)).toMatchObject({ done: 2, problems: [] });
  });

  it('refuses a camera that the workspace does not have', async () => {
    const folder = await makeTempFolder();
    await writeSmallWorkspace(folder, evening);
    const tools = await openTools(getDb(), folder);
    await expect(run(tools, { ...everything, cameraIds: ['nroth'] })).rejects.toMatchObject({ code: 'camera-unknown' });
  });
});

describe('modelIdOf', () => {
  it('names the network with its version, so that a new version is a new model', () => {
    expect(modelIdOf({ detector: fakeDetector([], '2') })).toBe('fake@2');
  });
});
