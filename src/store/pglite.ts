import { access, cp, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ServiceError } from '../errors.ts';
import type { Db } from './db.ts';
import { lockFolder } from './folder-lock.ts';
import type { WorkerAnswer, WorkerRequest } from './pglite-worker.ts';
import { createDb, type Session } from './session.ts';

const workerFile = new URL('../../dist/store/pglite-worker.js', import.meta.url);

/** A migrated, empty database made at build; a new folder starts as its copy. */
export const templateFolder = new URL('../../dist/store/pglite-template/', import.meta.url);

/**
 * Opens the embedded database in `folder`, making it from the template when there is none ('empty': from nothing).
 * It runs in a thread of its own and takes one caller at a time. One process may hold a folder.
 * @throws ServiceError database-locked, database-broken
 */
export async function openPglite(folder: string, template: URL | 'empty' = templateFolder): Promise<Db> {
  await mkdir(path.dirname(folder), { recursive: true });
  const release = await lockFolder(folder);
  try {
    if (template !== 'empty') await copyTemplate(template, folder);
    const thread = await startThread(folder);
    const use = createQueue(thread.session);
    return createDb({ engine: 'pglite', use, close: () => use(() => thread.close()).finally(release) });
  } catch (error) {
    await release();
    if (error instanceof ServiceError) throw error;
    throw new ServiceError('database-broken', { folder, why: (error as Error).message }, { cause: error });
  }
}

/** Copied beside, then renamed: a crash in the middle leaves no half folder. */
async function copyTemplate(template: URL, folder: string): Promise<void> {
  if (await exists(folder)) return;
  if (!(await exists(template))) {
    throw new ServiceError('internal', { why: 'the template of the embedded database is missing: run npm run build' });
  }
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await cp(template, partial, { recursive: true });
  await rename(partial, folder);
}

function exists(file: string | URL): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** One caller after the other: a transaction holds the only session until it ends. */
function createQueue(session: Session): <T>(work: (session: Session) => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = tail.then(() => work(session));
    tail = turn.catch(() => undefined);
    return turn;
  };
}

interface Waiting {
  readonly resolve: (rows: readonly object[]) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly session: Session;
  close(): Promise<void>;
}

async function startThread(folder: string): Promise<Thread> {
  const worker = new Worker(workerFile, { workerData: { folder }, execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let dead: Error | undefined;
  const die = (error: Error): void => {
    dead ??= error;
    for (const caller of waiting.values()) caller.reject(dead);
    waiting.clear();
  };
  worker.on('error', die);
  worker.on('exit', () => die(new Error('the embedded database is closed')));
  worker.on('message', (answer: WorkerAnswer) => {
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('rows' in answer) caller?.resolve(answer.rows);
    else caller?.reject(Object.assign(new Error(answer.failure.message), answer.failure));
  });
  const expect = (id: number): Promise<readonly object[]> =>
    new Promise((resolve, reject) => {
      if (dead) reject(dead);
      else waiting.set(id, { resolve, reject });
    });
  const ask = (request: WorkerRequest): Promise<readonly object[]> => {
    const answer = expect(request.id);
    worker.postMessage(request);
    return answer;
  };
  await expect(0).catch(async (error) => {
    await worker.terminate();
    throw error;
  });
  return {
    session: {
      query: (sql, params) => ask({ id: ++lastId, kind: 'query', sql, params }),
      exec: async (sql) => void (await ask({ id: ++lastId, kind: 'exec', sql })),
    },
    close: async () => {
      if (!dead) await ask({ id: ++lastId, kind: 'close' });
      await worker.terminate();
    },
  };
}
