import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeJpeg } from '../../src/picture/codec.ts';
import { emptyMesh } from '../../src/simulate/draw/mesh.ts';
import { objectsOf, type SlicePicture } from '../../src/simulate/slices/coco.ts';
import { shootSlices } from '../../src/simulate/slices/shoot-slices.ts';
import { simulateSlices } from '../../src/simulate/slices/simulate-slices.ts';

const small = { count: 25, seed: 5, sidePx: 128 };
let base = '';
let pictures: readonly SlicePicture[];

beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'rivage-slices-'));
  pictures = await simulateSlices(path.join(base, 'a'), small);
}, 120_000);
afterAll(() => rm(base, { recursive: true, force: true }));

describe('simulated slices', () => {
  it('are the same bytes for the same seed, however many threads draw them', async () => {
    const alone: SlicePicture[] = [];
    const folder = path.join(base, 'alone');
    await mkdir(path.join(folder, 'images'), { recursive: true });
    await shootSlices({ ...small, backgrounds: undefined, folder, thread: 0, threads: 1 }, (picture) =>
      alone.push(picture),
    );
    expect(alone).toEqual(pictures);
    for (const { file_name: file } of pictures) {
      const [a, b] = await Promise.all(['a', 'alone'].map((name) => readFile(path.join(base, name, file))));
      expect(b?.equals(a ?? Buffer.of())).toBe(true);
    }
  }, 120_000);

  it('come as COCO, in the order of categories that networks are taught', async () => {
    const coco = JSON.parse(await readFile(path.join(base, 'a', 'annotations.json'), 'utf8'));
    expect(coco.categories.map(({ name }: { name: string }) => name)).toEqual([
      'person',
      'tent',
      'boat',
      'animal',
      'nothing',
    ]);
    expect(coco.images).toHaveLength(small.count);
    const ids = new Set(coco.images.map(({ id }: { id: number }) => id));
    expect(coco.annotations.length).toBeGreaterThan(20);
    for (const { image_id: id } of coco.annotations) expect(ids).toContain(id);
  });

  it('have every box inside the picture, and say when little of it is to be seen', () => {
    for (const { bbox, visible_share: share, iscrowd, ignore, area } of pictures.flatMap(({ objects }) => objects)) {
      const [x, y, w, h] = bbox;
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(w).toBeGreaterThan(0);
      expect(h).toBeGreaterThan(0);
      expect(x + w).toBeLessThanOrEqual(small.sidePx + 0.02);
      expect(y + h).toBeLessThanOrEqual(small.sidePx + 0.02);
      expect(area).toBeLessThanOrEqual(w * h + 0.1);
      expect(iscrowd).toBe(ignore);
      if (share < 0.3) expect(ignore).toBe(1);
    }
  });

  it.each([
    { what: 'what stands in good light', lack: 0.5, transmittance: 1, hidden: 0, ignore: 0 },
    { what: 'not what darkness hides', lack: 5, transmittance: 1, hidden: 0, ignore: 1 },
    { what: 'a tent with a lamp in the dark', lack: 5, transmittance: 1, hidden: 0, lamp: true, ignore: 0 },
    { what: 'not what fog hides', lack: 0.5, transmittance: 0.1, hidden: 0, ignore: 1 },
    { what: 'not what stands behind something', lack: 0.5, transmittance: 1, hidden: 0.75, ignore: 1 },
  ])('count $what', ({ lack, transmittance, hidden, lamp, ignore }) => {
    const mesh = emptyMesh();
    const stand = { eastM: 0, northM: 0, upM: 0, turn: 0 };
    const skin = { shine: 0, lamp: lamp ? ([1, 1, 1] as const) : undefined };
    const thing = { mesh, stand, inWater: false, skin };
    const window = { x: 4, y: 6, w: 4, h: 2, fine: 1 };
    const outline = new Float32Array(8).fill(1);
    const visible = outline.map((_, pixel) => (pixel < 8 * hidden ? 0 : 1));
    const nothing = new Float64Array();
    const projected = { mesh, world: nothing, normals: new Float32Array(), seen: nothing };
    const placed = { projected, window, thing, rangeM: 50 };
    const actor = { thing, truth: { label: 'tent', kind: 'dome' } as const };
    const scene = { air: { transmittance: () => transmittance, veil: () => undefined } };
    const staged = [{ actor, placed, drawn: { window, outline, visible } }];
    expect(objectsOf(staged, { scene, scale: 2, lack })).toMatchObject([
      { category_id: 2, kind: 'dome', ignore, iscrowd: ignore, visible_share: 1 - hidden },
    ]);
  });

  it('show nobody now and then, and never more than twelve', () => {
    const counts = pictures.map(({ objects }) => objects.length);
    expect(Math.min(...counts)).toBe(0);
    expect(Math.max(...counts)).toBeLessThanOrEqual(12);
  });

  it('put photographs behind some of them, with the persons that are known to be in them', async () => {
    const backgrounds = path.join(base, 'photographs');
    await mkdir(backgrounds);
    const sizePx = { widthPx: 300, heightPx: 200 };
    const rgb = new Uint8Array(300 * 200 * 3).map((_, i) => (i * 7919) % 200);
    await writeFile(path.join(backgrounds, 'scree.jpg'), await encodeJpeg({ sizePx, rgb }));
    await writeFile(path.join(backgrounds, 'scree.txt'), '0 0.5 0.5 0.1 0.3\n3 0.1 0.1 0.1 0.1\n');
    const wish = { ...small, count: 10, seed: 6, backgrounds };
    const mixed = await simulateSlices(path.join(base, 'mixed'), wish);
    const real = mixed.flatMap(({ objects }) => objects).filter(({ kind }) => kind === 'photographed');
    expect(real.length).toBeGreaterThan(0);
    for (const { category_id: category, bbox } of real) {
      expect(category).toBe(1);
      const [x, y, w, h] = bbox;
      expect(Math.min(x, y, w, h)).toBeGreaterThanOrEqual(0);
      expect(Math.max(x + w, y + h)).toBeLessThanOrEqual(small.sidePx + 0.02);
    }
    expect(await simulateSlices(path.join(base, 'again'), wish)).toEqual(mixed);
    const none = simulateSlices(path.join(base, 'x'), { ...small, backgrounds: path.join(base, 'a') });
    await expect(none).rejects.toMatchObject({ code: 'folder-without-photos' });
  }, 120_000);

  it('overwrite nothing, and name the option that is wrong', async () => {
    await expect(simulateSlices(path.join(base, 'a'), small)).rejects.toMatchObject({ code: 'folder-not-empty' });
    await expect(simulateSlices(path.join(base, 'x'), { count: 0 })).rejects.toMatchObject({ code: 'bad-option' });
    await expect(simulateSlices(path.join(base, 'x'), { sidePx: 20 })).rejects.toMatchObject({ code: 'bad-option' });
  });
});
