import { type ServiceError, toServiceError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/db.ts';
import {
  endRun,
  findRun,
  listQueued,
  type RunCounts,
  type RunRequest,
  requeueDeadRuns,
  requeueRun,
  startRun,
  updateRun,
} from '../store/runs.ts';
import { gatherStatistics } from '../store/statistics.ts';
import type { Boss } from './boss.ts';

/** Performs one run to its end, or until the signal aborts. */
export type PerformRun = (
  request: RunRequest,
  options: { readonly onProgress: (counts: RunCounts) => void; readonly signal: AbortSignal },
) => Promise<unknown>;

export interface WorkerOptions {
  readonly db: Db;
  readonly boss: Boss;
  readonly perform: PerformRun;
  readonly log: Log;
  /** Longest time a run is performed in one go, ms; then it goes back to the end of the queue. */
  readonly maxRunMs?: number;
}

export interface RunWorker {
  /** Stops within a photo; the run in hand goes back into the queue. */
  stop(): Promise<void>;
}

/** How often progress is written and a cancel looked for. */
const beatMs = 500;
/** A run whose process gave no sign of life for so long is dead, where several processes share the database. */
const silentS = 30;
const defaultMaxRunMs = 20 * 3600 * 1000;

/**
 * Drains the queue, one run at a time. A run that a dead process left behind goes back into the queue: what it stored
 * stays and is not done twice.
 */
export async function startWorker(options: WorkerOptions): Promise<RunWorker> {
  const { db, boss, log } = options;
  const stopping = new AbortController();
  // the embedded database has one process: whatever runs there now is dead
  await requeue(options, db.engine === 'pglite' ? 0 : silentS);
  for (const run of await listQueued(db)) await boss.send(run.id);
  const sweep = setInterval(() => {
    requeue(options, silentS).catch((error) => log.error('dead runs were not looked for', { why: String(error) }));
  }, silentS * 1000);
  await boss.work((runId) => performRun(options, runId, stopping.signal));
  return {
    stop: async () => {
      clearInterval(sweep);
      stopping.abort();
      await boss.stop();
    },
  };
}

async function requeue({ db, boss, log }: WorkerOptions, silenceS: number): Promise<void> {
  for (const run of await requeueDeadRuns(db, silenceS)) {
    log.warn('a run was left behind by a process that died', { run: run.id, state: run.state });
    if (run.state === 'queued') await boss.send(run.id);
  }
}

async function performRun(options: WorkerOptions, runId: string, stopping: AbortSignal): Promise<void> {
  const { db, perform, log, maxRunMs = defaultMaxRunMs } = options;
  const run = await findRun(db, runId);
  if (stopping.aborted || !run || !(await startRun(db, runId))) return;
  log.info('run started', { run: runId });
  const cancel = new AbortController();
  // not AbortSignal.timeout: Node 20 may collect one that only AbortSignal.any knows of, and then it never fires
  const turn = new AbortController();
  const turnEnds = setTimeout(() => turn.abort(), maxRunMs);
  const beat = startBeat(options, runId, cancel);
  let failure: ServiceError | undefined;
  try {
    const signal = AbortSignal.any([cancel.signal, turn.signal, stopping]);
    await perform(run.request, { onProgress: beat.onProgress, signal });
  } catch (thrown) {
    failure = toServiceError(thrown);
  }
  clearTimeout(turnEnds);
  await beat.stop();
  const isPaused = turn.signal.aborted || stopping.aborted;
  const aborted = cancel.signal.aborted ? 'cancelled' : isPaused ? 'paused' : undefined;
  if (aborted === 'paused') await pauseRun(options, runId, stopping);
  else if (aborted === 'cancelled') await endRun(db, runId, { state: 'cancelled' });
  else if (failure) await endRun(db, runId, { state: 'failed', error: failure });
  else await endRun(db, runId, { state: 'done' });
  await gatherStatistics(db);
  const outcome = aborted ?? (failure ? 'failed' : 'done');
  log.info('run ended', { run: runId, outcome, ...(failure && { code: failure.code, why: failure.message }) });
}

/** Back into the queue; its ticket is in hand now, so a new one follows when this one is given back. */
async function pauseRun({ db, boss }: WorkerOptions, runId: string, stopping: AbortSignal): Promise<void> {
  await requeueRun(db, runId);
  if (!stopping.aborted) await boss.send(runId);
}

/** Writes the latest counts twice a second, as a sign of life too, and looks whether a cancel was asked for. */
function startBeat({ db, log }: WorkerOptions, runId: string, cancel: AbortController) {
  let latest: RunCounts | undefined;
  let writing = Promise.resolve();
  const write = async (): Promise<void> => {
    if (await updateRun(db, runId, latest)) cancel.abort();
  };
  const beat = () => {
    writing = writing
      .then(write)
      .catch((error) => log.warn('the progress of a run was not written', { run: runId, why: String(error) }));
    return writing;
  };
  const timer = setInterval(beat, beatMs);
  return {
    onProgress: ({ total, done, failed }: RunCounts) => {
      latest = { total, done, failed };
    },
    stop: () => {
      clearInterval(timer);
      return beat();
    },
  };
}
