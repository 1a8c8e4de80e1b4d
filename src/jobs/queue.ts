import type { Db } from '../store/db.ts';
import { createRun, findRun, listRuns, type Run, type RunRequest, requestCancel } from '../store/runs.ts';
import type { Boss } from './boss.ts';

export type { Run, RunRequest } from '../store/runs.ts';

/** Where runs are started and followed; a worker, in this process or another, performs them. */
export interface RunQueue {
  /** Queues a run. */
  start(request: RunRequest): Promise<Run>;
  find(id: string): Promise<Run | undefined>;
  /** Latest first. */
  list(limit: number): Promise<readonly Run[]>;
  /** Cancels a queued run at once; a running one stops within a second or two. Undefined: there is no such run. */
  cancel(id: string): Promise<Run | undefined>;
}

/** The queue over a database and its tickets. */
export function createRunQueue(db: Db, boss: Pick<Boss, 'send'>): RunQueue {
  return {
    start: async (request) => {
      const run = await createRun(db, request);
      // not one transaction: a run without a ticket gets one when a worker starts
      await boss.send(run.id);
      return run;
    },
    find: (id) => findRun(db, id),
    list: (limit) => listRuns(db, limit),
    cancel: (id) => requestCancel(db, id),
  };
}
