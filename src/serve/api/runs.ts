import { describeError, type Language, ServiceError } from '../../errors.ts';
import type { Run } from '../../jobs/queue.ts';
import { z } from '../../schema.ts';
import type { ServeDeps } from '../deps.ts';
import { defineRoute, named, type Route } from '../route.ts';
import { checkCamera } from './calibrations.ts';
import { instant, instantParameter, limitParameter } from './parts.ts';

const startSchema = named(
  'StartRun',
  z.strictObject({
    kind: z
      .enum(['process', 'relocate'])
      .default('process')
      .describe('process: detect and locate in new photos; relocate: locate anew what was detected before'),
    cameraIds: z.array(z.string()).optional().describe('Only photos of these cameras; absent: of all'),
    from: instantParameter.optional(),
    to: instantParameter.optional().describe('Instant, itself not included'),
    modelId: z.string().optional().describe('An id of /api/models; absent: the default model'),
  }),
);

const runSchema = named(
  'Run',
  z.object({
    id: z.string(),
    kind: z.enum(['process', 'relocate']),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    cameraIds: z.array(z.string()).nullable().describe('null: all cameras'),
    from: instant.nullable(),
    to: instant.nullable(),
    modelId: z.string().nullable().describe('null: the default model'),
    total: z.int().nullable().describe('Photos to process; null: not counted yet'),
    done: z.int().describe('Photos finished, failed ones included'),
    failed: z.int().describe('Of those done, the ones that could not be processed; each is a row with its reason'),
    photosPerSecond: z.number().nullable().describe('Mean since it started; null: nothing is known yet'),
    secondsLeft: z.number().nullable().describe('At that rate; null: nothing is known yet, or it has ended'),
    error: z.object({ code: z.string(), detail: z.string() }).nullable().describe('Why the whole run failed'),
    createdAt: instant,
    startedAt: instant.nullable(),
    endedAt: instant.nullable(),
  }),
);

const runsSchema = named('Runs', z.object({ runs: z.array(runSchema) }));
const runId = z.strictObject({ runId: z.uuid() });

/** Starting, following and cancelling runs. */
export function runRoutes(deps: ServeDeps): readonly Route[] {
  return [startRoute(deps), listRoute(deps), findRoute(deps), cancelRoute(deps)];
}

const answer = { status: 200, type: 'application/json', description: 'The run', schema: runSchema } as const;

function startRoute({ queue, db, models }: ServeDeps): Route {
  return defineRoute({
    method: 'post',
    path: '/api/runs',
    tag: 'runs',
    summary: 'Start a run: process photos that the model has not seen yet, or locate anew what was detected before',
    body: startSchema,
    answers: [{ ...answer, status: 202, description: 'The run, queued' }],
    problems: ['body-invalid', 'body-not-json', 'not-found', 'model-not-pulled'],
    handle: async ({ body, language }) => {
      for (const id of body.cameraIds ?? []) await checkCamera(db, id);
      const { modelId } = body;
      if (modelId !== undefined) await checkModel(models, modelId);
      const run = await queue.start({
        kind: body.kind,
        cameraIds: body.cameraIds,
        from: body.from,
        to: body.to,
        modelId,
      });
      const headers = { Location: `/api/runs/${run.id}` };
      return { kind: 'json', status: 202, headers, body: toAnswer(run, language) };
    },
  });
}

/** A model whose weights were not pulled is refused at once: nothing is fetched unless a person says so. */
async function checkModel(models: ServeDeps['models'], modelId: string): Promise<void> {
  const model = models.find(({ id }) => id === modelId);
  if (!model) {
    throw new ServiceError('not-found', { what: { en: 'model', fr: 'modèle' }, id: modelId, list: '/api/models' });
  }
  if ((await model.findState()) !== 'not-pulled') return;
  throw new ServiceError('model-not-pulled', { id: model.manifestId });
}

function listRoute({ queue }: ServeDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/api/runs',
    tag: 'runs',
    summary: 'The runs, latest first',
    query: z.strictObject({ limit: limitParameter(200, 20) }),
    answers: [{ status: 200, type: 'application/json', description: 'Latest first', schema: runsSchema }],
    handle: async ({ query, language }) => {
      const runs = await queue.list(query.limit);
      return { kind: 'json', body: { runs: runs.map((run) => toAnswer(run, language)) } };
    },
  });
}

function findRoute({ queue }: ServeDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/api/runs/{runId}',
    tag: 'runs',
    summary: 'How far a run is',
    params: runId,
    answers: [answer],
    problems: ['not-found'],
    handle: async ({ params, language }) => ({
      kind: 'json',
      body: toAnswer((await queue.find(params.runId)) ?? missing(params.runId), language),
    }),
  });
}

function cancelRoute({ queue }: ServeDeps): Route {
  return defineRoute({
    method: 'delete',
    path: '/api/runs/{runId}',
    tag: 'runs',
    summary: 'Cancel a run; what is done stays, and one that has ended stays as it ended',
    params: runId,
    answers: [answer],
    problems: ['not-found'],
    handle: async ({ params, language }) => ({
      kind: 'json',
      body: toAnswer((await queue.cancel(params.runId)) ?? missing(params.runId), language),
    }),
  });
}

function missing(id: string): never {
  throw new ServiceError('not-found', { what: { en: 'run', fr: 'traitement' }, id, list: '/api/runs' });
}

function toAnswer(run: Run, language: Language): z.output<typeof runSchema> {
  const { request, error } = run;
  return {
    id: run.id,
    kind: request.kind,
    state: run.state,
    cameraIds: request.cameraIds ? [...request.cameraIds] : null,
    from: request.from?.toISOString() ?? null,
    to: request.to?.toISOString() ?? null,
    modelId: request.modelId ?? null,
    total: run.total ?? null,
    done: run.done,
    failed: run.failed,
    ...measurePace(run),
    error: error
      ? { code: error.code, detail: describeError(new ServiceError(error.code, error.params), language) }
      : null,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    endedAt: run.endedAt?.toISOString() ?? null,
  };
}

/** Mean rate since the start, and what it means for the rest. */
function measurePace(run: Run): { photosPerSecond: number | null; secondsLeft: number | null } {
  const until = run.endedAt ?? run.heartbeat;
  const seconds = run.startedAt && until ? (until.getTime() - run.startedAt.getTime()) / 1000 : 0;
  if (seconds <= 0 || run.done === 0) return { photosPerSecond: null, secondsLeft: null };
  const photosPerSecond = run.done / seconds;
  const left = run.state === 'running' && run.total !== undefined ? (run.total - run.done) / photosPerSecond : null;
  return { photosPerSecond, secondsLeft: left };
}
