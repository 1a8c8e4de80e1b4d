import { once } from 'node:events';
import type { CliContext } from '../../src/cli/context.ts';
import { databaseFolder, openWorkspace } from '../../src/cli/wire.ts';
import { readConfig } from '../../src/config.ts';
import { simulateWorkspace } from '../../src/simulate/simulate-workspace.ts';
import type { Db } from '../../src/store/db.ts';
import { openDb } from '../../src/store/open.ts';
import { quietLog } from '../support/databases.ts';
import type { Cluster } from '../support/postgres.ts';
import { startRivage } from './qgis.ts';
import { type SeasonWish, writeSeason } from './season.ts';

/** A lake of its own: simulated photos that nobody has processed yet, and a season in the database. */
export interface TestLake {
  readonly folder: string;
  /** Undefined: the embedded database. */
  readonly databaseUrl: string | undefined;
}

/** A login that may read the views and nothing else. */
export const officer = 'officer';

/** A lake on a server, in an empty folder and a new database. */
export async function makeServerLake(cluster: Cluster, name: string, folder: string): Promise<TestLake> {
  const databaseUrl = await cluster.createDatabase(name);
  const db = await openDb({ databaseUrl, folder: '', log: quietLog });
  await db.exec(
    `do $$ begin create role ${officer} login in role rivage_reader; exception when duplicate_object then end $$`,
  );
  await db.close();
  return { folder, databaseUrl };
}

/** What a client of the service needs to know. */
export interface ServedLake {
  readonly url: string;
  /** Ends the service as a power cut would. */
  readonly kill: () => Promise<void>;
  /** Ends it as Ctrl-C does. */
  readonly stop: () => Promise<void>;
  /** Holds it still, and lets it go on. */
  readonly halt: () => Promise<void>;
  readonly goOn: () => Promise<void>;
}

/** Draws a day of photos, one every three hours of two cameras, and writes the season. */
export async function makeTestLake(lake: TestLake, season: SeasonWish): Promise<void> {
  await simulateWorkspace(lake.folder, { days: 1, intervalMin: 180, sizePx: { widthPx: 1280, heightPx: 720 } });
  const config = { ...readConfig({}), databaseUrl: lake.databaseUrl };
  const open = await openWorkspace(lake.folder, { config, log: quietLog } as CliContext);
  try {
    await writeSeason(open.db, season);
  } finally {
    await open.close();
  }
}

/** Serves a lake as its users do: `rivage serve` in a process of its own. */
export async function serveTestLake(
  { folder, databaseUrl }: TestLake,
  options: { readonly port?: number; readonly token?: string; readonly language?: 'en' | 'fr' } = {},
): Promise<ServedLake> {
  const { port = 0, token = '', language = 'en' } = options;
  const { child, found } = await startRivage(
    ['serve', '-w', folder, '--port', String(port)],
    { RIVAGE_DATABASE_URL: databaseUrl ?? '', RIVAGE_TOKEN: token, RIVAGE_LANG: language },
    /http:\/\/127\.0\.0\.1:\d+/,
  );
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    child.kill(name);
  };
  return {
    url: found,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGINT'),
    halt: () => signal('SIGSTOP'),
    goOn: () => signal('SIGCONT'),
  };
}

/** Asks a lake's database beside its service, which must be stopped where the database is the embedded one. */
export async function askLake<T>({ folder, databaseUrl }: TestLake, ask: (db: Db) => Promise<T>): Promise<T> {
  const db = await openDb({ databaseUrl, folder: databaseFolder(folder), log: quietLog, migrate: false });
  try {
    return await ask(db);
  } finally {
    await db.close();
  }
}
