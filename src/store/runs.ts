import type { ErrorCode, ErrorParams, ServiceError } from '../errors.ts';
import type { Db } from './db.ts';

/** What a run does: detect and locate in new photos, or locate anew what was detected before. */
export type RunKind = 'process' | 'relocate';

/** Which photos a run takes and with which model; what is undefined does not restrict. */
export interface RunRequest {
  readonly kind: RunKind;
  readonly cameraIds: readonly string[] | undefined;
  /** Photos taken at this instant or later. */
  readonly from: Date | undefined;
  /** Photos taken before this instant. */
  readonly to: Date | undefined;
  /** Undefined: the workspace's model. */
  readonly modelId: string | undefined;
}

export type RunState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** A run and how far it is. */
export interface Run {
  readonly id: string;
  readonly state: RunState;
  readonly request: RunRequest;
  /** Photos of the run; undefined: not counted yet. */
  readonly total: number | undefined;
  /** Photos finished, failed ones included. */
  readonly done: number;
  /** Of those done, the ones that failed; each is a row with its reason. */
  readonly failed: number;
  /** Why the whole run failed. */
  readonly error: { readonly code: ErrorCode; readonly params: ErrorParams; readonly message: string } | undefined;
  readonly createdAt: Date;
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
  /** Last sign of life of the process that performs it. */
  readonly heartbeat: Date | undefined;
}

/** How far a run is. */
export interface RunCounts {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

/** Stores a new, queued run. */
export async function createRun(db: Db, request: RunRequest): Promise<Run> {
  const [row] = await db.query<RunRow>(`insert into rivage.run (request) values ($1::jsonb) returning ${columns}`, [
    JSON.stringify(request),
  ]);
  if (!row) throw new Error('insert … returning gave no row');
  return toRun(row);
}

/** A run by its id; undefined when there is none. */
export async function findRun(db: Db, id: string): Promise<Run | undefined> {
  const [row] = await db.query<RunRow>(`select ${columns} from rivage.run where run_id::text = $1`, [id]);
  return row && toRun(row);
}

/** The runs, latest first. */
export async function listRuns(db: Db, limit: number): Promise<readonly Run[]> {
  const rows = await db.query<RunRow>(`select ${columns} from rivage.run order by created_at desc, run_id limit $1`, [
    limit,
  ]);
  return rows.map(toRun);
}

/** Takes a queued run; false when it was cancelled or taken meanwhile. */
export async function startRun(db: Db, id: string): Promise<boolean> {
  const rows = await db.query(
    `update rivage.run set state = 'running', started_at = now(), heartbeat = now(), total = null, done = 0, failed = 0
     where run_id = $1 and state = 'queued' returning run_id`,
    [id],
  );
  return rows.length > 0;
}

/** Writes how far a running run is (undefined: only that it lives); true when it was asked to cancel. */
export async function updateRun(db: Db, id: string, counts: RunCounts | undefined): Promise<boolean> {
  const [row] = await db.query<{ cancel: boolean }>(
    `update rivage.run set heartbeat = now(), total = coalesce($2, total), done = coalesce($3, done),
       failed = coalesce($4, failed)
     where run_id = $1 and state = 'running' returning cancel_requested as cancel`,
    [id, counts?.total, counts?.done, counts?.failed],
  );
  return row?.cancel ?? true;
}

/** Ends a running run. */
export async function endRun(
  db: Db,
  id: string,
  end: { readonly state: 'done' | 'failed' | 'cancelled'; readonly error?: ServiceError },
): Promise<void> {
  const { code, params, message } = end.error ?? {};
  await db.query(
    `update rivage.run set state = $2, error = $3::jsonb, ended_at = now(), heartbeat = now()
     where run_id = $1 and state = 'running'`,
    [id, end.state, end.error ? JSON.stringify({ code, params, message }) : undefined],
  );
}

/** Puts a running run back into the queue: its process ends before the run does. */
export async function requeueRun(db: Db, id: string): Promise<void> {
  await db.query("update rivage.run set state = 'queued' where run_id = $1 and state = 'running'", [id]);
}

/** Cancels a queued run at once, asks a running one to stop; one that has ended stays as it ended. */
export async function requestCancel(db: Db, id: string): Promise<Run | undefined> {
  await db.query(
    `update rivage.run set cancel_requested = true,
       state = case when state = 'queued' then 'cancelled' else state end,
       ended_at = case when state = 'queued' then now() end
     where run_id::text = $1 and state in ('queued', 'running')`,
    [id],
  );
  return findRun(db, id);
}

/** Queued runs, oldest first. */
export async function listQueued(db: Db): Promise<readonly Run[]> {
  const rows = await db.query<RunRow>(
    `select ${columns} from rivage.run where state = 'queued' order by created_at, run_id`,
  );
  return rows.map(toRun);
}

/**
 * Runs whose process gave no sign of life for `silentS` seconds go back into the queue: what they stored stays, and
 * only what is missing will be done. One that was asked to cancel is cancelled.
 */
export async function requeueDeadRuns(db: Db, silentS: number): Promise<readonly Run[]> {
  const rows = await db.query<RunRow>(
    `update rivage.run set
       state = case when cancel_requested then 'cancelled' else 'queued' end,
       ended_at = case when cancel_requested then now() end
     where state = 'running' and heartbeat < now() - make_interval(secs => $1) returning ${columns}`,
    [silentS],
  );
  return rows.map(toRun);
}

const columns = `run_id as id, state, request, total, done, failed, error, created_at as "createdAt",
  started_at as "startedAt", ended_at as "endedAt", heartbeat`;

type Nullable<T> = { readonly [Key in keyof T]: undefined extends T[Key] ? Exclude<T[Key], undefined> | null : T[Key] };
type RunRow = Nullable<Omit<Run, 'request'>> & {
  readonly request: {
    /** Absent in runs of before there were two kinds. */
    readonly kind?: RunKind;
    readonly cameraIds?: string[];
    readonly from?: string;
    readonly to?: string;
    readonly modelId?: string;
  };
};

function toRun({ request, ...row }: RunRow): Run {
  return {
    id: row.id,
    state: row.state,
    request: {
      kind: request.kind ?? 'process',
      cameraIds: request.cameraIds,
      from: request.from === undefined ? undefined : new Date(request.from),
      to: request.to === undefined ? undefined : new Date(request.to),
      modelId: request.modelId,
    },
    total: row.total ?? undefined,
    done: row.done,
    failed: row.failed,
    error: row.error ?? undefined,
    createdAt: row.createdAt,
    startedAt: row.startedAt ?? undefined,
    endedAt: row.endedAt ?? undefined,
    heartbeat: row.heartbeat ?? undefined,
  };
}
