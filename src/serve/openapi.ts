import { STATUS_CODES } from 'node:http';
import { errorTable } from '../errors.ts';
import { z } from '../schema.ts';
import { problemSchema, problemType } from './problem.ts';
import { type Answer, namedSchemas, type Route } from './route.ts';

/** What an OpenAPI document says beside its routes. */
export interface ApiText {
  /** Of OpenAPI itself; QGIS 3.22 and OGC's conformance class want 3.0. */
  readonly openapi: '3.0.3' | '3.1.1';
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly serverUrl: string;
  /** True: every request needs the token. */
  readonly secured: boolean;
}

type Json = Record<string, unknown>;

/** The OpenAPI document of a table of routes. */
export function describeApi(routes: readonly Route[], text: ApiText): Json {
  const target = targetOf(text);
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: describeRoute(route, target) };
  }
  return {
    openapi: text.openapi,
    info: {
      title: text.title,
      description: text.description,
      version: text.version,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: text.serverUrl }],
    paths,
    components: { schemas: schemasUsedIn(paths, target), ...(text.secured ? { securitySchemes } : {}) },
    ...(text.secured ? { security: Object.keys(securitySchemes).map((scheme) => ({ [scheme]: [] })) } : {}),
  };
}

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'The token itself' },
  basic: { type: 'http', scheme: 'basic', description: 'Any user; the token is the password' },
};

/** The parameters of a query or path, as OpenAPI writes them. */
export function describeParameters(
  schema: z.ZodObject | undefined,
  where: 'path' | 'query',
  openapi: ApiText['openapi'],
): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { target: targetOf({ openapi }), io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property as Json;
    return {
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      ...(description ? { description } : {}),
      schema: rest,
      ...(where === 'query' ? { style: 'form', explode: false } : {}),
    };
  });
}

type Target = 'openapi-3.0' | 'draft-2020-12';

function targetOf(text: Pick<ApiText, 'openapi'>): Target {
  return text.openapi === '3.0.3' ? 'openapi-3.0' : 'draft-2020-12';
}

function describeRoute(route: Route, target: Target): Json {
  const openapi = target === 'openapi-3.0' ? '3.0.3' : '3.1.1';
  return {
    operationId: `${route.method}${route.path.replace(/[^a-zA-Z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())}`,
    tags: [route.tag],
    summary: route.summary,
    parameters: [
      ...describeParameters(route.params, 'path', openapi),
      ...describeParameters(route.query, 'query', openapi),
    ],
    ...describeBody(route),
    responses: { ...groupAnswers(route.answers), ...describeProblems(route) },
  };
}

function describeBody({ body, upload }: Route): Json {
  if (body) return { requestBody: { required: true, content: { 'application/json': { schema: reference(body) } } } };
  if (!upload) return {};
  const content = Object.fromEntries(upload.types.map((type) => [type, { schema: fileSchema }]));
  return { requestBody: { required: true, description: upload.description, content } };
}

const fileSchema = { type: 'string', format: 'binary' };

function groupAnswers(answers: readonly Answer[]): Json {
  const responses: Record<string, { description: string; content: Json }> = {};
  for (const answer of answers) {
    const content = { [answer.type]: { schema: answer.schema ? reference(answer.schema) : { type: 'string' } } };
    const before = responses[answer.status];
    responses[answer.status] = {
      description: before?.description ?? answer.description,
      content: { ...before?.content, ...content },
    };
  }
  return responses;
}

function describeProblems(route: Route): Json {
  const codes = [...(route.problems ?? []), ...(route.params || route.query ? ['parameter-invalid' as const] : [])];
  const responses: Record<string, Json> = {};
  for (const status of new Set(codes.map((code) => errorTable[code].status))) {
    const here = codes.filter((code) => errorTable[code].status === status);
    responses[status] = problemAnswer(`${STATUS_CODES[status]}: ${here.join(', ')}`);
  }
  return { ...responses, default: problemAnswer('Any other problem') };
}

function problemAnswer(description: string): Json {
  return { description, content: { [problemType]: { schema: reference(problemSchema) } } };
}

function reference(schema: z.ZodType): Json {
  const id = namedSchemas.get(schema)?.id;
  if (id === undefined) throw new Error('a schema in the table of routes has no name: wrap it in named()');
  return { $ref: `#/components/schemas/${id}` };
}

/** The named schemas that `paths` refers to, and those they refer to. */
function schemasUsedIn(paths: Json, target: Target): Json {
  const all = z.toJSONSchema(namedSchemas, { target, io: 'input', uri: (id) => `#/components/schemas/${id}` }).schemas;
  const used: Record<string, unknown> = {};
  const queue: unknown[] = [paths];
  while (queue.length) {
    for (const [, id = ''] of JSON.stringify(queue.pop()).matchAll(/#\/components\/schemas\/(\w+)/g)) {
      if (used[id] || !all[id]) continue;
      const { $id, $schema, ...schema } = all[id];
      used[id] = schema;
      queue.push(schema);
    }
  }
  return used;
}
