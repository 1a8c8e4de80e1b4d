/** The port to PostGIS. Adapters: pglite.ts (embedded) and pg.ts (a server); both pass test/contract. */
export interface Db {
  readonly engine: 'pglite' | 'postgres';
  /** One statement with $1 … parameters; its rows. Values come back as the driver's own: Date for timestamptz, number for int and double, bigint columns as number. */
  query<Row extends object>(sql: string, params?: readonly unknown[]): Promise<readonly Row[]>;
  /** A script of many statements, without parameters. */
  exec(script: string): Promise<void>;
  /** Runs `work` in one transaction: all of it is stored, or nothing. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
