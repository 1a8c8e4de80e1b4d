/** The thread that holds the embedded database, so that a long query never stops the service. Started by pglite.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { valueParsers } from './values.ts';

/** What pglite.ts asks of the thread. */
export type WorkerRequest =
  | { readonly id: number; readonly kind: 'query'; readonly sql: string; readonly params: readonly unknown[] }
  | { readonly id: number; readonly kind: 'exec'; readonly sql: string }
  | { readonly id: number; readonly kind: 'close' };

/** What the thread answers; id 0 says that the database is open, or why not. */
export type WorkerAnswer =
  | { readonly id: number; readonly rows: readonly object[] }
  | { readonly id: number; readonly failure: WorkerFailure };

/** A refused statement: PostgreSQL's message, detail and SQLSTATE. */
export interface WorkerFailure {
  readonly message: string;
  readonly code?: string;
  readonly detail?: string;
}

const port = parentPort;
if (!port) throw new Error('pglite-worker.ts runs only as a worker thread');
const db = new PGlite({
  dataDir: (workerData as { folder: string }).folder,
  extensions: { postgis },
  parsers: valueParsers,
});

async function answer(id: number, work: () => Promise<readonly object[]>): Promise<void> {
  let message: WorkerAnswer;
  try {
    message = { id, rows: await work() };
  } catch (error) {
    message = { id, failure: toFailure(error) };
  }
  port?.postMessage(message);
}

/** Only plain values cross to the other thread. */
function toFailure(thrown: unknown): WorkerFailure {
  if (!(thrown instanceof Error)) return { message: String(thrown) };
  const { message, code, detail } = thrown as Error & { code?: unknown; detail?: unknown };
  return {
    message,
    ...(typeof code === 'string' && { code }),
    ...(typeof detail === 'string' && { detail }),
  };
}

async function perform(request: WorkerRequest): Promise<readonly object[]> {
  if (request.kind === 'query') {
    const { rows, command } = await db.query<object>(request.sql, [...request.params]);
    // this engine swallows exceptions of GEOS: the statement then ends without rows, error or completion tag
    if (command === undefined) throw new Error('the statement broke off; most likely a geometry in it is not valid');
    return rows;
  }
  if (request.kind === 'exec') await db.exec(request.sql);
  else await db.close();
  return [];
}

await answer(0, async () => {
  await db.waitReady;
  await db.exec("set time zone 'UTC'");
  return [];
});
port.on('message', (request: WorkerRequest) => {
  void answer(request.id, () => perform(request)).then(() => {
    if (request.kind === 'close') port.close();
  });
});
