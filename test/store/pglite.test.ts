import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDb } from '../../src/store/open.ts';
import { makeTempFolder, quietLog } from '../support/databases.ts';

describe('the embedded database', () => {
  it('leaves the event loop free during a query of two seconds', async () => {
    const db = await openDb({ folder: path.join(await makeTempFolder(), 'db'), log: quietLog });
    let longestGapMs = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longestGapMs = Math.max(longestGapMs, performance.now() - last);
      last = performance.now();
    }, 20);
    const started = performance.now();
    await db.exec("do $$ begin while clock_timestamp() < now() + interval '2 s' loop end loop; end $$");
    const tookMs = performance.now() - started;
    clearInterval(timer);
    await db.close();
    expect(tookMs).toBeGreaterThan(1500);
    expect(longestGapMs).toBeLessThan(500);
  });

  it('refuses a folder that is open already, naming the process, and takes it once it is closed', async () => {
    const folder = path.join(await makeTempFolder(), 'db');
    const db = await openDb({ folder, log: quietLog });
    await expect(openDb({ folder, log: quietLog })).rejects.toMatchObject({
      code: 'database-locked',
      params: { folder, pid: process.pid },
    });
    await db.close();
    expect(await readdir(path.dirname(folder))).toEqual(['db']);
    await (await openDb({ folder, log: quietLog })).close();
  });

  it('takes over the lock of a process that is gone, or whose number another process has now', async () => {
    const folder = path.join(await makeTempFolder(), 'db');
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    for (const holder of [
      { pid: gone.pid, host: hostname(), processStart: '1' },
      { pid: process.pid, host: hostname(), processStart: '1' },
    ]) {
      await writeFile(`${folder}.lock`, JSON.stringify(holder));
      await (await openDb({ folder, log: quietLog })).close();
    }
  });

  it('does not take over a lock from another machine, whose processes it cannot see', async () => {
    const folder = path.join(await makeTempFolder(), 'db');
    await writeFile(`${folder}.lock`, JSON.stringify({ pid: 1, host: 'elsewhere', processStart: null }));
    await expect(openDb({ folder, log: quietLog })).rejects.toMatchObject({ code: 'database-locked' });
  });

  it('keeps what was committed when its process is killed, and gives the lock to the next one', async () => {
    const folder = path.join(await makeTempFolder(), 'db');
    const open = new URL('../../dist/store/pglite.js', import.meta.url);
    const child = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `
      const { openPglite } = await import(${JSON.stringify(open.href)});
      const db = await openPglite(${JSON.stringify(folder)});
      await db.exec('create table public.kept (n int)');
      await db.transaction((tx) => tx.query('insert into public.kept select generate_series(1, 1000)'));
      console.log('committed');
      await db.transaction(async (tx) => {
        await tx.query('insert into public.kept values (0)');
        console.log('open');
        await new Promise(() => setInterval(() => {}, 1000));
      });`,
    ]);
    await new Promise<void>((resolve) => child.stdout.on('data', (text) => String(text).includes('open') && resolve()));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const db = await openDb({ folder, log: quietLog });
    expect(await db.query('select count(*) as kept, min(n) as least from public.kept')).toEqual([
      { kept: 1000, least: 1 },
    ]);
    await db.close();
  });

  it('begins anew when a copy of the template was cut short', async () => {
    const folder = path.join(await makeTempFolder(), 'db');
    await mkdir(`${folder}.partial/base`, { recursive: true });
    const db = await openDb({ folder, log: quietLog });
    expect(await db.query('select * from rivage.lake_map')).toEqual([]);
    await db.close();
    expect(await readdir(path.dirname(folder))).toEqual(['db']);
  });

  it('says what to do about a folder that is no database', async () => {
    const folder = path.join(await makeTempFolder(), 'db');
    await mkdir(folder);
    await writeFile(path.join(folder, 'PG_VERSION'), 'no version');
    await expect(openDb({ folder, log: quietLog })).rejects.toMatchObject({
      code: 'database-broken',
      params: { folder },
    });
    expect(await readFile(path.join(folder, 'PG_VERSION'), 'utf8')).toBe('no version');
  });
});
