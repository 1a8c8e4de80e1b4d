import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Language, ServiceError } from '../errors.ts';
import type { Db } from './db.ts';
import { findSqlState } from './session.ts';
import { writeStyles } from './styles.ts';
import { sortViews } from './view-order.ts';

/** The folder `sql/` of the project. */
export const sqlFolder = new URL('../../sql/', import.meta.url);

/** What a migrate did. */
export interface Migrated {
  /** Names of the migrations that were applied now, in order. */
  readonly applied: readonly string[];
  /** True when the views were made again, because a file of theirs changed. */
  readonly viewsRenewed: boolean;
}

interface SqlFile {
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

/**
 * Brings the database to this version: new migrations in order, then functions, views, the reader role and the styles
 * for QGIS, all in one transaction. Does nothing when nothing changed. `language` is that of the styles QGIS takes
 * unasked in a database that has none yet; the other one is there to choose.
 * @throws ServiceError migration-edited, database-newer, view-in-use, postgis-missing
 */
export async function migrate(db: Db, folder: URL = sqlFolder, language: Language = 'en'): Promise<Migrated> {
  const migrations = await readSqlFiles(new URL('migrations/', folder));
  const views = await readSqlFiles(new URL('views/', folder));
  const functions = await readSqlFile(new URL('functions.sql', folder));
  const reader = await readSqlFile(new URL('reader.sql', folder));
  const viewsChecksum = hash([...views, functions, reader].map((file) => file.checksum).join());
  return db.transaction(async (tx) => {
    // one program at a time; PGlite has one session anyway
    await tx.query('select pg_advisory_xact_lock($1)', [lockKey]);
    await prepare(tx);
    const known = await readKnown(tx);
    const pending = choosePending(migrations, known);
    const viewsRenewed = pending.length > 0 || known.get(viewsRow) !== viewsChecksum;
    if (viewsRenewed) {
      await dropViews(tx);
      for (const migration of pending) {
        await tx.exec(migration.text);
        await remember(tx, migration.name, migration.checksum);
      }
      await tx.exec(functions.text);
      for (const view of sortViews(views)) await tx.exec(view.text);
      await tx.exec(reader.text);
      await remember(tx, viewsRow, viewsChecksum);
    }
    await writeStyles(tx, language, folder);
    return { applied: pending.map((migration) => migration.name), viewsRenewed };
  });
}

/** Key of the advisory lock, any number that nobody else uses: the letters "rivg". */
const lockKey = 0x72697667;
const viewsRow = 'views';

async function prepare(tx: Db): Promise<void> {
  const [postgis] = await tx.query("select from pg_extension where extname = 'postgis'");
  if (!postgis) {
    await tx.query('create extension postgis').catch((cause: Error) => {
      throw new ServiceError('postgis-missing', { why: cause.message }, { cause });
    });
  }
  const [table] = await tx.query<{ known: string | null }>("select to_regclass('rivage.migration')::text as known");
  if (table?.known) return;
  await tx.exec(`
    create schema if not exists rivage;
    create table rivage.migration (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    );`);
}

async function readKnown(tx: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ name: string; checksum: string }>('select name, checksum from rivage.migration');
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function choosePending(migrations: readonly SqlFile[], known: ReadonlyMap<string, string>): readonly SqlFile[] {
  for (const migration of migrations) {
    const checksum = known.get(migration.name);
    if (checksum !== undefined && checksum !== migration.checksum) {
      throw new ServiceError('migration-edited', { migration: migration.name });
    }
  }
  const unknown = [...known.keys()].find((name) => name !== viewsRow && !migrations.some((file) => file.name === name));
  if (unknown !== undefined) throw new ServiceError('database-newer', { migration: unknown });
  return migrations.filter((migration) => !known.has(migration.name));
}

/** All our views in one statement, without cascade: people's own views on ours are never dropped behind their back. */
async function dropViews(tx: Db): Promise<void> {
  const [row] = await tx.query<{ names: string | null }>(
    "select string_agg(format('rivage.%I', viewname), ', ') as names from pg_views where schemaname = 'rivage'",
  );
  if (!row?.names) return;
  const names = row.names;
  await tx.exec(`drop view ${names}`).catch((error: ServiceError) => {
    if (findSqlState(error) !== '2BP01') throw error;
    const cause = error.cause as { detail?: string };
    throw new ServiceError('view-in-use', { dependents: cause.detail ?? error.message }, { cause: error });
  });
}

async function remember(tx: Db, name: string, checksum: string): Promise<void> {
  await tx.query(
    `insert into rivage.migration (name, checksum) values ($1, $2)
     on conflict (name) do update set checksum = excluded.checksum, applied_at = now()`,
    [name, checksum],
  );
}

async function readSqlFiles(folder: URL): Promise<readonly SqlFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(names.map((name) => readSqlFile(new URL(name, folder))));
}

/** The checksum does not see the line ends of the machine, so that a Windows checkout is the same migration. */
async function readSqlFile(file: URL): Promise<SqlFile> {
  const text = (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
  const name =
    fileURLToPath(file)
      .replaceAll('\\', '/')
      .split('/')
      .at(-1)
      ?.replace(/\.sql$/, '') ?? '';
  return { name, text, checksum: hash(text) };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
