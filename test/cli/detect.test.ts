import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerDetect } from '../../src/cli/detect.ts';
import { foundLabels } from '../../src/detect/manifest.ts';
import { getModel } from '../../src/detect/registry.ts';
import { decodePicture, encodeJpeg } from '../../src/picture/codec.ts';
import { drawShore } from '../parity/drawn-shore.ts';
import { runCommand } from '../support/run-command.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'rivage-detect-'));
  const shore = await encodeJpeg({ sizePx: { widthPx: 512, heightPx: 512 }, rgb: drawShore() }, 90);
  await mkdir(path.join(cwd, 'card', 'sub'), { recursive: true });
  await mkdir(path.join(cwd, 'none'));
  await writeFile(path.join(cwd, 'card', 'b.JPG'), shore);
  await writeFile(path.join(cwd, 'card', 'sub', 'a.jpg'), shore);
  await writeFile(path.join(cwd, 'card', 'notes.txt'), 'no photo');
  await writeFile(path.join(cwd, 'empty.jpg'), '');
  await writeFile(path.join(cwd, 'cut.jpg'), shore.subarray(0, shore.length / 2));
});
afterAll(() => rm(cwd, { recursive: true }));

const detect = (...args: readonly string[]) =>
  runCommand(registerDetect, ['detect', ...args], { folder: cwd, env: { RIVAGE_DETECT_THREADS: '2' } });

describe('rivage detect', () => {
  it('answers for every photo of a folder, in pixels of the photo, and says why one could not be read', async () => {
    const { lines, thrown } = await detect('card', 'empty.jpg', 'cut.jpg', 'lost.jpg', '--json');
    expect(thrown).toBeUndefined();
    const known = foundLabels((await getModel(undefined)).manifest);
    const [b, a, ...bad] = JSON.parse(lines.join('\n'));
    expect([b.photo, a.photo]).toEqual(['card/b.JPG', 'card/sub/a.jpg']);
    expect(b).toMatchObject({ widthPx: 512, heightPx: 512 });
    expect(b.detections.length).toBeGreaterThan(0);
    for (const { label, confidence, box } of b.detections) {
      expect(known).toContain(label);
      expect(confidence).toBeGreaterThanOrEqual(0.05);
      const [x, y, w, h] = box;
      expect(x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= 512.01 && y + h <= 512.01).toBe(true);
    }
    expect(bad.map((one: { error: { code: string } }) => one.error.code)).toEqual([
      'photo-empty',
      'photo-truncated',
      'file-missing',
    ]);
  });

  it('tells and draws where it looked when asked, and says what a camera that is not there needs', async () => {
    const { lines } = await detect('card/b.JPG', '--plan', '--picture', 'planned', '--json');
    expect(JSON.parse(lines.join('\n'))[0].slices).toEqual([[0, 0, 512, 512]]);
    expect((await decodePicture(path.join(cwd, 'planned', 'card_b.jpg'))).sizePx).toEqual({
      widthPx: 512,
      heightPx: 512,
    });
    const { thrown } = await detect('card/b.JPG', '--camera', 'south');
    expect(thrown).toMatchObject({ code: 'workspace-missing' });
  });

  it('tells what a check chooses from when asked: every box, whatever the network takes it for', async () => {
    const all = await detect('card/b.JPG', '--proposals', '--json');
    const usual = await detect('card/b.JPG', '--json');
    const [proposals, found] = [all, usual].map(({ lines }) => JSON.parse(lines.join('\n'))[0].detections);
    expect(new Set(proposals.map(({ label }: { label: string }) => label))).toEqual(new Set(['proposal']));
    expect(proposals.length).toBeGreaterThan(found.length);
  });

  it('leaves out what is less sure than asked', async () => {
    const { lines } = await detect('card/b.JPG', '--min-confidence', '0.9', '--json');
    expect(JSON.parse(lines.join('\n'))).toEqual([
      { photo: 'card/b.JPG', widthPx: 512, heightPx: 512, detections: [] },
    ]);
  });

  it('prints a table without --json, and writes pictures of the same size', async () => {
    const { lines } = await detect('card', '--picture', 'drawn');
    expect(lines[0]).toContain('person ≥ ');
    expect(lines).toHaveLength(3);
    const pictures = (await readdir(path.join(cwd, 'drawn'))).sort();
    expect(pictures).toEqual(['card_b.jpg', 'card_sub_a.jpg']);
    const drawn = await decodePicture(path.join(cwd, 'drawn', 'card_b.jpg'));
    expect(drawn.sizePx).toEqual({ widthPx: 512, heightPx: 512 });
  });

  it.each([
    { what: 'every photo is bad', args: ['empty.jpg'], code: 'photo-empty' },
    { what: 'a folder holds no photo', args: ['none'], code: 'folder-without-photos' },
    { what: 'the confidence is no number', args: ['card', '--min-confidence', 'high'], code: 'bad-option' },
    { what: 'nobody has such a model', args: ['card', '--model', 'nobody'], code: 'model-unknown' },
  ])('fails with a code when $what', async ({ args, code }) => {
    expect((await detect(...args)).thrown).toMatchObject({ code });
  });
});
