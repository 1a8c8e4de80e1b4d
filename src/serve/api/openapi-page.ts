import { errorTable, type Language } from '../../errors.ts';
import { z } from '../../schema.ts';
import type { ServeDeps } from '../deps.ts';
import { escapeHtml, htmlPage, link, table } from '../html.ts';
import { describeApi, describeParameters } from '../openapi.ts';
import { defineRoute, named, type Route } from '../route.ts';

const documentSchema = named('OpenApiDocument', z.looseObject({ openapi: z.string() }));

/** GET /api/openapi.json and the page /api: both are written from the table of routes itself. */
export function describingRoutes(
  routes: readonly Route[],
  { version, config }: Pick<ServeDeps, 'version' | 'config'>,
): readonly Route[] {
  const all: Route[] = [...routes];
  all.push(
    defineRoute({
      method: 'get',
      path: '/api/openapi.json',
      tag: 'service',
      summary: 'This document',
      answers: [{ status: 200, type: 'application/json', description: 'OpenAPI 3.1', schema: documentSchema }],
      handle: async ({ origin }) => ({
        kind: 'json',
        body: describeApi(all, {
          openapi: '3.1.1',
          title: 'Rivage',
          description: 'Photos of mountain lakes, what was found in them, and where it is on the ground.',
          version,
          serverUrl: origin,
          secured: config.token !== undefined,
        }),
      }),
    }),
    defineRoute({
      method: 'get',
      path: '/api',
      tag: 'service',
      summary: 'What the service answers, for people',
      answers: [{ status: 200, type: 'text/html', description: 'A page' }],
      handle: async ({ language }) => ({ kind: 'html', html: apiPage(all, language) }),
    }),
  );
  return all;
}

const words = {
  en: {
    title: 'The HTTP interface',
    intro: 'Programs read it from',
    method: 'Request',
    does: 'What it does',
    parameters: 'Parameters',
    problems: 'Problems',
    problemIntro: 'Every failure is answered as application/problem+json (RFC 9457) with one of these codes.',
    code: 'Code',
    status: 'Status',
    message: 'Message',
  },
  fr: {
    title: "L'interface HTTP",
    intro: 'Les programmes la lisent dans',
    method: 'Requête',
    does: "Ce qu'elle fait",
    parameters: 'Paramètres',
    problems: 'Erreurs',
    problemIntro: "Tout échec est répondu en application/problem+json (RFC 9457) avec l'un de ces codes.",
    code: 'Code',
    status: 'Statut',
    message: 'Message',
  },
} as const satisfies Record<Language, object>;

function apiPage(routes: readonly Route[], language: Language): string {
  const say = words[language];
  const rows = routes.map((route) => [requestCell(route), escapeHtml(route.summary), parameterCell(route)]);
  const problems = Object.entries(errorTable).map(([code, entry]) => [
    `<code id="problem-${code}">${code}</code>`,
    String(entry.status),
    escapeHtml(entry[language]),
  ]);
  return htmlPage(
    say.title,
    language,
    `<p>${say.intro} ${link('/api/openapi.json', '/api/openapi.json')}, ${link('/ogc/api', '/ogc/api')}.</p>
${table([say.method, say.does, say.parameters], rows)}
<h2>${say.problems}</h2>
<p>${say.problemIntro}</p>
${table([say.code, say.status, say.message], problems)}`,
  );
}

function requestCell({ method, path }: Route): string {
  const plain = method === 'get' && !path.includes('{');
  return `<code>${method.toUpperCase()} ${plain ? link(path, path) : escapeHtml(path)}</code>`;
}

function parameterCell(route: Route): string {
  const all = [
    ...describeParameters(route.params, 'path', '3.1.1'),
    ...describeParameters(route.query, 'query', '3.1.1'),
  ];
  return all
    .map(({ name, description }) => `<code>${name}</code> ${escapeHtml(String(description ?? ''))}`)
    .join('<br>');
}
