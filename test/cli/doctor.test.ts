import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerDoctor } from '../../src/cli/doctor.ts';
import { examineNode } from '../../src/cli/doctor-machine.ts';
import { writeDemGeotiff } from '../../src/dem/geotiff.ts';
import { getCrs } from '../../src/geo/crs.ts';
import { encodeJpeg, encodePng } from '../../src/picture/codec.ts';
import { createStartingFiles } from '../../src/workspace/starting-files.ts';
import { runCommand } from '../support/run-command.ts';

let root: string;
let busy: Server;
let port: number;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'rivage-doctor-'));
  busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
  const address = busy.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterEach(async () => {
  busy.close();
  await rm(root, { recursive: true });
});

interface Told {
  readonly check: string;
  readonly state: string;
  readonly text: string;
}

async function doctor(): Promise<{ readonly told: readonly Told[]; readonly thrown: unknown }> {
  const place = { folder: root, env: { RIVAGE_PORT: String(port) } };
  const { lines, thrown } = await runCommand(registerDoctor, ['doctor', '-w', '.', '--json'], place);
  return { told: JSON.parse(lines.join('\n')), thrown };
}

async function put(name: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(path.join(root, name)), { recursive: true });
  await writeFile(path.join(root, name), content);
}

const at = { lng: 6.1, lat: 44.9 };
const files = createStartingFiles({ name: 'a', lake: { name: 'Bleu', at, waterLevelM: 2474 }, timeZone: 'UTC' });

async function writeWorkspace(): Promise<void> {
  for (const [name, text] of files) await put(name, text.en);
  await mkdir(path.join(root, 'photos/camera-1'), { recursive: true });
}

/** A flat DEM of 2 km in Lambert-93, its middle so far north of the camera. */
async function writeDem(northM: number): Promise<void> {
  const camera = getCrs(2154).fromLngLat(at);
  const { x, y } = { x: camera.x, y: camera.y + northM };
  const heights = new Float32Array(41 * 41).fill(2476);
  const raster = { cols: 41, rows: 41, x0: x - 1000, y0: y + 1000, stepX: 50, stepY: 50, heights };
  await writeDemGeotiff(path.join(root, 'dem.tif'), raster, 2154);
  await put('rivage.json', '{"name":"a","metricEpsg":2154,"dem":{"file":"dem.tif","heightSigmaM":1}}');
}

const find = (told: readonly Told[], check: string) => told.find((one) => one.check === check);

describe('rivage doctor', () => {
  it('finds a new machine fit, and no workspace no failure', async () => {
    const { told, thrown } = await doctor();
    expect(told.filter(({ state }) => state === 'fail')).toEqual([]);
    expect(thrown).not.toBeInstanceOf(Error);
    expect(find(told, 'Node')?.state).toBe('ok');
    expect(find(told, 'pictures (sharp)')?.state).toBe('ok');
    expect(find(told, 'detector')).toMatchObject({ state: 'ok', text: expect.stringContaining('weights as tested') });
    expect(find(told, 'models')).toMatchObject({ state: 'ok', text: expect.stringContaining('centernet') });
    expect(find(told, 'port')).toMatchObject({ state: 'warn', text: expect.stringContaining(`${port} is in use`) });
    expect(find(told, 'workspace')).toMatchObject({ state: 'warn', text: expect.stringContaining('rivage init') });
  });

  it('tells every fault of a workspace, and fails', async () => {
    await writeWorkspace();
    await put('rivage.json', '{"name":"a","metricEpsg":4326,"model":"nobody"}');
    await put('cameras/other.json', '{"nmae":"x"}');
    const { told, thrown } = await doctor();
    const failed = told.filter(({ state }) => state === 'fail').map(({ check, text }) => `${check}: ${text}`);
    expect(failed).toEqual([
      expect.stringMatching(/^detector: There is no model nobody.*\[model-unknown\]$/),
      expect.stringMatching(/^workspace: cameras\/other.json, line 1: the key "nmae".*\[file-invalid\]$/),
      expect.stringMatching(/^workspace: rivage.json, line 1: EPSG:4326.*\[file-invalid\]$/),
    ]);
    expect(thrown).toMatchObject({ code: 'doctor-found', params: { count: 3 } });
  });

  it('says how high a camera hangs over the DEM, or that it is not covered', async () => {
    await writeWorkspace();
    await writeDem(0);
    const { told } = await doctor();
    expect(find(told, 'camera-1, elevations')).toMatchObject({
      state: 'ok',
      text: '8.0 m above the ground of the DEM',
    });
    await writeDem(100_000);
    expect(find((await doctor()).told, 'camera-1, elevations')).toMatchObject({
      state: 'fail',
      text: expect.stringContaining('[dem-not-covering]'),
    });
  });

  it('looks at the first photo of a camera', async () => {
    await writeWorkspace();
    expect(find((await doctor()).told, 'camera-1, photos')).toMatchObject({
      state: 'warn',
      text: expect.stringContaining('rivage import'),
    });
    const image = { sizePx: { widthPx: 96, heightPx: 64 }, rgb: new Uint8Array(96 * 64 * 3).fill(99) };
    const exif = { takenAtLocal: '2024:07:14 12:30:00', utcOffset: '+02:00' };
    await put('photos/camera-1/2.jpg', await encodeJpeg(image, 90, exif));
    expect(find((await doctor()).told, 'camera-1, photos')).toMatchObject({
      state: 'ok',
      text: 'photos/camera-1/2.jpg was taken at 2024-07-14T10:30:00.000Z',
    });
    await put('photos/camera-1/1.jpg', await encodeJpeg(image, 90, { ...exif, utcOffset: '+00:00' }));
    expect(find((await doctor()).told, 'camera-1, photos')).toMatchObject({
      state: 'warn',
      text: expect.stringContaining('clockTimeZone'),
    });
    await put('photos/camera-1/0.jpg', await encodePng(image));
    expect(find((await doctor()).told, 'camera-1, photos')?.text).toContain('[photo-without-time]');
  });

  it.each([
    ['20.19.0', 'ok'],
    ['22.3.1', 'ok'],
    ['20.18.3', 'fail'],
    ['18.20.0', 'fail'],
  ])('finds Node %s %s', (version, state) => expect(examineNode(version).state).toBe(state));
});
