import { appendFile, cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { migrate, sqlFolder } from '../../src/store/migrate.ts';
import { describeOnBothEngines, makeTempFolder } from '../support/databases.ts';

/** A copy of sql/ to change. */
async function copySql(): Promise<{ folder: URL; file: (name: string) => string }> {
  const folder = path.join(await makeTempFolder(), 'sql');
  await cp(sqlFolder, folder, { recursive: true });
  return { folder: pathToFileURL(`${folder}/`), file: (name) => path.join(folder, name) };
}

describeOnBothEngines('migrate', (getDb) => {
  it('does nothing a second time', async () => {
    expect(await migrate(getDb())).toEqual({ applied: [], viewsRenewed: false });
  });

  it('applies a new migration and makes the views again', async () => {
    const sql = await copySql();
    await writeFile(sql.file('migrations/0002_note.sql'), 'create table rivage.note (fid int primary key);');
    await writeFile(sql.file('views/note_view.sql'), 'create view rivage.note_view as select fid from rivage.note;');
    expect(await migrate(getDb(), sql.folder)).toEqual({ applied: ['0002_note'], viewsRenewed: true });
    expect(await getDb().query('select * from rivage.note_view')).toEqual([]);
    await expect(migrate(getDb())).rejects.toMatchObject({
      code: 'database-newer',
      params: { migration: '0002_note' },
    });
    await getDb().exec(
      "drop view rivage.note_view; drop table rivage.note; delete from rivage.migration where name = '0002_note'",
    );
    await migrate(getDb());
  });

  it('applies nothing of a migration that fails, nor of those before it', async () => {
    const sql = await copySql();
    await writeFile(sql.file('migrations/0002_good.sql'), 'create table rivage.good (n int);');
    await writeFile(sql.file('migrations/0003_bad.sql'), 'create table rivage.bad (n int); select 1 / 0;');
    await expect(migrate(getDb(), sql.folder)).rejects.toMatchObject({ code: 'database-refused' });
    expect(await getDb().query("select to_regclass('rivage.good')::text as good")).toEqual([{ good: null }]);
    expect(await getDb().query('select * from rivage.lake_map')).toEqual([]);
  });

  it('refuses a released migration that was edited', async () => {
    const sql = await copySql();
    await appendFile(sql.file('migrations/0001_first_tables.sql'), '\n-- changed');
    await expect(migrate(getDb(), sql.folder)).rejects.toMatchObject({
      code: 'migration-edited',
      params: { migration: '0001_first_tables' },
    });
  });

  it('takes line ends of another system for the same migration', async () => {
    const sql = await copySql();
    const file = sql.file('migrations/0001_first_tables.sql');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll('\n', '\r\n'));
    expect(await migrate(getDb(), sql.folder)).toEqual({ applied: [], viewsRenewed: false });
  });

  it("names a user's own view that stands on ours, rather than dropping it", async () => {
    const sql = await copySql();
    await rm(sql.file('views/photo_status.sql'));
    await getDb().exec('create view public.my_lakes as select name from rivage.lake_map');
    await expect(migrate(getDb(), sql.folder)).rejects.toMatchObject({
      code: 'view-in-use',
      message: expect.stringContaining('my_lakes'),
    });
    await getDb().exec('drop view public.my_lakes');
    expect(await migrate(getDb(), sql.folder)).toEqual({ applied: [], viewsRenewed: true });
    expect(await getDb().query("select to_regclass('rivage.photo_status')::text as gone")).toEqual([{ gone: null }]);
    await migrate(getDb());
  });

  it('lets two programs migrate at the same time', async () => {
    const sql = await copySql();
    await appendFile(sql.file('views/lake_map.sql'), '\n-- changed');
    const both = await Promise.all([migrate(getDb(), sql.folder), migrate(getDb(), sql.folder)]);
    expect(both.map((done) => done.viewsRenewed).sort()).toEqual([false, true]);
  });
});
