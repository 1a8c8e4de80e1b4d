import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTempFolder } from '../support/databases.ts';
import { type Cluster, findFreePort, isPostgresInstalled, startCluster } from '../support/postgres.ts';
import { type Desktop, openDesktop, type PlayReport } from './desktop.ts';
import {
  askLake,
  makeServerLake,
  makeTestLake,
  officer,
  type ServedLake,
  serveTestLake,
  type TestLake,
} from './lake-service.ts';
import { isQgisInstalled } from './qgis.ts';

/** How long the window may ever be held up, ms. */
const longestGapMs = 100;

function expectNoGap({ scenes, heldUpBy }: PlayReport): void {
  const late = scenes.slice(1).filter((scene) => scene.longestGapMs > longestGapMs);
  expect(late, JSON.stringify(heldUpBy, undefined, 1)).toEqual([]);
}

function shotsOf(name: string): string {
  return process.env.RIVAGE_SHOTS ? path.resolve(process.env.RIVAGE_SHOTS, name) : '';
}

async function makeEmbeddedLake(): Promise<TestLake> {
  return { folder: path.join(await makeTempFolder(), 'lake'), databaseUrl: undefined };
}

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
        report = await desktop.play('visit', {
          RIVAGE_URL: served.url,
          RIVAGE_WORKSPACE: lake.folder,
          RIVAGE_LOGIN: lake.databaseUrl === undefined ? '' : officer,
          RIVAGE_SHOTS: shotsOf(`${engine}-${language}`),
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
      expect(report.facts.progressTexts.length).toBeGreaterThan(3);
    });

    it('shows as many features as SQL counts', async () => {
      const layers = report.facts.layers as readonly { readonly id: string; readonly features: number }[];
      expect(layers.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['sighting_map', 'stay_map', 'bivouac_heatmap']),
      );
      const counted = await askLake(lake, (db) =>
        Promise.all(
          layers.map(async ({ id }) => {
            // as they were: a calibration that is saved at the end of the visit changes none of these
            const [row] = await db.query<{ features: number }>(`select count(*) as features from rivage.${id}`);
            return { id, features: row?.features };
          }),
        ),
      );
      expect(layers.map(({ id, features }) => ({ id, features }))).toEqual(counted);
    });

    it('styles them, with legends in the language of QGIS', () => {
      const find = (id: string) => report.facts.layers.find((layer: { readonly id: string }) => layer.id === id);
      expect(find('sighting_map')).toMatchObject({ renderer: 'categorizedSymbol', temporal: true, mapTip: true });
      expect(find('sighting_map').legend).toContain(language === 'fr' ? 'Personne' : 'Person');
      expect(find('bivouac_heatmap')).toMatchObject({ renderer: 'heatmapRenderer', temporal: true });
      expect(find('density_map').legend.at(-1)).toMatch(language === 'fr' ? /^Non surveillé/ : /^Not watched/);
    });

    it('shows in each frame of time what SQL finds there', async () => {
      const frames = report.facts.frames as readonly { from: string; to: string; features: number }[];
      const counted = await askLake(lake, (db) =>
        Promise.all(
          frames.map(async ({ from, to }) => {
            const [row] = await db.query<{ n: number }>(
              'select count(*) as n from rivage.sighting_map where taken_at >= $1 and taken_at < $2',
              [from, to],
            );
            return row?.n;
          }),
        ),
      );
      expect(frames.map(({ features }) => features)).toEqual(counted);
      expect(Math.max(...frames.map(({ features }) => features))).toBeGreaterThan(0);
    });

    it('calibrates by clicks to the pose that the surveyed points give', async () => {
      const [known] = await askLake(lake, (db) =>
        db.query<{ heading: number; pitch: number; roll: number }>(
          `select heading_deg as heading, pitch_deg as pitch, roll_deg as roll from rivage.calibration_history
           where camera_id = 'east' and origin = 'file'`,
        ),
      );
      const { pose } = report.facts.solved;
      expect(Math.abs(pose.headingDeg - (known?.heading ?? 0))).toBeLessThan(0.1);
      expect(Math.abs(pose.pitchDeg - (known?.pitch ?? 0))).toBeLessThan(0.1);
      expect(Math.abs(pose.rollDeg - (known?.roll ?? 0))).toBeLessThan(0.1);
      const stored = await askLake(lake, (db) =>
        db.query("select 1 from rivage.calibration_history where camera_id = 'east' and origin = 'service'"),
      );
      expect(stored).toHaveLength(1);
    });

    it('refuses a zone that crosses itself, and sends one that was moved', async () => {
      const [refused] = report.messages.filter(({ scene }) => scene === 'zones');
      expect(refused?.text).toMatch(language === 'fr' ? /se croise/ : /crosses itself/);
      const sent = report.messages.filter(({ scene }) => scene === 'zones sent');
      expect(sent).toHaveLength(1);
    });

    it('never holds the window up', () => expectNoGap(report));
  });
}

