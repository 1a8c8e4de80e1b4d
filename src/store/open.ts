import type { Language } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Db } from './db.ts';
import { migrate, sqlFolder } from './migrate.ts';
import { openPg } from './pg.ts';
import { openPglite } from './pglite.ts';
import { gatherStatistics } from './statistics.ts';

export interface OpenDbOptions {
  /** PostgreSQL with PostGIS; undefined: the embedded database in `folder`. */
  readonly databaseUrl?: string | undefined;
  /** Folder of the embedded database, `<workspace>/.rivage/db`. */
  readonly folder: string;
  readonly log: Log;
  /** Of the styles that QGIS takes unasked; default English. */
  readonly language?: Language;
  /** False: the caller migrates by itself. Default true. */
  readonly migrate?: boolean;
}

/**
 * Opens the database of a workspace and brings it to this version.
 * @throws ServiceError database-locked, database-broken, database-unreachable, and those of `migrate`
 */
export async function openDb(options: OpenDbOptions): Promise<Db> {
  const { databaseUrl, folder, log } = options;
  const started = performance.now();
  const db = databaseUrl ? await openPg(databaseUrl, log) : await openPglite(folder);
  try {
    const migrated = options.migrate === false ? undefined : await migrate(db, sqlFolder, options.language);
    await gatherStatistics(db);
    log.debug('database open', { engine: db.engine, ms: Math.round(performance.now() - started), ...migrated });
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}
