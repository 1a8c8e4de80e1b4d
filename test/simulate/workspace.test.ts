import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { worldToPixel } from '../../src/camera/project.ts';
import { readDemAround } from '../../src/dem/geotiff.ts';
import { groundAt } from '../../src/dem/grid.ts';
import { toEnu } from '../../src/geo/plane.ts';
import { readHeader } from '../../src/picture/codec.ts';
import { simulateWorkspace } from '../../src/simulate/simulate-workspace.ts';
import { readTruth, type Truth } from '../../src/simulate/truth.ts';
import { readWorkspace } from '../../src/workspace/read-workspace.ts';

/** Small pictures of one day, so that the test takes seconds. */
const small = { seed: 5, days: 1, cameras: 2, intervalMin: 240, sizePx: { widthPx: 640, heightPx: 360 } };
let base = '';
let truth: Truth;

beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'rivage-sim-'));
  truth = await simulateWorkspace(path.join(base, 'a'), small);
}, 120_000);
afterAll(() => rm(base, { recursive: true, force: true }));

async function hashFiles(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const files = names.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  const hashes = files.map(async (file) => {
    const hash = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    return [path.relative(folder, file), hash] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

describe('a simulated workspace', () => {
  it('gives the same bytes for the same options', async () => {
    await simulateWorkspace(path.join(base, 'b'), small);
    const [a, b] = await Promise.all(['a', 'b'].map((name) => hashFiles(path.join(base, name))));
    expect(Object.keys(a ?? {}).filter((name) => name.endsWith('.jpg'))).toHaveLength(8);
    expect(b).toEqual(a);
  }, 120_000);

  it('is read without a fault, and tells what a ranger would know', async () => {
    const workspace = await readWorkspace(path.join(base, 'a'));
    expect(workspace.cameras.map(({ id }) => id)).toEqual(['east', 'south']);
    expect(new Set(workspace.zones.map(({ kind }) => kind))).toContain('bivouac-area');
    for (const camera of workspace.cameras) {
      const real = truth.cameras.find(({ cameraId }) => cameraId === camera.id);
      const { eastM, northM, upM } = toEnu(real?.position ?? camera.position, camera.position);
      expect(Math.hypot(eastM, northM, upM)).toBeGreaterThan(0.3);
      expect(Math.hypot(eastM, northM, upM)).toBeLessThan(12);
    }
  });

  it('reads its truth back, times and all', async () => {
    expect(await readTruth(path.join(base, 'a'))).toEqual(truth);
    const first = truth.photos.find(({ cameraId }) => cameraId === 'east');
    const header = await readHeader(path.join(base, 'a', first?.path ?? ''));
    expect(Buffer.from(header.exif ?? []).toString('latin1')).toContain('2025:08:08 06:00:00');
    expect(first?.takenAt).toBe('2025-08-08T03:56:00.000Z');
  });

  it('draws things where it says they stand', () => {
    const objects = truth.photos.flatMap((photo) => photo.objects.map((object) => ({ object, photo })));
    expect(objects.length).toBeGreaterThan(10);
    for (const { object, photo } of objects) {
      const real = truth.cameras.find(({ cameraId }) => cameraId === photo.cameraId);
      if (!real) throw new Error('a photo of no camera');
      const pixel = worldToPixel(real.camera, toEnu(real.camera.origin, object.ground));
      expect(Math.abs((pixel?.u ?? 0) - object.groundPixel.u)).toBeLessThan(0.1);
      expect(Math.abs((pixel?.v ?? 0) - object.groundPixel.v)).toBeLessThan(0.1);
      const { fullBox, groundPixel } = object;
      expect(groundPixel.u).toBeGreaterThan(fullBox.x - 0.6 * fullBox.w - 2);
      expect(groundPixel.u).toBeLessThan(fullBox.x + 1.6 * fullBox.w + 2);
      expect(groundPixel.v).toBeGreaterThan(fullBox.y);
      expect(groundPixel.v).toBeLessThan(fullBox.y + fullBox.h * 1.35 + 3);
      expect(object.visibleShare).toBeGreaterThan(0);
      expect(object.visibleShare).toBeLessThanOrEqual(1);
    }
  });

  it('stands things on the ground of its DEM', async () => {
    const origin = truth.cameras[0]?.camera.origin;
    if (!origin) throw new Error('no camera');
    const dem = await readDemAround({ file: path.join(base, 'a', 'dem.tif'), epsg: undefined }, origin, 600);
    const gaps = truth.tents.map(({ ground }) => {
      const point = toEnu(origin, ground);
      return point.upM - (groundAt(dem, point.eastM, point.northM)?.upM ?? Number.NaN);
    });
    expect(gaps.length).toBeGreaterThan(0);
    for (const gap of gaps) expect(Math.abs(gap)).toBeLessThan(0.15);
  });

  it('overwrites nothing, and names the option that is wrong', async () => {
    await expect(simulateWorkspace(path.join(base, 'a'), small)).rejects.toMatchObject({ code: 'folder-not-empty' });
    await expect(simulateWorkspace(path.join(base, 'x'), { cameras: 9 })).rejects.toMatchObject({ code: 'bad-option' });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const onPhoto = () => stop.abort();
    const wish = { ...small, cameras: 1, intervalMin: 60, onPhoto, signal: stop.signal };
    await expect(simulateWorkspace(path.join(base, 'd'), wish)).rejects.toThrow(/abort/i);
  });
});
