import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { createLog } from '../../src/log.ts';
import type { Db } from '../../src/store/db.ts';
import { openDb } from '../../src/store/open.ts';
import { type Cluster, isPostgresInstalled, startCluster } from './postgres.ts';

export const quietLog = createLog('error');

/** A folder that is gone after the test file. */
export async function makeTempFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rivage-test-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the same suite on the embedded database and, where PostgreSQL is installed, on real PostGIS. */
export function describeOnBothEngines(name: string, suite: (getDb: () => Db) => void): void {
  describe(`${name} (pglite)`, () => {
    let db: Db;
    beforeAll(async () => {
      db = await openDb({ folder: path.join(await makeTempFolder(), 'db'), log: quietLog });
    });
    afterAll(() => db?.close().catch(() => undefined)); // a test may have closed it
    suite(() => db);
  });
  describe.skipIf(!isPostgresInstalled())(`${name} (postgres)`, () => {
    let cluster: Cluster;
    let db: Db;
    beforeAll(async () => {
      cluster = await startCluster();
      db = await openDb({ databaseUrl: await cluster.createDatabase('rivage'), folder: '', log: quietLog });
    });
    afterAll(async () => {
      await db?.close().catch(() => undefined);
      await cluster?.stop();
    });
    suite(() => db);
  });
}
