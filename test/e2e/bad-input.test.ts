import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { registerProcess } from '../../src/cli/process.ts';
import { databaseFolder } from '../../src/cli/wire.ts';
import { writeDemGeotiff } from '../../src/dem/geotiff.ts';
import { getCrs } from '../../src/geo/crs.ts';
import { decodePicture, encodeJpeg } from '../../src/picture/codec.ts';
import { openDb } from '../../src/store/open.ts';
import { bombPng } from '../support/bomb-png.ts';
import { makeTempFolder, quietLog } from '../support/databases.ts';
import { runForJson } from '../support/run-command.ts';
import { makePhoto, trueCamera, writeSmallWorkspace } from '../support/small-workspace.ts';

let folder: string;
beforeEach(async () => {
  folder = await makeTempFolder();
  await writeSmallWorkspace(folder, { 'good.jpg': '2025:07:14 19:30:00' });
});

async function put(name: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), content);
}

/** Changes one file of the workspace as JSON. */
async function change(name: string, changes: object): Promise<void> {
  const before: object = JSON.parse(await readFile(path.join(folder, name), 'utf8'));
  await put(name, JSON.stringify({ ...before, ...changes }, null, 2));
}

/** `rivage process`, with the real network. */
const processAll = () => runForJson(registerProcess, ['process', '--json'], { folder });

async function readReasons(): Promise<readonly object[]> {
  const db = await openDb({ folder: databaseFolder(folder), log: quietLog });
  return db.query('select path, visibility, reason from rivage.photo order by path').finally(() => db.close());
}

describe('rivage process', { timeout: 180_000 }, () => {
  it('makes a row with its reason of every bad file, and processes the good ones', async () => {
    const photo = await makePhoto('2025:07:14 20:00:00');
    const bad: Readonly<Record<string, readonly [content: string | Uint8Array, reason: string]>> = {
      'bomb.jpg': [bombPng(20_000), 'photo-too-large'],
      'clock-reset.jpg': [await makePhoto('1970:01:01 00:00:10'), 'photo-time-implausible'],
      'empty.jpg': ['', 'photo-empty'],
      'text.jpg': ['this is text', 'photo-not-a-picture'],
      'truncated.jpg': [photo.subarray(0, photo.length * 0.7), 'photo-truncated'],
      'without-time.jpg': [await encodeJpeg(await decodePicture(photo)), 'photo-without-time'],
    };
    for (const [name, [content]] of Object.entries(bad)) await put(`photos/south/${name}`, content);
    const { answer, code } = await processAll();
    expect(code).toBeUndefined();
    expect(answer).toMatchObject({ total: 7, done: 7, failed: 6, problems: [] });
    const rows = Object.entries(bad).map(([name, [, reason]]) => ({ path: `photos/south/${name}`, reason }));
    const good = { path: 'photos/south/good.jpg', visibility: 'usable', reason: null };
    expect(await readReasons()).toEqual(
      [...rows.map((row) => ({ ...row, visibility: 'unreadable' })), good].sort((a, b) => (a.path < b.path ? -1 : 1)),
    );
  });

  it('refuses two cameras that claim one folder', async () => {
    await put('cameras/west.json', await readFile(path.join(folder, 'cameras/south.json'), 'utf8'));
    expect(await processAll()).toMatchObject({ answer: undefined, code: 'photo-folder-shared' });
  });

  it('refuses a workspace with a typing mistake, and says which key was meant', async () => {
    await change('cameras/south.json', { intervallMin: 10 });
    const { code, message } = await processAll();
    expect(code).toBe('file-invalid');
    expect(message).toMatch(
      /^cameras\/south\.json, line 20: the key "intervallMin" is not known\. Did you mean "intervalMin"\?$/,
    );
  });

  it('refuses a lake whose shore crosses itself', async () => {
    const lakes = await readFile(path.join(folder, 'lakes.geojson'), 'utf8');
    const parsed: { features: { geometry: { coordinates: number[][][] } }[] } = JSON.parse(lakes);
    const ring = parsed.features[0]?.geometry.coordinates[0];
    ring?.splice(1, 2, ...[ring[2] ?? [], ring[1] ?? []]);
    await put('lakes.geojson', JSON.stringify(parsed));
    expect(await processAll()).toMatchObject({ answer: undefined, code: 'polygon-invalid' });
  });

  it('says of GCPs with a wrong EPSG which camera they make impossible, and processes the others', async () => {
    const [, ...rows] = (await readFile(path.join(folder, 'south.csv'), 'utf8')).trim().split('\n');
    const inLambert = rows.map((row) => {
      const [name, u, v, lng, lat, z] = row.split(',');
      const { x, y } = getCrs(2154).fromLngLat({ lng: Number(lng), lat: Number(lat) });
      return [name, u, v, x, y, z].join(',');
    });
    await put('south.csv', ['name,u,v,x,y,z', ...inLambert].join('\n'));
    await change('cameras/south.json', { gcps: { file: 'south.csv', epsg: 32632 } });
    await put('cameras/east.json', await readFile(path.join(folder, 'cameras/south.json'), 'utf8'));
    await change('cameras/east.json', { photos: 'photos/east', gcps: undefined });
    await put('photos/east/1.jpg', await makePhoto('2025:07:14 21:00:00'));
    const { answer, code } = await processAll();
    expect(code).toBeUndefined();
    expect(answer).toMatchObject({ done: 1, failed: 0, problems: [{ cameraId: 'south', code: expect.any(String) }] });
  });

  it('says that a DEM does not cover the camera', async () => {
    const { x, y } = getCrs(2154).fromLngLat(trueCamera.origin);
    const heights = new Float32Array(11 * 11).fill(2200);
    const raster = { cols: 11, rows: 11, x0: x + 50_000, y0: y, stepX: 10, stepY: 10, heights };
    await writeDemGeotiff(path.join(folder, 'dem.tif'), raster, 2154);
    await change('rivage.json', { dem: { file: 'dem.tif', heightSigmaM: 1 } });
    expect(await processAll()).toMatchObject({
      code: 'dem-not-covering',
      answer: { done: 0, problems: [{ cameraId: 'south', code: 'dem-not-covering' }] },
    });
  });
});
