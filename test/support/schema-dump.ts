import { readFile } from 'node:fs/promises';
import type { Db } from '../../src/store/db.ts';
import { sqlFolder } from '../../src/store/migrate.ts';

const head = `-- The schema rivage after all migrations: tables, columns, constraints, indexes, views and comments.
-- Made by: npx vitest run --config test/vitest.config.ts test/sql --update
`;

/** Describes the migrated schema as text, the same on both engines: sql/schema.sql is its golden. */
export async function dumpSchema(db: Db): Promise<string> {
  const sql = await readFile(new URL('catalogue.sql', sqlFolder), 'utf8');
  const lines = await db.query<{ text: string }>(sql);
  const blocks = lines.map(({ text }) => (text.startsWith(' ') ? text : `\n${text}`));
  return `${[head, ...blocks].join('\n').replace('\n\n\n', '\n\n')}\n`;
}
