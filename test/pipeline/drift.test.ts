import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { rotationOf } from '../../src/camera/pose.ts';
import { encodeJpeg } from '../../src/picture/codec.ts';
import { processRun } from '../../src/pipeline/process-run.ts';
import { relocateRun } from '../../src/pipeline/relocate-run.ts';
import type { Db } from '../../src/store/db.ts';
import { describeOnBothEngines, makeTempFolder } from '../support/databases.ts';
import { fakeDetector, openSmallTools, seenAt, trueCamera, writeSmallWorkspace } from '../support/small-workspace.ts';

const everything = { cameraIds: undefined, from: undefined, to: undefined };
const options = { onProgress: () => undefined, signal: new AbortController().signal };
const { sizePx, lens } = trueCamera;

/** Any number from 0 to 1 for each corner of a lattice, the same each time. */
function corner(column: number, row: number): number {
  const mixed = Math.imul(Math.imul(column, 374761393) ^ Math.imul(row, 668265263), 1274126177);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

/** A far-away world of patches, as bright in each direction as its azimuth and elevation say; it never repeats itself. */
function brightness(azimuth: number, elevation: number): number {
  let value = 40;
  for (const [scale, weight] of [
    [12, 70],
    [45, 60],
    [110, 45],
  ] as const) {
    const [column, row] = [Math.floor(azimuth * scale), Math.floor(elevation * scale)];
    const [x, y] = [azimuth * scale - column, elevation * scale - row];
    const above = corner(column, row) * (1 - x) + corner(column + 1, row) * x;
    const below = corner(column, row + 1) * (1 - x) + corner(column + 1, row + 1) * x;
    value += weight * (above * (1 - y) + below * y);
  }
  return value;
}

/** What the camera sees of that world when it has turned to the right by some degrees. */
async function photoTurned(turnDeg: number, takenAtLocal: string): Promise<Uint8Array> {
  const r = rotationOf({ headingDeg: turnDeg, pitchDeg: -8, rollDeg: 0 });
  const rgb = new Uint8Array(sizePx.widthPx * sizePx.heightPx * 3);
  for (let v = 0; v < sizePx.heightPx; v++) {
    for (let u = 0; u < sizePx.widthPx; u++) {
      const [x, y] = [(u + 0.5 - lens.centre.u) / lens.focalPx, (v + 0.5 - lens.centre.v) / lens.focalPx];
      const [e, n, up] = [r[0] * x + r[3] * y + r[6], r[1] * x + r[4] * y + r[7], r[2] * x + r[5] * y + r[8]];
      const value = brightness(Math.atan2(e, n), Math.atan2(up, Math.hypot(e, n)));
      rgb.fill(value, (v * sizePx.widthPx + u) * 3, (v * sizePx.widthPx + u) * 3 + 3);
    }
  }
  return encodeJpeg({ sizePx, rgb }, 92, { takenAtLocal });
}

async function writeNight(folder: string, takenAtLocal: string): Promise<void> {
  const rgb = new Uint8Array(sizePx.widthPx * sizePx.heightPx * 3);
  await writeFile(path.join(folder, 'photos/south/night.jpg'), await encodeJpeg({ sizePx, rgb }, 92, { takenAtLocal }));
}

/** A workspace with the reference photo and others, each turned by some degrees. */
async function writeTurned(turns: readonly number[]): Promise<string> {
  const folder = await makeTempFolder();
  await writeSmallWorkspace(folder, {});
  for (const [hour, turnDeg] of [0, ...turns].entries()) {
    const bytes = await photoTurned(turnDeg, `2025:07:14 ${10 + hour}:00:00`);
    await writeFile(path.join(folder, `photos/south/${hour}.jpg`), bytes);
  }
  const file = path.join(folder, 'cameras/south.json');
  const gcps = { file: 'south.csv', epsg: 4326, photo: 'photos/south/0.jpg' };
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), gcps }));
  // A narrow lake: water shows nothing of how a camera turned, so the shores must.
  const lakes = path.join(folder, 'lakes.geojson');
  const narrow = (lng: number) => 6.4 + 0.15 * (lng - 6.4);
  const text = await readFile(lakes, 'utf8');
  await writeFile(
    lakes,
    text.replace(/6\.\d+/g, (lng) => String(narrow(Number(lng)))),
  );
  return folder;
}

function readDrift(db: Db) {
  return db.query<{ state: string; heading: number | null; sigma: number | null; azimuth: number | null }>(
    `select d.state, d.heading_deg as heading, d.heading_sigma_deg as sigma,
       degrees(ST_Azimuth(ST_SetSRID(ST_MakePoint(6.4, 44.9), 4326)::geography, s.geom::geography)) as azimuth
     from rivage.camera_drift as d left join rivage.sighting_map as s using (photo_id) order by d.taken_at`,
  );
}

