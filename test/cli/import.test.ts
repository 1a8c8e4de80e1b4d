import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerImport } from '../../src/cli/import.ts';
import { encodeJpeg } from '../../src/picture/codec.ts';
import { createStartingFiles } from '../../src/workspace/starting-files.ts';
import { runWell } from '../support/run-command.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'rivage-import-'));
  const lake = { name: 'Bleu', at: { lng: 6.1, lat: 44.9 }, waterLevelM: 2474 };
  for (const [name, text] of createStartingFiles({ name: 'a', lake, timeZone: 'UTC' }))
    await put(`lake/${name}`, text.en);
  const rgb = new Uint8Array(16 * 16 * 3).fill(99);
  const exif = { takenAtLocal: '2024:07:14 12:30:00' };
  await put('card/DCIM/IMG_1.JPG', await encodeJpeg({ sizePx: { widthPx: 16, heightPx: 16 }, rgb }, 90, exif));
});
afterEach(() => rm(root, { recursive: true }));

async function put(name: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(path.join(root, name)), { recursive: true });
  await writeFile(path.join(root, name), content);
}

async function importCard(...args: readonly string[]): Promise<string> {
  const lines = await runWell(registerImport, ['import', 'card', '-w', 'lake', ...args], { folder: root });
  return lines.join('\n');
}

describe('rivage import', () => {
  it("makes the camera's folder in the workspace, copies, and says so", async () => {
    await put('card/DCIM/MOVIE.AVI', 'x');
    await put('card/DCIM/IMG_2.JPG', '');
    expect(await importCard('-c', 'camera-1')).toBe(
      [
        '1 of 2 photos copied, 0 were there already, 1 unreadable.',
        '1 files of other kinds were left on the card.',
        'The photo DCIM/IMG_2.JPG has no bytes. Copy it again from the card. [photo-empty]',
      ].join('\n'),
    );
    expect(await readdir(path.join(root, 'lake/photos/camera-1/2024-07-14'))).toEqual(['IMG_1.JPG']);
    expect(JSON.parse(await importCard('-c', 'camera-1', '--json'))).toMatchObject({ copied: 0, duplicate: 1 });
  });

  it('is not stopped by faults that do not concern its camera', async () => {
    await put('lake/rivage.json', '{"name":"a","metricEpsg":2154,"dem":{"file":"none.tif","heightSigmaM":1}}');
    await put('lake/cameras/other.json', '{}');
    expect(await importCard('-c', 'camera-1')).toContain('1 of 1 photos copied');
  });

  it('does not make a folder outside the workspace: its disk may not be connected', async () => {
    const camera = createStartingFiles({
      name: 'a',
      lake: { name: 'Bleu', at: { lng: 6.1, lat: 44.9 }, waterLevelM: 2474 },
      timeZone: 'UTC',
    }).get('cameras/camera-1.json')?.en;
    await put('lake/cameras/camera-1.json', camera?.replace('photos/camera-1', '../disk/camera-1') ?? '');
    await expect(importCard('-c', 'camera-1')).rejects.toMatchObject({ code: 'photo-folder-missing' });
    expect((await readdir(root)).sort()).toEqual(['card', 'lake']);
  });

  it('says what is wrong with its camera, or that there is none of that id', async () => {
    await put('lake/cameras/other.json', '{"nmae":"x"}');
    await expect(importCard('-c', 'other')).rejects.toMatchObject({ code: 'file-invalid' });
    await expect(importCard('-c', 'nobody')).rejects.toMatchObject({ code: 'camera-unknown' });
  });
});
