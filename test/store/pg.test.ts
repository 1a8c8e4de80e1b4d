import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { openPg } from '../../src/store/pg.ts';
import { quietLog } from '../support/databases.ts';
import { type Cluster, isPostgresInstalled, startCluster } from '../support/postgres.ts';

it('says which server cannot be reached, without its password', async () => {
  const open = openPg('postgres://ranger:secret@127.0.0.1:1/park', quietLog);
  const error = await open.catch((thrown: Error) => thrown);
  expect(error).toMatchObject({
    code: 'database-unreachable',
    params: { url: 'postgres://ranger:***@127.0.0.1:1/park' },
  });
  expect(String(error)).not.toContain('secret');
});

describe.skipIf(!isPostgresInstalled())('a PostgreSQL server', () => {
  let cluster: Cluster;
  let db: Db;
  beforeAll(async () => {
    cluster = await startCluster();
    db = await openPg(await cluster.createDatabase('lost'), quietLog);
  });
  afterAll(async () => {
    await db?.close();
    await cluster?.stop();
  });

  it('survives a connection that is lost between two statements of a transaction', async () => {
    await db.exec('create table public.kept (n int)');
    let tell: (pid: number) => void = () => undefined;
    const pid = new Promise<number>((resolve) => {
      tell = resolve;
    });
    const killed = pid.then((number) => db.query('select pg_terminate_backend($1)', [number]));
    const work = db.transaction(async (tx) => {
      await tx.query('insert into public.kept values (1)');
      const [session] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      tell(session?.pid ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 500));
      await tx.query('insert into public.kept values (2)');
    });
    await expect(work).rejects.toMatchObject({ code: 'database-refused' });
    await killed;
    expect(await db.query('select n from public.kept')).toEqual([]);
  });
});
