import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDb } from '../../src/store/open.ts';
import { makeTempFolder, quietLog } from '../support/databases.ts';

describe('the embedded database', () => {
  it('leaves the event loop free during a query of two seconds, and nobody else in', async () => {
    const folder = path.join(await makeTempFolder(), 'db');
    const db = await openDb({ folder, log: quietLog });
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
    await expect(openDb({ folder, log: quietLog })).rejects.toMatchObject({ code: 'database-locked' });
    await db.close();
    expect(await readdir(path.dirname(folder))).toEqual(['db']);
    expect(tookMs).toBeGreaterThan(1500);
    expect(longestGapMs).toBeLessThan(500);
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
    let errors = '';
    child.stderr.on('data', (text) => {
      errors += text;
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (text) => String(text).includes('open') && resolve());
      child.once('exit', () => reject(new Error(`the child ended too early: ${errors}`)));
    });
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

  it('knows how many rows it has, for its plans', async () => {
    const folder = path.join(await makeTempFolder(), 'db');
    const first = await openDb({ folder, log: quietLog });
    await first.exec(
      "insert into rivage.model (model_id, labels) select 'm@' || n, '{}' from generate_series(1, 500) as n",
    );
    await first.close();
    const again = await openDb({ folder, log: quietLog });
    expect(await again.query("select reltuples as rows from pg_class where oid = 'rivage.model'::regclass")).toEqual([
      { rows: 500 },
    ]);
    await again.close();
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
