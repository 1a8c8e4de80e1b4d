import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerSimulateSlices } from '../../src/cli/simulate-slices.ts';
import { runWell } from '../support/run-command.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'rivage-slices-'));
});
afterEach(() => rm(root, { recursive: true }));

const slices = (...args: readonly string[]) =>
  runWell(registerSimulateSlices, ['simulate-slices', ...args], { folder: root });

describe('rivage simulate-slices', () => {
  it('writes pictures with their truth beside them, and says how many', async () => {
    const [line] = await slices('out', '--count', '2', '--size', '96', '--json');
    expect(JSON.parse(line ?? '')).toMatchObject({ folder: path.join(root, 'out'), pictures: 2 });
    expect((await readdir(path.join(root, 'out'), { recursive: true })).sort()).toEqual([
      'annotations.json',
      'images',
      path.join('images', '000001.jpg'),
      path.join('images', '000002.jpg'),
    ]);
    await expect(slices('out')).rejects.toMatchObject({ code: 'folder-not-empty' });
  }, 60_000);

  it.each([
    ['--count', '0'],
    ['--size', '20'],
    ['--seed', '-1'],
  ])('refuses %s %s', async (option, value) => {
    await expect(slices('out', option, value)).rejects.toMatchObject({ code: 'bad-option', params: { option } });
  });

  it('refuses a folder of backgrounds that holds no photograph', async () => {
    const wish = slices('out', '--backgrounds', 'nowhere');
    await expect(wish).rejects.toMatchObject({ code: 'folder-without-photos' });
  });
});
