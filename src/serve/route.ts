import type { ErrorCode, Language } from '../errors.ts';
import { ServiceError } from '../errors.ts';
import { z } from '../schema.ts';

/** What a route is given, its parts already checked by the route's own schemas. */
export interface RouteRequest<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** What was sent, where the route takes a file; else nothing. */
  readonly bytes: Uint8Array;
  readonly language: Language;
  /** 'http://127.0.0.1:8686': what absolute links begin with, as the client itself named us. */
  readonly origin: string;
  /** True when the client would rather have HTML than JSON (a browser). */
  readonly prefersHtml: boolean;
}

/** What a route answers. */
export type Reply =
  | {
      readonly kind: 'json';
      readonly status?: number;
      readonly type?: string;
      readonly body: unknown;
      readonly headers?: Headers;
    }
  /** JSON that was written elsewhere, as by the database. */
  | { readonly kind: 'written-json'; readonly type: string; readonly text: string; readonly headers: Headers }
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'bytes'; readonly type: string; readonly bytes: Uint8Array; readonly headers?: Headers };
type Headers = Readonly<Record<string, string>>;

/** One documented answer; `schema` is a named one (see `named`), absent for pictures and pages. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly description: string;
  readonly schema?: z.ZodType;
}

/** A file that a route takes as its body, byte for byte. */
interface Upload {
  /** Media types that it may be sent as; the first is the one to use. */
  readonly types: readonly [string, ...string[]];
  readonly description: string;
}

interface RouteText {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As OpenAPI writes it: '/api/photos/{photoId}'. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly answers: readonly Answer[];
  /** Codes of the table that this route may answer with, beside 'parameter-invalid' and 'internal'. */
  readonly problems?: readonly ErrorCode[];
  /** Given by routes that take a file, and these have no `body`. */
  readonly upload?: Upload;
  /** Largest body that is read, bytes; absent: 100,000. */
  readonly mostBytes?: number;
}

interface RouteSchemas<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
}

type RawRequest = RouteRequest<unknown, unknown, unknown>;

/** One line of the table that drives both express and the OpenAPI document. */
export interface Route extends RouteText, RouteSchemas<z.ZodObject, z.ZodObject, z.ZodType> {
  /** Checks the request and answers it. @throws ServiceError parameter-invalid, body-invalid and the route's own */
  readonly handle: (request: RawRequest) => Promise<Reply>;
}

const nothing = z.strictObject({});
type Nothing = typeof nothing;

/** Makes a route whose handler only ever sees what its schemas let through. */
export function defineRoute<
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodType = z.ZodUndefined,
>(
  route: RouteText &
    RouteSchemas<P, Q, B> & {
      readonly handle: (request: RouteRequest<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Reply>;
    },
): Route {
  const { handle, ...text } = route;
  return {
    ...text,
    handle: (raw) =>
      handle({
        ...raw,
        params: parsePart(route.params ?? nothing, raw.params, raw.language) as z.output<P>,
        query: parsePart(route.query ?? nothing, raw.query, raw.language) as z.output<Q>,
        body: (route.body ? parseBody(route.body, raw.body, raw.language) : undefined) as z.output<B>,
      }),
  };
}

/**
 * Checks the parameters of a path or a query.
 * @throws ServiceError parameter-invalid
 */
export function parsePart<Schema extends z.ZodObject>(
  schema: Schema,
  raw: unknown,
  language: Language,
): z.output<Schema> {
  const result = schema.safeParse(raw, inLanguage(language));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const parameter = unknown ?? issue?.path.join('.') ?? '';
  const known = Object.keys(schema.shape).join(', ') || '–';
  throw unknown === undefined
    ? new ServiceError('parameter-invalid', { parameter, why: issue?.message ?? '' })
    : new ServiceError('parameter-unknown', { parameter, known });
}

function parseBody(schema: z.ZodType, raw: unknown, language: Language): unknown {
  const result = schema.safeParse(raw, inLanguage(language));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new ServiceError('body-invalid', {
    field: issue?.path.join('.') || '(body)',
    why: issue?.message ?? '',
  });
}

function inLanguage(language: Language): { error: z.core.$ZodErrorMap } {
  return { error: z.locales[language]().localeError };
}

/** Every schema that the OpenAPI documents name, by its id. */
export const namedSchemas = z.registry<{ readonly id: string }>();

/** Gives a schema its name in the OpenAPI documents. */
export function named<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  namedSchemas.add(schema, { id });
  return schema;
}
