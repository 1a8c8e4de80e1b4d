import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTempFolder } from '../support/databases.ts';
import { type Cluster, isPostgresInstalled, startCluster } from '../support/postgres.ts';
import { openDesktop, type PlayReport } from './desktop.ts';
import { askLake, makeTestLake, serveTestLake, type TestLake } from './lake-service.ts';
import { isQgisInstalled } from './qgis.ts';

/** How long the window may ever be held up, ms. */
const longestGapMs = 100;

/** A first visit to a lake, in one language on one engine: the play once, and then what came of it. */
function describeVisit(engine: string, language: 'en' | 'fr', makeLake: () => Promise<TestLake>): void {
  describe.skipIf(!isQgisInstalled())(`a visit in QGIS (${engine}, ${language})`, () => {
    let lake: TestLake;
    let report: PlayReport;
    beforeAll(async () => {
      lake = await makeLake();
      await makeTestLake(lake, { days: 12, tents: 8, persons: 0 });
      const served = await serveTestLake(lake, { language });
      const desktop = await openDesktop(await makeTempFolder(), language);
      try {
        const shots = process.env.RIVAGE_SHOTS && path.resolve(process.env.RIVAGE_SHOTS, `${engine}-${language}`);
        report = await desktop.play('visit', {
          RIVAGE_URL: served.url,
          RIVAGE_WORKSPACE: lake.folder,
          RIVAGE_SHOTS: shots ?? '',
        });
      } finally {
        desktop.stop();
        await served.stop();
      }
    }, 400_000);

    it('ends without a traceback', () => {
      expect(report.tracebacks).toEqual([]);
    });

    it('processes the folder and says how far it is', () => {
      expect(report.facts.run).toEqual({ state: 'done', done: 12, total: 12 });
      expect(report.facts.progressTexts.length).toBeGreaterThan(2);
    });

    it('shows as many features as SQL counts', async () => {
      const layers = report.facts.layers as readonly { readonly id: string; readonly features: number }[];
      expect(layers.length).toBeGreaterThan(5);
      for (const { id, features } of layers) {
        const [row] = await askLake(lake, (db) => db.query<{ n: number }>(`select count(*) as n from rivage.${id}`));
        expect([id, features]).toEqual([id, row?.n]);
      }
    });

    it('never holds the window up', () => {
      for (const { name, longestGapMs: gap } of report.scenes.slice(1))
        expect([name, gap <= longestGapMs, gap]).toEqual([name, true, gap]);
    });
  });
}

describeVisit('pglite', 'fr', async () => ({
  folder: path.join(await makeTempFolder(), 'lake'),
  databaseUrl: undefined,
}));

describe.skipIf(!isPostgresInstalled())('on a server', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster?.stop());
  describeVisit('postgres', 'en', async () => ({
    folder: path.join(await makeTempFolder(), 'lake'),
    databaseUrl: await cluster.createDatabase('rivage'),
  }));
});
