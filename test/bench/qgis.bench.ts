import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDesktop } from '../qgis/desktop.ts';
import { makeServerLake, makeTestLake, officer, serveTestLake } from '../qgis/lake-service.ts';
import { isQgisInstalled } from '../qgis/qgis.ts';
import { isPostgresInstalled, startCluster } from '../support/postgres.ts';
import { bench, summarize } from './measure.ts';

const persons = 100_000;
const times = 7;

/** The real desktop under Xvfb, software drawing, beside a server of its own. */
bench('qgis', async function* () {
  if (!isQgisInstalled() || !isPostgresInstalled()) {
    yield { what: 'layers and heatmaps in QGIS', absent: 'QGIS or PostgreSQL' };
    return;
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'rivage-bench-'));
  const cluster = await startCluster();
  try {
    const lake = await makeServerLake(cluster, 'rivage', path.join(folder, 'lake'));
    await makeTestLake(lake, { days: 90, tents: 12, persons });
    const served = await serveTestLake(lake);
    const desktop = await openDesktop(path.join(folder, 'desktop'), 'en');
    const { facts, tracebacks } = await desktop
      .play('crowd', {
        RIVAGE_URL: served.url,
        RIVAGE_LOGIN: officer,
        RIVAGE_TIMES: String(times + 1),
        RIVAGE_SHOTS: process.env.RIVAGE_SHOTS ?? '',
      })
      .finally(() => desktop.stop());
    await served.stop();
    if (tracebacks.length > 0) throw new Error(tracebacks.join('\n'));
    yield summarize(`layers of ${persons} sightings added`, 'ms', facts.addMs.slice(1));
    yield summarize(`heatmap of ${persons} sightings drawn`, 'ms', facts.drawMs.slice(1));
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
