import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { lockFolder } from '../../src/store/folder-lock.ts';
import { makeTempFolder } from '../support/databases.ts';

async function makeFolder(): Promise<string> {
  return path.join(await makeTempFolder(), 'db');
}

it('refuses a folder that a process holds, naming it, and gives it after its release', async () => {
  const folder = await makeFolder();
  const release = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toMatchObject({
    code: 'database-locked',
    params: { folder, pid: process.pid, lockFile: `${folder}.lock` },
  });
  await release();
  expect(await readdir(path.dirname(folder))).toEqual([]);
  await (await lockFolder(folder))();
});

it('takes over the lock of a process that is gone', async () => {
  const folder = await makeFolder();
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  await writeFile(`${folder}.lock`, JSON.stringify({ pid: gone.pid, host: hostname(), processStart: null }));
  await (await lockFolder(folder))();
});

it.runIf(process.platform === 'linux')(
  'takes over the lock of a process whose number another one has now',
  async () => {
    const folder = await makeFolder();
    await writeFile(`${folder}.lock`, JSON.stringify({ pid: process.pid, host: hostname(), processStart: '1' }));
    await (await lockFolder(folder))();
  },
);

it('takes over a lock that is no lock', async () => {
  const folder = await makeFolder();
  await writeFile(`${folder}.lock`, '{"pid": 1');
  await (await lockFolder(folder))();
});

it('leaves the lock of another machine alone, whose processes it cannot see', async () => {
  const folder = await makeFolder();
  await writeFile(`${folder}.lock`, JSON.stringify({ pid: 1, host: 'elsewhere', processStart: null }));
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'database-locked' });
});

it('gives a stale lock to one of many that want it at once', async () => {
  const folder = await makeFolder();
  await writeFile(`${folder}.lock`, 'stale');
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => lockFolder(folder)));
  expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
});
