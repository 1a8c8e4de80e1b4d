import pg from 'pg';
import { ServiceError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Db } from './db.ts';
import { createDb, type Session } from './session.ts';
import { valueParsers } from './values.ts';

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    valueParsers[oid] ?? (pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown),
};

/**
 * Opens a PostgreSQL server with PostGIS, by its URL (postgres://user:password@host:port/name).
 * @throws ServiceError database-unreachable
 */
export async function openPg(databaseUrl: string, log: Log): Promise<Db> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    types: types as unknown as pg.CustomTypesConfig,
    application_name: 'rivage',
    options: '-c timezone=UTC -c client_min_messages=warning',
    connectionTimeoutMillis: 10_000,
    max: 8,
  });
  pool.on('error', (error) => log.warn('an idle connection to the database was lost', { why: error.message }));
  const underWay = new Set<Promise<unknown>>();
  const use = <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const turn = useClient(work);
    underWay.add(turn);
    return turn.finally(() => underWay.delete(turn));
  };
  const useClient = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const client = await pool.connect().catch((error: Error) => {
      throw new ServiceError(
        'database-unreachable',
        { url: hidePassword(databaseUrl), why: error.message },
        { cause: error },
      );
    });
    // without a listener, a connection lost between two statements would end the process
    const onLost = (error: Error): void => log.warn('a connection to the database was lost', { why: error.message });
    client.on('error', onLost);
    try {
      return await work(toSession(client));
    } finally {
      client.off('error', onLost);
      client.release();
    }
  };
  try {
    await use((session) => session.query('select 1', []));
  } catch (error) {
    await pool.end();
    throw error;
  }
  // a pool that ends forgets callers that still wait for their connection
  const close = (): Promise<void> => Promise.allSettled(underWay).then(() => pool.end());
  return createDb({ engine: 'postgres', use, close });
}

function toSession(client: pg.PoolClient): Session {
  return {
    // the extended protocol takes one statement only, as the embedded engine does
    query: async (sql, params) => {
      const statement: pg.QueryConfig & { queryMode: 'extended' } = {
        text: sql,
        values: [...params],
        queryMode: 'extended',
      };
      return (await client.query(statement)).rows;
    },
    exec: async (script) => void (await client.query(script)),
  };
}

function hidePassword(databaseUrl: string): string {
  return databaseUrl.replace(/(:\/\/[^:@/]*):[^@]*@/, '$1:***@');
}