describeOnBothEngines('a camera that turns', (getDb) => {
  it('has its sightings corrected by how far it turned, until it turned too far', async () => {
    const turns = [0.3, -0.5, 6];
    const folder = await writeTurned(turns);
    // always the same pixel, straight ahead: where it is depends on where the camera looks
    const tools = await openSmallTools(getDb(), folder, fakeDetector([seenAt(0, 'tent')]));
    const report = await processRun(tools, everything, options);
    expect(report).toMatchObject({ detections: 4, sightings: 3 });
    expect(report.moved).toEqual([{ cameraId: 'south', photos: 1, since: new Date('2025-07-14T11:00:00Z') }]);
    const rows = await readDrift(getDb());
    expect(rows.map(({ state }) => state)).toEqual(['steady', 'steady', 'steady', 'moved']);
    for (const [at, turnDeg] of [0, 0.3, -0.5].entries()) {
      const { heading, sigma, azimuth } = rows[at] ?? {};
      expect(Math.abs((heading ?? Infinity) - turnDeg)).toBeLessThan(0.02);
      expect(sigma).toBeLessThan(0.02);
      expect(turnOf(azimuth)).toBeCloseTo(turnDeg, 1);
    }
    expect(rows[3]?.azimuth).toBeNull();
    const reasons = await getDb().query('select reason from rivage.sighting where geom is null');
    expect(reasons).toEqual([{ reason: 'camera-moved' }]);
    const [camera] = await getDb().query('select moved_since from rivage.camera_map');
    expect(camera).toEqual({ moved_since: new Date('2025-07-14T11:00:00Z') });
  });

  it('is taken at night as the clear photo nearest in time shows it, in whichever run that was', async () => {
    const folder = await writeTurned([0.3]);
    const tools = await openSmallTools(getDb(), folder, fakeDetector([seenAt(0, 'tent')]));
    await processRun(tools, everything, options);
    await writeNight(folder, '2025:07:14 22:00:00');
    await processRun(tools, everything, options);
    const [, clear, night] = await readDrift(getDb());
    expect(night).toMatchObject({ state: 'unclear', heading: clear?.heading });
    expect(night?.sigma).toBeGreaterThan(0.2);
    expect(turnOf(night?.azimuth)).toBeCloseTo(0.3, 1);
    // It was knocked in the evening: what was taken for steady is seen to have moved when it is located anew.
    await writeFile(path.join(folder, 'photos/south/evening.jpg'), await photoTurned(6, '2025:07:14 21:00:00'));
    await processRun(tools, everything, options);
    expect(await relocateRun(tools, everything, options)).toMatchObject({ done: 4, failed: 0, sightings: 2 });
    expect((await readDrift(getDb())).at(-1)).toEqual({ state: 'unclear', heading: null, sigma: null, azimuth: null });
    const reasons = await getDb().query('select reason from rivage.sighting where geom is null');
    expect(reasons).toEqual([{ reason: 'camera-moved' }, { reason: 'camera-moved' }]);
  });

  it('is taken at night as the photo before it in the same run shows it', async () => {
    const folder = await writeTurned([0.3]);
    await writeNight(folder, '2025:07:14 11:05:00');
    const tools = await openSmallTools(getDb(), folder, fakeDetector([seenAt(0, 'tent')]));
    await processRun(tools, everything, options);
    const [, clear, night] = await readDrift(getDb());
    expect(night).toMatchObject({ state: 'unclear', heading: clear?.heading });
    expect(turnOf(night?.azimuth)).toBeCloseTo(0.3, 1);
  });

  it('is not measured twice when sightings are located anew', async () => {
    const folder = await writeTurned([0.3]);
    const tools = await openSmallTools(getDb(), folder, fakeDetector([seenAt(0, 'tent')]));
    await processRun(tools, everything, options);
    const before = await readDrift(getDb());
    // without the photo nothing could be measured
    await writeFile(path.join(folder, 'photos/south/1.jpg'), 'gone');
    expect(await relocateRun(tools, everything, options)).toMatchObject({ done: 2, failed: 0, sightings: 2 });
    expect(await readDrift(getDb())).toEqual(before);
  });
});

/** An azimuth as a turn from north, −180 to 180. */
function turnOf(azimuthDeg: number | null | undefined): number {
  return (((azimuthDeg ?? Number.NaN) + 180) % 360) - 180;
}
