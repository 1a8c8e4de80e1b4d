import type { Express, Request, RequestHandler, Response } from 'express';
import { type Language, ServiceError } from '../errors.ts';
import type { Reply, Route } from './route.ts';

/** Express's own readers of bodies. */
export interface BodyReaders {
  readonly json: (options: { limit: number; type: string[] }) => RequestHandler;
  readonly raw: (options: { limit: number; type: string[] }) => RequestHandler;
}

const jsonTypes = ['application/json', 'application/geo+json'];
const usualBytes = 100_000;

/** Hangs a table of routes into express; a known path asked with another method is refused by name. */
export function mountRoutes(app: Express, routes: readonly Route[], readers: BodyReaders, fallback: Language): void {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const path = toExpressPath(route.path);
    methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()]);
    app[route.method](path, ...readersOf(route, readers), async (request, response) => {
      send(response, await route.handle(readRequest(request, route, fallback)));
    });
  }
  for (const [path, allowed] of methods) {
    app.all(path, (request, response) => {
      response.set('Allow', allowed.join(', '));
      throw new ServiceError('method-not-allowed', {
        method: request.method,
        path: request.path,
        allowed: allowed.join(', '),
      });
    });
  }
}

/** The language a client asks for, else the service's own. */
export function languageOf(request: Request, fallback: Language): Language {
  if (request.headers['accept-language'] === undefined) return fallback;
  const best = request.acceptsLanguages('en', 'fr');
  return best === 'fr' || best === 'en' ? best : fallback;
}

function toExpressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function readersOf({ body, upload, mostBytes: limit = usualBytes }: Route, { json, raw }: BodyReaders) {
  if (upload) return [raw({ limit, type: [...upload.types] })];
  return body ? [json({ limit, type: jsonTypes })] : [];
}

function readRequest(request: Request, route: Route, fallback: Language): Parameters<Route['handle']>[0] {
  const sent = request.headers['content-type'] ?? '–';
  if (route.body && !request.is(jsonTypes)) throw new ServiceError('body-not-json', { type: sent });
  if (route.upload && !request.is([...route.upload.types])) {
    throw new ServiceError('body-not-file', { type: sent, wanted: route.upload.types[0] });
  }
  return {
    params: request.params,
    query: request.query,
    body: route.body && request.body,
    bytes: route.upload && request.body instanceof Uint8Array ? request.body : new Uint8Array(),
    language: languageOf(request, fallback),
    origin: `${request.protocol}://${request.headers.host}`,
    prefersHtml: request.accepts(['application/json', 'application/geo+json', 'text/html']) === 'text/html',
  };
}

function send(response: Response, reply: Reply): void {
  if (reply.kind === 'html') {
    response.type('text/html').send(reply.html);
  } else if (reply.kind === 'bytes') {
    response.set('Cache-Control', 'private, no-cache').set(reply.headers ?? {});
    response.type(reply.type).send(Buffer.from(reply.bytes));
  } else {
    const isWritten = reply.kind === 'written-json';
    response.status(isWritten ? 200 : (reply.status ?? 200)).set(reply.headers ?? {});
    // not by express: it adds a charset, which JSON has not
    response.setHeader('Content-Type', reply.type ?? 'application/json');
    response.send(Buffer.from(isWritten ? reply.text : JSON.stringify(reply.body)));
  }
}
