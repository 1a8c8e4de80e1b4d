import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Language } from '../errors.ts';
import type { Db } from './db.ts';
import { findSqlState } from './session.ts';
import { type Glossary, parseGlossary, replaceTexts } from './style-texts.ts';

/** Names of our styles in QGIS, one a language; rows of other names in layer_styles are people's own. */
export const styleNames: Readonly<Record<Language, string>> = { en: 'Rivage', fr: 'Rivage (français)' };

const descriptions: Readonly<Record<Language, string>> = {
  en: 'Rivage ({version}). Replaced at each new version: save your own under another name.',
  fr: 'Rivage ({version}). Remplacé à chaque nouvelle version : enregistrez le vôtre sous un autre nom.',
};

const languages: readonly Language[] = ['en', 'fr'];

/** Names of the styles in the folder `sql/`: that of a view has the view's name. */
export async function listStyles(folder: URL): Promise<readonly string[]> {
  const files = await readdir(new URL('styles/', folder));
  return files.flatMap((file) => (file.endsWith('.qml') ? [file.slice(0, -4)] : [])).sort();
}

/** The words of the map in a language: what turns an English text into it. A text without translation stays English. */
export async function readWords(language: Language, folder: URL): Promise<(text: string) => string> {
  if (language === 'en') return (text) => text;
  const glossary: Glossary = parseGlossary(await readFile(new URL('styles/french.csv', folder), 'utf8'));
  return (text) => glossary.get(text) ?? text;
}

/** A QML in a language; `name` is one of `listStyles`. */
export async function readStyle(name: string, language: Language, folder: URL): Promise<string> {
  const qml = await readFile(new URL(`styles/${name}.qml`, folder), 'utf8');
  return language === 'en' ? qml : replaceTexts(qml, await readWords(language, folder));
}

/** A row of layer_styles that is ours. */
interface StyleRow {
  readonly view: string;
  readonly name: string;
  readonly qml: string;
  /** Without the version, which stands where {version} is. */
  readonly description: string;
}

/**
 * Writes our styles into layer_styles, where QGIS looks for them, once for each version of them. Those of people stay.
 * What is the default of a view stays it: a style of theirs, or ours in the language of who came first. Where the table
 * may not be made or written, nothing is done.
 */
export async function writeStyles(tx: Db, language: Language, folder: URL): Promise<void> {
  const rows = await readRows(tx, folder);
  const version = createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 12);
  await tx.exec(await readFile(new URL('styles/layer_styles.sql', folder), 'utf8'));
  const [table] = await tx.query<{ known: string | null }>("select to_regclass('public.layer_styles')::text as known");
  if (!table?.known) return;
  try {
    await tx.transaction(async (savepoint) => {
      if ((await findVersion(savepoint, rows.length)) !== version)
        await replaceRows(savepoint, { rows, version, language });
    });
  } catch (error) {
    // a table of somebody else's, which layer_styles.sql gave notice of
    if (findSqlState(error) !== insufficientPrivilege) throw error;
  }
}

const insufficientPrivilege = '42501';

interface NewStyles {
  readonly rows: readonly StyleRow[];
  readonly version: string;
  /** Of the default, where there is none. */
  readonly language: Language;
}

async function replaceRows(tx: Db, { rows, version, language }: NewStyles): Promise<void> {
  const before = await tx.query<{ view: string; name: string; isDefault: boolean }>(
    `delete from public.layer_styles
     where f_table_catalog = current_database() and f_table_schema = 'rivage' and stylename = any($1)
     returning f_table_name as view, stylename as name, useasdefault as "isDefault"`,
    [Object.values(styleNames)],
  );
  const defaults = new Map(before.flatMap(({ view, name, isDefault }) => (isDefault ? [[view, name]] : [])));
  const written = rows.map((row) => ({
    ...row,
    isDefault: row.name === (defaults.get(row.view) ?? styleNames[language]),
  }));
  // QGIS 3.22 applies a default only where the catalog is named; a type that is null fits every client
  await tx.query(
    `insert into public.layer_styles
       (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, stylename, styleqml, useasdefault, description)
     select current_database(), 'rivage', s.view, 'geom', s.name, xmlparse(document s.qml),
       s."isDefault" and not exists (
         select from public.layer_styles as own
         where own.f_table_catalog = current_database() and own.f_table_schema = 'rivage'
           and own.f_table_name = s.view and own.useasdefault
       ),
       replace(s.description, '{version}', $2)
     from jsonb_to_recordset($1::jsonb) as s (view text, name text, qml text, "isDefault" boolean, description text)`,
    [JSON.stringify(written), version],
  );
}

/** The version that our rows carry in their description, if all of them are there and carry the same. */
async function findVersion(tx: Db, count: number): Promise<string | undefined> {
  const found = await tx.query<{ version: string; count: number }>(
    `select substring(description from '\\(([0-9a-f]{12})\\)') as version, count(*) as count
     from public.layer_styles
     where f_table_catalog = current_database() and f_table_schema = 'rivage' and stylename = any($1)
     group by 1`,
    [Object.values(styleNames)],
  );
  return found.length === 1 && found[0]?.count === count ? found[0].version : undefined;
}

async function readRows(tx: Db, folder: URL): Promise<readonly StyleRow[]> {
  const there = await tx.query<{ name: string }>("select viewname as name from pg_views where schemaname = 'rivage'");
  const styles = await listStyles(folder);
  const views = styles.filter((style) => there.some((view) => view.name === style));
  const wanted = views.flatMap((view) => languages.map((one) => ({ view, one })));
  return Promise.all(
    wanted.map(async ({ view, one }) => {
      const qml = await readStyle(view, one, folder);
      return { view, name: styleNames[one], qml, description: descriptions[one] };
    }),
  );
}
