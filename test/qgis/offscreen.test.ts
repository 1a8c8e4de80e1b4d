import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTempFolder } from '../support/databases.ts';
import { type Cluster, isPostgresInstalled, startCluster } from '../support/postgres.ts';
import { makeTestLake, type ServedLake, serveTestLake, type TestLake } from './lake-service.ts';
import { isQgisInstalled, listOffscreenTests, runOffscreenTest } from './qgis.ts';

/** Every offscreen test of the plugin, against a service of its own. */
function describeOffscreen(engine: string, makeLake: () => Promise<TestLake>): void {
  describe.skipIf(!isQgisInstalled())(`the plugin in QGIS without a screen (${engine})`, () => {
    let lake: TestLake;
    let served: ServedLake;
    beforeAll(async () => {
      lake = await makeLake();
      await makeTestLake(lake, { days: 12, tents: 8, persons: 500 });
      served = await serveTestLake(lake);
    }, 180_000);
    afterAll(() => served?.stop());

    it.each(listOffscreenTests())('%s passes', { timeout: 180_000 }, async (name) => {
      const env = {
        RIVAGE_URL: served.url,
        RIVAGE_WORKSPACE: lake.folder,
        RIVAGE_DATABASE_URL: lake.databaseUrl ?? '',
      };
      const { code, output } = await runOffscreenTest(name, env);
      expect(output).toMatch(/Ran [1-9]\d* tests?/);
      expect(code, output).toBe(0);
    });
  });
}

describeOffscreen('pglite', async () => ({
  folder: path.join(await makeTempFolder(), 'lake'),
  databaseUrl: undefined,
}));

describe.skipIf(!isPostgresInstalled())('on a server', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster?.stop());
  describeOffscreen('postgres', async () => ({
    folder: path.join(await makeTempFolder(), 'lake'),
    databaseUrl: await cluster.createDatabase('rivage'),
  }));
});
