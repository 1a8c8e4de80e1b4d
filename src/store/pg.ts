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
  const use = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const client = await pool.connect().catch((error: Error) => {
      throw new ServiceError(
        'database-unreachable',
        { url: hidePassword(databaseUrl), why: error.message },
        { cause: error },
      );
    });
    try {
      return await work(toSession(client));
    } finally {
      client.release();
    }
  };
  try {
    await use((session) => session.query('select 1', []));
  } catch (error) {
    await pool.end();
    throw error;
  }
  return createDb({ engine: 'postgres', use, close: () => pool.end() });
}

function toSession(client: pg.PoolClient): Session {
  return {
    query: async (sql, params) => (await client.query(sql, [...params])).rows,
    exec: async (script) => void (await client.query(script)),
  };
}

function hidePassword(databaseUrl: string): string {
  return databaseUrl.replace(/(:\/\/[^:@/]*):[^@]*@/, '$1:***@');
}
