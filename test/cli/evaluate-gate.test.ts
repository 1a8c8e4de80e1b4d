import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerEvaluate } from '../../src/cli/evaluate.ts';
import { getModel } from '../../src/detect/registry.ts';
import { encodeJpeg } from '../../src/picture/codec.ts';
import { drawShore } from '../parity/drawn-shore.ts';
import { runCommand } from '../support/run-command.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'rivage-gate-'));
  await mkdir(path.join(cwd, 'card'));
  const sizePx = { widthPx: 512, heightPx: 512 };
  for (let at = 0; at < 7; at++) {
    const rgb = drawShore();
    // a little noise, new in each photo
    for (let pixel = at; pixel < rgb.length; pixel += 7) rgb[pixel] = Math.min(255, (rgb[pixel] ?? 0) + 2);
    await writeFile(path.join(cwd, 'card', `${at}.jpg`), await encodeJpeg({ sizePx, rgb }, 92));
  }
});
afterAll(() => rm(cwd, { recursive: true }));

const evaluate = (...args: readonly string[]) =>
  runCommand(registerEvaluate, ['evaluate', ...args], { folder: cwd, env: { RIVAGE_DETECT_THREADS: '2' } });

describe('rivage evaluate gate', () => {
  it('looks twice at a camera’s photos: at all of the first five, then at what changed', async () => {
    const { lines, thrown } = await evaluate('gate', 'card', '--json');
    expect(thrown).toBeUndefined();
    const { thresholds } = (await getModel(undefined)).manifest;
    const { work, labels } = JSON.parse(lines.join('\n'));
    expect(work).toMatchObject({ photos: 7, whole: 5, slices: { everything: 7, gated: 5 } });
    expect(labels.map(({ label }: { label: string }) => label)).toEqual(Object.keys(thresholds));
    for (const { shown, kept, lost } of labels) expect(kept + lost.length).toBe(shown);
  });

  it('says it in words and a table', async () => {
    const { lines } = await evaluate('gate', 'card', '--resamples', '20');
    expect(lines[0]).toMatch(/^7 photos, 5 of them looked at wholly: 5 of 7 slices/);
    expect(lines.some((line) => /^person +\d+ +\d+ +\d+ +\d+ +0 /.test(line))).toBe(true);
  });

  it('says which photo, folder or camera is not there', async () => {
    expect((await evaluate('gate', 'lost.jpg')).thrown).toMatchObject({ code: 'file-missing' });
    expect((await evaluate('gate', 'card', '-c', 'south')).thrown).toMatchObject({ code: 'workspace-missing' });
    expect((await evaluate()).thrown).toMatchObject({ code: 'option-missing' });
  });
});
