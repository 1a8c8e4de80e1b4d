import { afterEach, expect, it } from 'vitest';
import { ServiceError } from '../../src/errors.ts';
import { type Boss, openBoss } from '../../src/jobs/boss.ts';
import { createRunQueue, type RunQueue } from '../../src/jobs/queue.ts';
import { type PerformRun, type RunWorker, startWorker } from '../../src/jobs/worker.ts';
import { createRun, findRun, type RunRequest, startRun } from '../../src/store/runs.ts';
import { describeOnBothEngines, quietLog } from '../support/databases.ts';

const request: RunRequest = {
  kind: 'process',
  cameraIds: ['north'],
  from: new Date('2026-07-01T00:00:00Z'),
  to: undefined,
  modelId: undefined,
};

describeOnBothEngines('runs in the queue', (getDb) => {
  let boss: Boss;
  let queue: RunQueue;
  let worker: RunWorker | undefined;

  async function start(perform: PerformRun, maxRunMs?: number): Promise<void> {
    boss = await openBoss(getDb(), quietLog);
    queue = createRunQueue(getDb(), boss);
    worker = await startWorker({ db: getDb(), boss, perform, log: quietLog, ...(maxRunMs && { maxRunMs }) });
  }

  afterEach(async () => {
    await worker?.stop();
    worker = undefined;
    await getDb().exec('truncate rivage.run');
  });

  async function waitForState(id: string, state: string) {
    const deadline = Date.now() + 15_000;
    for (;;) {
      const run = await queue.find(id);
      if (run?.state === state) return run;
      if (Date.now() > deadline) throw new Error(`the run is ${run?.state}, not ${state}`);
      await sleep(50);
    }
  }

  it('performs runs one at a time, in order, with their requests', async () => {
    const seen: unknown[] = [];
    let under = 0;
    await start(async (asked) => {
      seen.push([asked, ++under]);
      await sleep(50);
      under--;
    });
    const first = await queue.start(request);
    const second = await queue.start({ ...request, cameraIds: undefined, modelId: 'm' });
    await waitForState(second.id, 'done');
    expect(seen).toEqual([
      [request, 1],
      [{ ...request, cameraIds: undefined, modelId: 'm' }, 1],
    ]);
    expect((await queue.list(10)).map((run) => run.id)).toEqual([second.id, first.id]);
  });

  it('writes progress while it runs, and at its end', async () => {
    await start(async (_, { onProgress, signal }) => {
      onProgress({ total: 3, done: 2, failed: 1 });
      await untilAborted(signal, 1500);
      onProgress({ total: 3, done: 3, failed: 1 });
    });
    const { id } = await queue.start(request);
    await waitForState(id, 'running');
    await sleep(900);
    expect(await queue.find(id)).toMatchObject({ state: 'running', total: 3, done: 2, failed: 1 });
    const done = await waitForState(id, 'done');
    expect(done).toMatchObject({ total: 3, done: 3, failed: 1, error: undefined });
    expect(done.endedAt?.getTime()).toBeGreaterThan(done.startedAt?.getTime() ?? Number.POSITIVE_INFINITY);
  });

  it('notices a cancel within a second', async () => {
    let abortedAt = 0;
    await start(async (_, { signal }) => {
      await untilAborted(signal);
      abortedAt = Date.now();
    });
    const { id } = await queue.start(request);
    await waitForState(id, 'running');
    const cancelledAt = Date.now();
    await queue.cancel(id);
    await waitForState(id, 'cancelled');
    expect(abortedAt - cancelledAt).toBeLessThan(1000);
  });

  it('never performs a run that was cancelled in the queue, and knows no run that is not there', async () => {
    const performed: string[] = [];
    await start(async ({ modelId }, { signal }) => {
      performed.push(String(modelId));
      if (modelId === 'long') await untilAborted(signal, 1500);
    });
    const long = await queue.start({ ...request, modelId: 'long' });
    await waitForState(long.id, 'running');
    const short = await queue.start({ ...request, modelId: 'short' });
    expect(await queue.cancel(short.id)).toMatchObject({ state: 'cancelled' });
    const last = await queue.start({ ...request, modelId: 'last' });
    await waitForState(last.id, 'done');
    expect(performed).toEqual(['long', 'last']);
    expect(await queue.cancel('00000000-0000-0000-0000-000000000000')).toBeUndefined();
    expect(await queue.find('no uuid at all')).toBeUndefined();
  });

  it('stores why a run failed, and goes on with the next', async () => {
    await start(async ({ modelId }) => {
      if (modelId === 'bad') throw new ServiceError('bad-option', { option: 'x', value: 'y', why: 'z' });
      if (modelId === 'worse') throw new TypeError('oops');
    });
    const bad = await queue.start({ ...request, modelId: 'bad' });
    const worse = await queue.start({ ...request, modelId: 'worse' });
    const good = await queue.start(request);
    await waitForState(good.id, 'done');
    expect((await queue.find(bad.id))?.error).toMatchObject({ code: 'bad-option', params: { option: 'x' } });
    expect((await queue.find(worse.id))?.error).toMatchObject({
      code: 'internal',
      message: expect.stringContaining('oops'),
    });
  });

  it('takes up a run that a dead process left behind, and one that never got its ticket', async () => {
    const db = getDb();
    const left = await createRun(db, request);
    await startRun(db, left.id);
    await db.query("update rivage.run set heartbeat = now() - interval '1 minute' where run_id = $1", [left.id]);
    const lost = await createRun(db, request);
    await start(async () => undefined);
    await waitForState(left.id, 'done');
    await waitForState(lost.id, 'done');
  });

  it('puts the run in hand back when the service stops, and takes it up at the next start', async () => {
    await start((_, { signal }) => untilAborted(signal));
    const { id } = await queue.start(request);
    await waitForState(id, 'running');
    await worker?.stop();
    expect((await findRun(getDb(), id))?.state).toBe('queued');
    await start(async () => undefined);
    await waitForState(id, 'done');
  });

  it('gives a very long run back to the queue and takes it up again', async () => {
    let turns = 0;
    await start(async (_, { signal }) => {
      if (++turns === 1) await untilAborted(signal);
    }, 700);
    const { id } = await queue.start(request);
    await waitForState(id, 'done');
    expect(turns).toBe(2);
  });
});

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Ends when the signal aborts, or after `ms`. */
async function untilAborted(signal: AbortSignal, ms = 20_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!signal.aborted && Date.now() < deadline) await sleep(20);
}
