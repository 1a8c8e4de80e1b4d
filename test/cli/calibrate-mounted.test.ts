import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { registerCalibrate } from '../../src/cli/calibrate.ts';
import { databaseFolder } from '../../src/cli/wire.ts';
import { readHeader } from '../../src/picture/codec.ts';
import { listCalibrations } from '../../src/store/calibrations.ts';
import { openDb } from '../../src/store/open.ts';
import { makeTempFolder, quietLog } from '../support/databases.ts';
import { runForJson, runWell } from '../support/run-command.ts';
import { writeGcps, writeSmallWorkspace } from '../support/small-workspace.ts';

async function makeWorkspace(): Promise<string> {
  const folder = await makeTempFolder();
  await writeSmallWorkspace(folder, { 'a.jpg': '2025:07:14 12:00:00' });
  const file = path.join(folder, 'cameras/south.json');
  const gcps = [
    { file: 'south.csv', epsg: 4326, photo: 'photos/south/a.jpg' },
    { file: 'knocked.csv', epsg: 4326, photo: 'photos/south/a.jpg', validFrom: '2025-08-01T00:00:00Z' },
  ];
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), gcps }));
  await writeFile(path.join(folder, 'knocked.csv'), writeGcps(10));
  return folder;
}

async function readStored(folder: string): Promise<readonly unknown[]> {
  const db = await openDb({ folder: databaseFolder(folder), log: quietLog });
  try {
    const stored = await listCalibrations(db, 'south');
    return stored.map(({ validity, referencePath }) => [validity.from?.toISOString(), referencePath]);
  } finally {
    await db.close();
  }
}

it('solves every set of points of a camera and stores them with the time that they hold, each once', async () => {
  const folder = await makeWorkspace();
  const lines = await runWell(registerCalibrate, ['calibrate', '--camera', 'south'], { folder });
  expect(lines.filter((line) => line.endsWith('.csv'))).toEqual(['south.csv', 'knocked.csv']);
  expect(lines.some((line) => line.startsWith('RMSE'))).toBe(true);
  await runWell(registerCalibrate, ['calibrate', '--camera', 'south', '--json'], { folder });
  expect(await readStored(folder)).toEqual([
    ['2025-08-01T00:00:00.000Z', 'photos/south/a.jpg'],
    [undefined, 'photos/south/a.jpg'],
  ]);
});

it('draws each set on its photo and stores nothing on a dry run', async () => {
  const folder = await makeWorkspace();
  const args = ['calibrate', '-c', 'south', '--dry-run', '--json', '--picture', 'seen.png'];
  const { answer } = await runForJson(registerCalibrate, args, { folder });
  expect(answer).toHaveLength(2);
  const { sizePx } = await readHeader(path.join(folder, 'seen-knocked.png'));
  expect(sizePx).toEqual({ widthPx: 640, heightPx: 480 });
  expect(await readStored(folder)).toEqual([]);
});

it('says which camera has no points, and what is missing without a camera', async () => {
  const folder = await makeTempFolder();
  await writeSmallWorkspace(folder, { 'a.jpg': '2025:07:14 12:00:00' });
  const file = path.join(folder, 'cameras/south.json');
  const { gcps: _, ...bare } = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify(bare));
  const told = async (...args: readonly string[]) =>
    (await runForJson(registerCalibrate, ['calibrate', ...args], { folder })).message;
  expect(await told('--camera', 'south')).toContain('it names no ground control points');
  expect(await told('--camera', 'nroth')).toContain('south');
  expect(await told('--gcps', 'south.csv')).toContain('--epsg');
});

it('refuses what the file of the camera says, rather than passing over it', async () => {
  const folder = await makeWorkspace();
  const told = async (...args: readonly string[]) =>
    (await runForJson(registerCalibrate, ['calibrate', '-c', 'south', '--dry-run', ...args], { folder })).message;
  for (const args of [['--gcps', 'south.csv'], ['--free', 'angles'], ['--keep-all'], ['--format', 'opencv']]) {
    expect(await told(...args)).toContain(`Option ${args[0]} does not belong here`);
  }
});
