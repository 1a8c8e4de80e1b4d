import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeJpeg } from '../../src/picture/codec.ts';
import type { SlicePicture } from '../../src/simulate/slices/coco.ts';
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
