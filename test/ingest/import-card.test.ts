import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImportReport, type ImportWatch, importCard } from '../../src/ingest/import-card.ts';
import { encodeJpeg } from '../../src/picture/codec.ts';

let root: string;
let from: string;
let to: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'rivage-import-'));
  from = path.join(root, 'card');
  to = path.join(root, 'photos');
  await mkdir(from);
});
afterEach(() => rm(root, { recursive: true }));

/** A photo whose pixels depend on `shade`. */
function photo(shade: number, takenAtLocal = '2024:07:14 12:30:00'): Promise<Uint8Array> {
  const rgb = new Uint8Array(16 * 16 * 3).fill(shade);
  return encodeJpeg({ sizePx: { widthPx: 16, heightPx: 16 }, rgb }, 90, { takenAtLocal });
}

async function put(name: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(path.dirname(path.join(from, name)), { recursive: true });
  await writeFile(path.join(from, name), bytes);
}

function run({
  move = false,
  watch = {},
}: {
  move?: boolean;
  watch?: Partial<ImportWatch>;
} = {}): Promise<ImportReport> {
  const still = { onTotal: () => undefined, onPhoto: () => undefined, signal: new AbortController().signal };
  return importCard({ from, to, move }, { ...still, ...watch });
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

describe('importing a card', () => {
  it("copies photos by the date of the camera's clock, bytes and file time as they were", async () => {
    const bytes = await photo(100);
    await put('DCIM/100/IMG_0001.JPG', bytes);
    await put('DCIM/100/IMG_0002.JPG', await photo(120, '2024:07:15 00:00:00'));
    const shutter = new Date('2024-07-14T10:30:00Z');
    await utimes(path.join(from, 'DCIM/100/IMG_0001.JPG'), shutter, shutter);
    expect(await run()).toMatchObject({ found: 2, copied: 2, duplicate: 0, unreadable: [], interrupted: false });
    expect(await filesOf(to)).toEqual(['2024-07-14/IMG_0001.JPG', '2024-07-15/IMG_0002.JPG']);
    const copy = path.join(to, '2024-07-14/IMG_0001.JPG');
    expect(new Uint8Array(await readFile(copy))).toEqual(new Uint8Array(bytes));
    expect((await stat(copy)).mtime).toEqual(shutter);
    expect(await filesOf(from)).toHaveLength(2);
  });

  it('knows again what is there, whatever it is called, and goes on with what is new', async () => {
    await put('IMG_0001.JPG', await photo(100));
    await run();
    await put('copy of IMG_0001.JPG', await photo(100));
    await put('IMG_0002.JPG', await photo(120));
    expect(await run()).toMatchObject({ found: 3, copied: 1, duplicate: 2, renamed: 0 });
    expect(await filesOf(to)).toHaveLength(2);
  });

  it('never overwrites another photo of the same name and day', async () => {
    const [first, second] = [await photo(100), await photo(120)];
    await put('100/IMG_0001.JPG', first);
    await put('101/IMG_0001.JPG', second);
    expect(await run()).toMatchObject({ copied: 2, renamed: 1 });
    const [longer, plain] = await filesOf(to);
    expect(plain).toBe('2024-07-14/IMG_0001.JPG');
    expect(longer).toMatch(/^2024-07-14\/IMG_0001-[0-9a-f]{8}\.JPG$/);
    expect(new Uint8Array(await readFile(path.join(to, plain ?? '')))).toEqual(new Uint8Array(first));
    expect(await run()).toMatchObject({ copied: 0, duplicate: 2 });
  });

  it('keeps photos without EXIF time apart, and leaves empty and other files on the card', async () => {
    await put('text.jpg', 'hello');
    await put('empty.jpg', '');
    await put('MOVIE.AVI', 'x');
    const report = await run({ move: true });
    expect(report).toMatchObject({ found: 2, copied: 1, undated: 1, otherFiles: 1 });
    expect(report.unreadable.map(({ error }) => error.code)).toEqual(['photo-empty']);
    expect(await filesOf(to)).toEqual(['undated/text.jpg']);
    expect(await filesOf(from)).toEqual(['MOVIE.AVI', 'empty.jpg']);
  });

  it('with --move empties the card of photos that are safe', async () => {
    await put('IMG_0001.JPG', await photo(100));
    await run();
    await put('IMG_0002.JPG', await photo(120));
    expect(await run({ move: true })).toMatchObject({ copied: 1, duplicate: 1, notRemoved: 0 });
    expect(await filesOf(from)).toEqual([]);
    expect(await filesOf(to)).toHaveLength(2);
  });

  it('stops at Ctrl-C between two photos, leaves nothing half-written, and goes on next time', async () => {
    const stop = new AbortController();
    for (let index = 0; index < 4; index++) await put(`IMG_${index}.JPG`, await photo(100 + 20 * index));
    const report = await run({ watch: { signal: stop.signal, onPhoto: () => stop.abort() } });
    expect(report).toMatchObject({ copied: 1, interrupted: true });
    expect(await filesOf(to)).toHaveLength(1);
    expect(await run()).toMatchObject({ copied: 3, duplicate: 1, interrupted: false });
  });

  it('refuses a card folder that holds the photo folder, lies in it or is it: --move would remove the only copy', async () => {
    await put('IMG_0001.JPG', await photo(100));
    for (const target of [from, path.join(from, 'in'), root]) {
      const importing = importCard(
        { from, to: target, move: true },
        { onTotal: () => undefined, onPhoto: () => undefined, signal: new AbortController().signal },
      );
      await expect(importing).rejects.toMatchObject({ code: 'folders-overlap' });
    }
    expect(await filesOf(from)).toEqual(['IMG_0001.JPG']);
  });

  it('says that the card is not there', async () => {
    from = path.join(root, 'nowhere');
    await expect(run()).rejects.toMatchObject({ code: 'file-missing' });
  });
});
