import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { scanPhotos } from '../../src/ingest/scan.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rivage-scan-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), name);
  }
}

async function scanned(): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { file } of scanPhotos(folder)) names.push(path.relative(folder, file));
  return names;
}

it('finds photos of any case in every sub-folder, in the order of their names', async () => {
  await put('b/IMG_2.JPG', 'b/IMG_10.jpeg', 'a.jpg', 'c.PNG', 'b/deep/er/x.Jpg');
  expect(await scanned()).toEqual(['a.jpg', 'b/IMG_10.jpeg', 'b/IMG_2.JPG', 'b/deep/er/x.Jpg', 'c.PNG']);
});

it('leaves hidden, system and other files out', async () => {
  await put('._IMG_1.JPG', '.Trashes/1.jpg', '@eaDir/IMG_1.JPG/THUMB.jpg', '__MACOSX/1.jpg', 'notes.txt', 'film.mp4');
  await put('System Volume Information/1.jpg', 'jpg', 'IMG_1.JPG.part');
  expect(await scanned()).toEqual([]);
});

it('follows no link, out of the folder or round in a circle', async () => {
  const outside = await mkdtemp(path.join(tmpdir(), 'rivage-scan-outside-'));
  await writeFile(path.join(outside, 'private.jpg'), 'x');
  await put('in/1.jpg');
  await symlink(outside, path.join(folder, 'out'));
  await symlink(path.join(outside, 'private.jpg'), path.join(folder, 'link.jpg'));
  await symlink(folder, path.join(folder, 'in', 'round'));
  expect(await scanned()).toEqual(['in/1.jpg']);
  await rm(outside, { recursive: true });
});

it('says which folder is missing', async () => {
  await expect(scanPhotos(path.join(folder, 'nowhere')).next()).rejects.toMatchObject({ code: 'file-missing' });
});
