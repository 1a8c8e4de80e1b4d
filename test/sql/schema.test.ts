import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { writeAnalysis } from '../../src/store/analyses.ts';
import { sqlFolder } from '../../src/store/migrate.ts';
import { writePhoto } from '../../src/store/photos.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { makePhoto, writePlaces } from '../support/lake-fixture.ts';
import { dumpSchema } from '../support/schema-dump.ts';

/** Words that say what a number is measured in, or that it is a count or a name of a row. */
const units = /\b(m|m²|px|degrees|hours|minutes|s|without unit|whole number|number|UTC instant|0 to 1|tent-nights)\b/i;

describeOnBothEngines('the schema', (getDb) => {
  it('is the one of sql/schema.sql', async () => {
    await expect(await dumpSchema(getDb())).toMatchFileSnapshot('../../sql/schema.sql');
  });

  it('comments every view and every column of a view', async () => {
    const missing = await getDb().query(
      `select c.relname as view, a.attname as column from pg_class as c
       join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
       where c.relnamespace = 'rivage'::regnamespace and c.relkind = 'v'
         and (obj_description(c.oid) is null or col_description(c.oid, a.attnum) is null)`,
    );
    expect(missing).toEqual([]);
  });

  it('says the unit of every number and instant in a view', async () => {
    const rows = await getDb().query<{ column: string; comment: string }>(
      `select c.relname || '.' || a.attname as column, col_description(c.oid, a.attnum) as comment
       from pg_class as c join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
       where c.relnamespace = 'rivage'::regnamespace and c.relkind = 'v'
         and format_type(a.atttypid, null) in ('integer', 'bigint', 'double precision', 'numeric', 'timestamp with time zone')`,
    );
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter((row) => !units.test(row.comment))).toEqual([]);
  });

  it('gives every map view an integer key, a geometry type and EPSG:4326', async () => {
    const views = await getDb().query<{ name: string; type: string; srid: number; key: string }>(
      `select g.f_table_name as name, g.type, g.srid, format_type(a.atttypid, null) as key
       from geometry_columns as g join pg_views as v on v.schemaname = g.f_table_schema and v.viewname = g.f_table_name
       left join pg_attribute as a on a.attrelid = format('rivage.%I', g.f_table_name)::regclass and a.attname = 'fid'
       where g.f_table_schema = 'rivage'`,
    );
    expect(views.map((view) => view.name).sort()).toEqual([
      'bivouac_heatmap',
      'camera_map',
      'density_map',
      'lake_map',
      'sighting_ellipse_map',
      'sighting_map',
      'stay_map',
      'tent_night',
      'viewshed_map',
      'zone_map',
    ]);
    for (const view of views) {
      expect(view).toMatchObject({ srid: 4326, key: 'integer' });
      expect(['POINT', 'POLYGON', 'MULTIPOLYGON']).toContain(view.type);
    }
  });

  it('lets the reader role read the views and no table', async () => {
    const rows = await getDb().query<{ kind: string; readable: boolean }>(
      `select distinct relkind as kind, has_table_privilege('rivage_reader', oid, 'select') as readable
       from pg_class where relnamespace = 'rivage'::regnamespace and relkind in ('r', 'v') order by 1`,
    );
    expect(rows).toEqual([
      { kind: 'r', readable: false },
      { kind: 'v', readable: true },
    ]);
  });

  it('lets the reader role read all that the views read through functions', async () => {
    await writePlaces(getDb());
    await getDb().exec(
      `insert into rivage.model (model_id, labels) values ('m@1', '{person,tent}');
       insert into rivage.label_threshold (model_id, label, min_confidence, shown)
       values ('m@1', 'person', 0.3, true), ('m@1', 'tent', 0.3, true);
       insert into rivage.stay (camera_id, model_id, label, geom, cov_ee_m2, cov_en_m2, cov_nn_m2, first_seen, last_seen, frames)
       values ('north', 'm@1', 'tent', ST_Point(6.4005, 44.8035, 4326), 1, 0, 1, '2026-07-01T18:00Z', '2026-07-02T05:00Z', 2);`,
    );
    const photo = makePhoto('2026-07-01T18:00:00Z');
    await writePhoto(getDb(), photo);
    await writeAnalysis(getDb(), {
      photoId: photo.id,
      modelId: 'm@1',
      calibrationId: undefined,
      durationMs: 1,
      found: [],
    });
    const views = await getDb().query<{ name: string }>(
      "select viewname as name from pg_views where schemaname = 'rivage'",
    );
    for (const { name } of views) {
      await getDb().transaction(async (tx) => {
        await tx.exec('set local role rivage_reader');
        await tx.query(`select * from rivage.${name}`);
      });
    }
  });

  it('has no view file without a view, nor the other way round', async () => {
    const text = await readFile(new URL('schema.sql', sqlFolder), 'utf8');
    const files = (await readdir(new URL('views/', sqlFolder))).map((name) => name.replace(/\.sql$/, '')).sort();
    expect([...text.matchAll(/^view (\w+)/gm)].map((match) => match[1])).toEqual(files);
  });
});
