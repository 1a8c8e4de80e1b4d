import { appendFile, cp } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { migrate, sqlFolder } from '../../src/store/migrate.ts';
import { listStyles, readStyle, writeStyles } from '../../src/store/styles.ts';
import { describeOnBothEngines, makeTempFolder } from '../support/databases.ts';

interface StyleRow {
  readonly view: string;
  readonly name: string;
  readonly qml: string;
  readonly isDefault: boolean;
  readonly type: string | null;
}

/** What QGIS finds for the views of this database. */
function listRows(db: Db, view = '%'): Promise<readonly StyleRow[]> {
  return db.query<StyleRow>(
    `select f_table_name as view, stylename as name, styleqml::text as qml, useasdefault as "isDefault", type
     from public.layer_styles
     where f_table_catalog = current_database() and f_table_schema = 'rivage' and f_geometry_column = 'geom'
       and f_table_name like $1
     order by f_table_name, stylename`,
    [view],
  );
}

const summarise = (rows: readonly StyleRow[]) => rows.map(({ name, isDefault }) => [name, isDefault]);

/** Does something and takes it back. */
async function tryOut(db: Db, work: (tx: Db) => Promise<void>): Promise<void> {
  const takenBack = new Error('taken back');
  const attempt = db.transaction(async (tx) => {
    await work(tx);
    throw takenBack;
  });
  await expect(attempt).rejects.toBe(takenBack);
}

describeOnBothEngines('layer_styles', (getDb) => {
  it('has the style of every map view in both languages, as QGIS takes it', async () => {
    const rows = await listRows(getDb());
    const views = (await listStyles(sqlFolder)).filter((style) => style !== 'density');
    expect(rows.map(({ view, name }) => [view, name])).toEqual(
      views.flatMap((view) => [
        [view, 'Rivage'],
        [view, 'Rivage (français)'],
      ]),
    );
    for (const { view, name, qml, isDefault, type } of rows) {
      expect(qml).toBe(await readStyle(view, name === 'Rivage' ? 'en' : 'fr', sqlFolder));
      expect(isDefault).toBe(name === 'Rivage');
      // a type that is named would hide it from layers opened without one
      expect(type).toBeNull();
    }
  });

  it('has a style for every map view', async () => {
    const views = await getDb().query<{ name: string }>(
      "select f_table_name as name from geometry_columns where f_table_schema = 'rivage' and f_table_name like '%map' order by 1",
    );
    const styled = new Set((await listRows(getDb())).map(({ view }) => view));
    expect(views.filter(({ name }) => !styled.has(name))).toEqual([]);
  });

  it('is read by the reader role', async () => {
    const [row] = await getDb().query<{ reads: boolean; writes: boolean }>(
      `select has_table_privilege('rivage_reader', 'public.layer_styles', 'select') as reads,
         has_table_privilege('rivage_reader', 'public.layer_styles', 'insert, update, delete') as writes`,
    );
    expect(row).toEqual({ reads: true, writes: false });
  });

  it('takes the language of the first service for the default, and another one leaves it', async () => {
    await tryOut(getDb(), async (tx) => {
      await tx.exec("delete from public.layer_styles where f_table_schema = 'rivage'");
      for (const language of ['fr', 'en'] as const) {
        await writeStyles(tx, language, sqlFolder);
        expect(summarise(await listRows(tx, 'lake_map'))).toEqual([
          ['Rivage', false],
          ['Rivage (français)', true],
        ]);
      }
    });
  });

  it('keeps the language that somebody chose for a view when the styles are written again', async () => {
    await tryOut(getDb(), async (tx) => {
      await tx.exec(`
        update public.layer_styles set useasdefault = stylename <> 'Rivage' where f_table_name = 'lake_map';
        delete from public.layer_styles where f_table_name = 'stay_map';`);
      await writeStyles(tx, 'en', sqlFolder);
      expect(summarise(await listRows(tx, 'lake_map'))).toContainEqual(['Rivage (français)', true]);
      expect(summarise(await listRows(tx, 'stay_map'))).toContainEqual(['Rivage', true]);
    });
  });

  it("keeps people's own styles, and their own default", async () => {
    await tryOut(getDb(), async (tx) => {
      await tx.exec(`
        update public.layer_styles set useasdefault = false where f_table_name = 'lake_map';
        insert into public.layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, stylename,
          styleqml, useasdefault)
        values (current_database(), 'rivage', 'lake_map', 'geom', 'Mine', '<qgis/>', true);
        delete from public.layer_styles where f_table_name = 'zone_map';`);
      await writeStyles(tx, 'fr', sqlFolder);
      expect(summarise(await listRows(tx, 'lake_map'))).toEqual([
        ['Mine', true],
        ['Rivage', false],
        ['Rivage (français)', false],
      ]);
      expect(summarise(await listRows(tx, 'zone_map'))).toContainEqual(['Rivage (français)', true]);
    });
  });

  it('is written again when a style changed, or when somebody lost ours', async () => {
    const folder = path.join(await makeTempFolder(), 'sql');
    await cp(sqlFolder, folder, { recursive: true });
    await appendFile(path.join(folder, 'styles/lake_map.qml'), '<!-- changed -->');
    await tryOut(getDb(), async (tx) => {
      await migrate(tx, pathToFileURL(`${folder}/`));
      expect((await listRows(tx, 'lake_map'))[0]?.qml).toContain('<!-- changed -->');
      await tx.exec("delete from public.layer_styles where f_table_name = 'lake_map'");
      await migrate(tx);
      expect(await listRows(tx, 'lake_map')).toHaveLength(2);
    });
  });

  it('is left alone while nothing changed', async () => {
    const ids = () => getDb().query('select id from public.layer_styles order by id');
    const before = await ids();
    await migrate(getDb());
    expect(await ids()).toEqual(before);
  });

  it('is no reason to fail where it may not be made, or belongs to somebody else', async () => {
    await tryOut(getDb(), async (tx) => {
      await tx.exec('create role rivage_poor; revoke create on schema public from public; set local role rivage_poor');
      await writeStyles(tx, 'fr', sqlFolder);
      await tx.exec('reset role');
      expect(summarise(await listRows(tx, 'lake_map'))).toContainEqual(['Rivage', true]);
      await tx.exec('drop table public.layer_styles; set local role rivage_poor');
      await writeStyles(tx, 'en', sqlFolder);
      const [table] = await tx.query<{ known: string | null }>(
        "select to_regclass('public.layer_styles')::text as known",
      );
      expect(table?.known).toBeNull();
    });
  });
});
