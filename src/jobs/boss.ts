import PgBoss from 'pg-boss';
import type { Log } from '../log.ts';
import type { Db } from '../store/db.ts';

/** The queue of run tickets in the database. A ticket says only "look at run X"; the row in rivage.run is the truth. */
export interface Boss {
  /** Puts a ticket for a run at the end of the queue, in place of one it may have. */
  send(runId: string): Promise<void>;
  /** Hands tickets to `perform`, one at a time over all services on this database. */
  work(perform: (runId: string) => Promise<void>): Promise<void>;
  /** Takes no more tickets and waits for the one in hand. */
  stop(): Promise<void>;
}

const queue = 'run';
/** pg-boss gives a job at most 24 hours; `startWorker` puts a run back before. */
const expireInSeconds = 23 * 3600;
const stopTimeoutMs = 60_000;

/** Opens the queue, making its own schema `rivage_jobs` where it is missing. */
export async function openBoss(db: Db, log: Log): Promise<Boss> {
  const boss = new PgBoss({
    db: { executeSql: (sql, values) => executeSql(db, sql, values) },
    schema: 'rivage_jobs',
    schedule: false,
  });
  boss.on('error', (error) => log.error('the run queue failed', { why: error.message }));
  await boss.start();
  await boss.createQueue(queue, { name: queue, policy: 'singleton', retryLimit: 0, expireInSeconds });
  return {
    send: async (runId) => {
      await boss.deleteJob(queue, runId);
      await boss.send(queue, { runId }, { id: runId });
    },
    work: async (perform) => {
      await boss.work<{ runId: string }>(queue, { batchSize: 1, pollingIntervalSeconds: 1 }, async ([job]) => {
        if (job) await perform(job.data.runId);
      });
    },
    stop: () => boss.stop({ graceful: true, wait: true, timeout: stopTimeoutMs }),
  };
}

/** pg-boss sends its scripts, which begin transactions of their own, without values. */
async function executeSql(db: Db, sql: string, values: readonly unknown[] | undefined): Promise<{ rows: object[] }> {
  if (values === undefined && /^\s*begin\b/i.test(sql)) {
    await db.exec(sql);
    return { rows: [] };
  }
  return { rows: [...(await db.query(sql, values))] };
}
