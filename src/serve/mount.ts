import type { Express, Request, Response } from 'express';
import { type Language, ServiceError } from '../errors.ts';
import type { Reply, Route } from './route.ts';

/** Hangs a table of routes into express; a known path asked with another method is refused by name. */
export function mountRoutes(app: Express, routes: readonly Route[], fallback: Language): void {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const path = toExpressPath(route.path);
    methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()]);
    app[route.method](path, async (request, response) => {
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

function readRequest(request: Request, route: Route, fallback: Language): Parameters<Route['handle']>[0] {
  if (route.body && !request.is('application/json')) {
    throw new ServiceError('body-not-json', { type: request.headers['content-type'] ?? '–' });
  }
  return {
    params: request.params,
    query: request.query,
    body: request.body,
    language: languageOf(request, fallback),
    origin: `${request.protocol}://${request.headers.host}`,
    prefersHtml: request.accepts(['application/json', 'application/geo+json', 'text/html']) === 'text/html',
  };
}

function send(response: Response, reply: Reply): void {
  if (reply.kind === 'html') {
    response.type('text/html').send(reply.html);
  } else if (reply.kind === 'bytes') {
    response.set('Cache-Control', 'private, no-cache').type(reply.type).send(Buffer.from(reply.bytes));
  } else {
    const isWritten = reply.kind === 'written-json';
    response.status(isWritten ? 200 : (reply.status ?? 200)).set(reply.headers ?? {});
    // not by express: it adds a charset, which JSON has not
    response.setHeader('Content-Type', reply.type ?? 'application/json');
    response.send(Buffer.from(isWritten ? reply.text : JSON.stringify(reply.body)));
  }
}
