/** Makes the template of the embedded database: `npm run build` runs it after the compiler. */
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate, sqlFolder } from './migrate.ts';
import { openPglite, templateFolder } from './pglite.ts';

const template = fileURLToPath(templateFolder).replace(/[\\/]$/, '');
const inputsFile = `${template}.inputs`;

/** Everything that the template is made of: the engine's versions and all SQL and styles that a migrate writes. */
async function hashInputs(): Promise<string> {
  const root = new URL('..', sqlFolder);
  const files = [
    'node_modules/@electric-sql/pglite/package.json',
    'node_modules/@electric-sql/pglite-postgis/package.json',
  ].map((file) => fileURLToPath(new URL(file, root)));
  for (const entry of await readdir(sqlFolder, { recursive: true, withFileTypes: true })) {
    if (/\.(sql|qml|csv)$/.test(entry.name) && !['schema.sql', 'catalogue.sql'].includes(entry.name))
      files.push(path.join(entry.parentPath, entry.name));
  }
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(path.basename(file)).update(await readFile(file));
  return hash.digest('hex');
}

const inputs = await hashInputs();
if ((await readFile(inputsFile, 'utf8').catch(() => '')) !== inputs) {
  const draft = `${template}.draft-${process.pid}`;
  await rm(inputsFile, { force: true });
  const db = await openPglite(draft, 'empty');
  try {
    await migrate(db);
    await db.exec('vacuum analyze');
  } finally {
    await db.close();
  }
  await rm(template, { recursive: true, force: true });
  await rename(draft, template);
  await writeFile(inputsFile, inputs);
}
