/** The port to PostGIS. Adapters: pglite.ts (embedded) and pg.ts (a server); both pass test/contract. */
export interface Db {
  readonly engine: 'pglite' | 'postgres';
  /**
   * One statement with $1 … parameters; its rows. timestamptz is Date; date is 'YYYY-MM-DD'; int, bigint, numeric and
   * double are number (exact up to 2^53); json is parsed. A parameter `undefined` is null; give jsonb as a JSON string.
   * @throws ServiceError database-refused
   */
  query<Row extends object>(sql: string, params?: readonly unknown[]): Promise<readonly Row[]>;
  /**
   * A script of many statements, without parameters. What it began and did not commit is rolled back when it fails.
   * @throws ServiceError database-refused
   */
  exec(script: string): Promise<void>;
  /**
   * Runs `work` in one transaction: all of it is stored, or nothing. On a `tx` it makes a savepoint.
   * Statements inside must go through the given `tx`; statements of other callers wait (pglite) or run beside (postgres).
   */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
