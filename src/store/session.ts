import { AsyncLocalStorage } from 'node:async_hooks';
import { ServiceError } from '../errors.ts';
import type { Db } from './db.ts';

/** One conversation with the database: what is sent on it runs in order. */
export interface Session {
  query(sql: string, params: readonly unknown[]): Promise<readonly object[]>;
  exec(script: string): Promise<void>;
}

/** Where sessions come from: `use` gives one to `work` alone until its promise settles. */
export interface SessionSource {
  readonly engine: Db['engine'];
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface OpenTransaction {
  open: boolean;
}

/** The port over any source of sessions: both adapters get their transactions from here. */
export function createDb(source: SessionSource): Db {
  const inside = new AsyncLocalStorage<OpenTransaction>();
  const use = <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    if (inside.getStore()?.open) return Promise.reject(usedOutside('the database was used beside its own transaction'));
    return source.use(work);
  };
  return {
    engine: source.engine,
    query: <Row extends object>(sql: string, params: readonly unknown[] = []) =>
      use((session) => send(sql, () => session.query(sql, toNulls(params)))) as Promise<readonly Row[]>,
    exec: (script) => use((session) => execAlone(session, script)),
    transaction: (work) =>
      use(async (session) => {
        const state: OpenTransaction = { open: true };
        await send('begin', () => session.exec('begin'));
        try {
          const result = await inside.run(state, () => work(createTx(source.engine, session, state, 1)));
          await send('commit', () => session.exec('commit'));
          return result;
        } catch (error) {
          await session.exec('rollback').catch(() => undefined);
          throw error;
        } finally {
          state.open = false;
        }
      }),
    close: () => source.close(),
  };
}

/** The port inside a transaction; a transaction of it is a savepoint. */
function createTx(engine: Db['engine'], session: Session, state: OpenTransaction, depth: number): Db {
  const check = (): void => {
    if (!state.open) throw usedOutside('a transaction was used after its end');
  };
  return {
    engine,
    async query<Row extends object>(sql: string, params: readonly unknown[] = []) {
      check();
      return (await send(sql, () => session.query(sql, toNulls(params)))) as readonly Row[];
    },
    async exec(script) {
      check();
      await send(script, () => session.exec(script));
    },
    async transaction(work) {
      check();
      const savepoint = `rivage_${depth}`;
      await session.exec(`savepoint ${savepoint}`);
      try {
        const result = await work(createTx(engine, session, state, depth + 1));
        await session.exec(`release savepoint ${savepoint}`);
        return result;
      } catch (error) {
        await session.exec(`rollback to savepoint ${savepoint}`).catch(() => undefined);
        throw error;
      }
    },
    close: () => Promise.reject(usedOutside('a transaction cannot close the database')),
  };
}

/** A script may begin a transaction of its own and fail in it: the session must not stay in it. */
async function execAlone(session: Session, script: string): Promise<void> {
  try {
    await send(script, () => session.exec(script));
  } catch (error) {
    await session.exec('rollback').catch(() => undefined);
    throw error;
  }
}

async function send<T>(sql: string, statement: () => Promise<T>): Promise<T> {
  try {
    return await statement();
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const head = sql.trim().replace(/\s+/g, ' ').slice(0, 80);
    throw new ServiceError('database-refused', { why, statement: head }, { cause: error });
  }
}

/** The SQLSTATE of a refused statement, such as '23505'; undefined for any other error. */
export function findSqlState(thrown: unknown): string | undefined {
  const cause = thrown instanceof ServiceError ? thrown.cause : thrown;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}

function toNulls(params: readonly unknown[]): readonly unknown[] {
  return params.map((value) => value ?? null);
}

function usedOutside(why: string): ServiceError {
  return new ServiceError('internal', { why });
}
