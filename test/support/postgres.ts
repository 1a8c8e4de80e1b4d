import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where Debian puts the server's programs, newest first. */
const binFolder = ['18', '17', '16', '15', '14'].map((v) => `/usr/lib/postgresql/${v}/bin`).find((f) => existsSync(f));

/** A PostgreSQL cluster of a test's own. */
export interface Cluster {
  /** Makes an empty database; its URL. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Whether the tests can start a PostgreSQL; says so where they cannot.
 * @throws Error where RIVAGE_REQUIRE_POSTGIS is 1 and it is not installed
 */
export function isPostgresInstalled(): boolean {
  if (binFolder) return true;
  if (process.env.RIVAGE_REQUIRE_POSTGIS === '1') throw new Error('PostgreSQL is not installed, but required');
  console.warn('skipped: PostgreSQL is not installed (apt-get install postgresql-15-postgis-3)');
  return false;
}

/** Starts a PostgreSQL with PostGIS on a free port, in a temporary folder. */
export async function startCluster(): Promise<Cluster> {
  if (!binFolder) throw new Error('PostgreSQL is not installed');
  const user = await findUser();
  const folder = await mkdtemp(path.join(tmpdir(), 'rivage-pg-'));
  if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  await run(
    path.join(binFolder, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    user,
  );
  const port = await findFreePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: 'off',
    full_page_writes: 'off',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(path.join(binFolder, 'postgres'), ['-D', data, ...args], { ...user, stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const psql = (sql: string) =>
    run('psql', ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-X', '-q', '-c', sql, 'postgres']);
  await waitUntil(() => psql('select 1'));
  return {
    createDatabase: async (name) => {
      await psql(`create database ${name}`);
      return `postgres://postgres@127.0.0.1:${port}/${name}`;
    },
    stop: async () => {
      server.kill('SIGINT'); // fast shutdown: open sessions are ended
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: then it runs as user postgres. */
async function findUser(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

/** A port of this machine that nothing listens on. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

async function waitUntil(isReady: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await isReady();
      return;
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
