import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerInit } from '../../src/cli/init.ts';
import { readWorkspace } from '../../src/workspace/read-workspace.ts';
import { runWell } from '../support/run-command.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'rivage-init-'));
});
afterEach(() => rm(root, { recursive: true }));

const init = (...args: readonly string[]) => runWell(registerInit, ['init', ...args], { folder: root });

describe('rivage init', () => {
  it('writes a workspace that is valid as it is', async () => {
    await init('bleu', '--name', 'Écrins', '--lake', 'Lac Bleu', '--at', '6.1,44.9', '--water-level', '2474');
    const workspace = await readWorkspace(path.join(root, 'bleu'));
    expect(workspace).toMatchObject({
      name: 'Écrins',
      metricEpsg: 2154,
      lakes: [{ name: 'Lac Bleu', waterLevelM: 2474, timeZone: 'Europe/Paris' }],
      cameras: [{ id: 'camera-1', lakeId: 'lake-1', position: { heightM: 2484, sigmaM: 500 } }],
    });
  });

  it.each([
    ['7.6,60.6', 32632],
    ['170.5,-44', 32759],
    ['180,10', 32660],
  ])('takes the UTM zone of a lake at %s', async (at, epsg) => {
    await init('lake', '--lake', 'Far', '--at', at, '--water-level', '1000');
    expect((await readWorkspace(path.join(root, 'lake'))).metricEpsg).toBe(epsg);
  });

  it('needs no lake', async () => {
    await init('empty');
    expect(await readWorkspace(path.join(root, 'empty'))).toMatchObject({ name: 'empty', lakes: [], cameras: [] });
  });

  it('adds only what is missing, and refuses when nothing is', async () => {
    await mkdir(path.join(root, 'half', 'cameras'), { recursive: true });
    await writeFile(path.join(root, 'half', 'rivage.json'), '{"name":"mine","metricEpsg":2154}');
    const lines = await init('half', '--lake', 'L', '--at', '6.1,44.9', '--water-level', '2474');
    expect(lines.slice(1, 4).map((line) => line.trim())).toEqual(['lakes.geojson', 'zones.geojson', 'README.md']);
    expect(await readFile(path.join(root, 'half', 'rivage.json'), 'utf8')).toContain('mine');
    expect(await readdir(path.join(root, 'half', 'cameras'))).toEqual([]);
    await expect(init('half')).rejects.toMatchObject({ code: 'folder-not-empty' });
  });

  it.each([
    [['--lake', 'L'], '--at'],
    [['--lake', 'L', '--at', '6.1,44.9'], '--water-level'],
    [['--lake', 'L', '--at', '44.9', '--water-level', '1'], '--at'],
    [['--lake', 'L', '--at', '6.1,', '--water-level', '1'], '--at'],
    [['--lake', 'L', '--at', '965000,6430000', '--water-level', '1'], '--at'],
    [['--lake', 'L', '--at', '6.1,44.9', '--water-level', 'high'], '--water-level'],
  ])('says what is wrong with %s', async (args, option) => {
    await expect(init('lake', ...args)).rejects.toMatchObject({ code: 'bad-option', params: { option } });
    expect(await readdir(root)).toEqual([]);
  });
});