describeVisit('pglite', 'fr', makeEmbeddedLake);

describe.skipIf(!isPostgresInstalled())('on a server', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster?.stop());
  describeVisit('postgres', 'en', async () =>
    makeServerLake(cluster, 'rivage', path.join(await makeTempFolder(), 'lake')),
  );

  it.skipIf(!isQgisInstalled())(
    'carries 200,000 sightings without holding the window up',
    async () => {
      const lake = await makeServerLake(cluster, 'crowd', path.join(await makeTempFolder(), 'lake'));
      await makeTestLake(lake, { days: 90, tents: 12, persons: 200_000 });
      const served = await serveTestLake(lake);
      const desktop = await openDesktop(await makeTempFolder(), 'en');
      try {
        const report = await desktop.play('crowd', {
          RIVAGE_URL: served.url,
          RIVAGE_LOGIN: officer,
          RIVAGE_SHOTS: shotsOf('crowd'),
        });
        expect(report.tracebacks).toEqual([]);
        expect(report.facts.drawMs).toHaveLength(1);
        expectNoGap(report);
      } finally {
        desktop.stop();
        await served.stop();
      }
    },
    400_000,
  );
});

describe.skipIf(!isQgisInstalled())('what goes wrong in the field', () => {
  let lake: TestLake;
  let desktop: Desktop;
  let port: number;
  let served: ServedLake;
  const serve = async (token = ''): Promise<void> => {
    await served?.stop();
    served = await serveTestLake(lake, { port, token });
  };
  beforeAll(async () => {
    lake = await makeEmbeddedLake();
    await makeTestLake(lake, { days: 3, tents: 4, persons: 0 });
    port = await findFreePort();
    desktop = await openDesktop(await makeTempFolder(), 'en');
    await serve();
  }, 180_000);
  afterAll(async () => {
    desktop?.stop();
    await served?.stop();
  });
  const env = () => ({ RIVAGE_URL: served.url, RIVAGE_WORKSPACE: lake.folder, RIVAGE_SHOTS: shotsOf('mishaps') });

  it('a run goes on when QGIS is closed, and is found again when it is opened', async () => {
    // held still meanwhile: the run would be over before QGIS is open again
    const left = await desktop.play('leave', env(), { halt: () => served.halt() });
    expect(left.tracebacks).toEqual([]);
    const back = await desktop.play('come_back', env(), { go_on: () => served.goOn() });
    expect(back.tracebacks).toEqual([]);
    expect(back.facts.run).toMatchObject({ state: 'done', total: 12 });
    await askLakeRuns(lake, served, 1);
    await serve();
  }, 400_000);

  it('says what is wrong and what to do, and goes on when the service is back', async () => {
    await served.stop();
    await askLake(lake, (db) => db.exec("delete from rivage.analysis where model_id not like 'season%'"));
    await serve();
    const report = await desktop.play('mishaps', env(), {
      token: () => serve('secret'),
      plain: () => serve(),
      kill: () => served.kill(),
      start: () => serve(),
    });
    expect(report.tracebacks).toEqual([]);
    expect(report.facts.absent).toMatchObject({ code: 'service-unreachable' });
    expect(report.facts.token).toMatchObject({ code: 'token-missing' });
    // what was done before the service died is not done again
    expect(report.facts.run).toMatchObject({ state: 'done' });
    expect(report.facts.run.total).toBeLessThan(12);
    const analysed = await askLake(lake, (db) =>
      db.query("select 1 from rivage.analysis where model_id not like 'season%' and reason is null"),
    );
    expect(analysed).toHaveLength(12);
    expectNoGap(report);
  }, 400_000);
});

/** Looks into the database of a lake whose service is stopped for it. */
async function askLakeRuns(lake: TestLake, served: ServedLake, runs: number): Promise<void> {
  await served.stop();
  expect(await askLake(lake, (db) => db.query('select run_id from rivage.run'))).toHaveLength(runs);
}
