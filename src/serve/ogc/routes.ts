import { z } from '../../schema.ts';
import { listMapViews } from '../../store/map-views.ts';
import type { ServeDeps } from '../deps.ts';
import { type Answer, defineRoute, type Reply, type Route } from '../route.ts';
import { describeCollection } from './collections.ts';
import { describeOgc } from './document.ts';
import { getView, itemRoutes } from './items.ts';
import { selfLinks, types } from './links.ts';
import { collectionPage, collectionsPage, conformancePage, landingPage } from './pages.ts';
import { formatParameter } from './parameters.ts';
import { collectionSchema, collectionsSchema, conformanceSchema, landingSchema, openApiSchema } from './schemas.ts';

const format = z.strictObject({ f: formatParameter });
const page: Answer = { status: 200, type: 'text/html', description: 'The same for people' };
const tag = 'OGC API Features';

const conformsTo = [
  '1/1.0/conf/core',
  '1/1.0/conf/oas30',
  '1/1.0/conf/html',
  '1/1.0/conf/geojson',
  '2/1.0/conf/crs',
].map((name) => `http://www.opengis.net/spec/ogcapi-features-${name}`);

/** OGC API Features, Part 1: Core and Part 2: CRS by Reference, over every map view of the database. */
export function ogcRoutes(deps: ServeDeps): readonly Route[] {
  const routes: Route[] = [landingRoute(), conformanceRoute(), collectionsRoute(deps), collectionRoute(deps)];
  routes.push(...itemRoutes(deps));
  routes.push(documentRoute(deps, routes));
  return routes;
}

function landingRoute(): Route {
  return defineRoute({
    method: 'get',
    path: '/ogc',
    tag,
    summary: 'Landing page: the address to give to QGIS',
    query: format,
    answers: [{ status: 200, type: types.json, description: 'Landing page', schema: landingSchema }, page],
    handle: async ({ query, origin, language, prefersHtml }) => {
      const shown = query.f ?? (prefersHtml ? 'html' : 'json');
      const root = `${origin}/ogc`;
      const body = {
        title: 'Rivage',
        description: 'What was found in photos of mountain lakes, on the ground, with its errors.',
        links: [
          ...selfLinks(root, types.json, shown),
          { href: `${root}/api`, rel: 'service-desc', type: types.openapi, title: 'OpenAPI 3.0' },
          { href: `${origin}/api`, rel: 'service-doc', type: types.html, title: 'The HTTP interface, for people' },
          { href: `${root}/conformance`, rel: 'conformance', type: types.json, title: 'What it conforms to' },
          { href: `${root}/collections`, rel: 'data', type: types.json, title: 'The layers' },
        ],
      };
      return shown === 'html' ? { kind: 'html', html: landingPage(body, language) } : { kind: 'json', body };
    },
  });
}

function conformanceRoute(): Route {
  return defineRoute({
    method: 'get',
    path: '/ogc/conformance',
    tag,
    summary: 'The parts of the standard that this service keeps',
    query: format,
    answers: [{ status: 200, type: types.json, description: 'Conformance classes', schema: conformanceSchema }, page],
    handle: async ({ query, language, prefersHtml }) =>
      (query.f ?? (prefersHtml ? 'html' : 'json')) === 'html'
        ? { kind: 'html', html: conformancePage(conformsTo, language) }
        : { kind: 'json', body: { conformsTo } },
  });
}

function collectionsRoute({ db }: ServeDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/ogc/collections',
    tag,
    summary: 'The layers: one for each map view',
    query: format,
    answers: [{ status: 200, type: types.json, description: 'All collections', schema: collectionsSchema }, page],
    handle: async ({ query, origin, language, prefersHtml }) => {
      const shown = query.f ?? (prefersHtml ? 'html' : 'json');
      const root = `${origin}/ogc`;
      const views = await listMapViews(db);
      const collections = await Promise.all(views.map((view) => describeCollection(db, view, root, 'json')));
      const body = { links: selfLinks(`${root}/collections`, types.json, shown), collections };
      return shown === 'html' ? { kind: 'html', html: collectionsPage(collections, language) } : { kind: 'json', body };
    },
  });
}

function collectionRoute({ db }: ServeDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/ogc/collections/{collectionId}',
    tag,
    summary: 'One layer, with its extent in space and time',
    params: z.strictObject({ collectionId: z.string() }),
    query: format,
    answers: [{ status: 200, type: types.json, description: 'The collection', schema: collectionSchema }, page],
    problems: ['not-found'],
    handle: async ({ params, query, origin, language, prefersHtml }): Promise<Reply> => {
      const view = await getView(db, params.collectionId);
      const shown = query.f ?? (prefersHtml ? 'html' : 'json');
      const body = await describeCollection(db, view, `${origin}/ogc`, shown);
      return shown === 'html' ? { kind: 'html', html: collectionPage(body, view, language) } : { kind: 'json', body };
    },
  });
}

function documentRoute({ db, version, config }: ServeDeps, routes: readonly Route[]): Route {
  return defineRoute({
    method: 'get',
    path: '/ogc/api',
    tag,
    summary: 'OpenAPI 3.0 document of the OGC API',
    answers: [{ status: 200, type: types.openapi, description: 'OpenAPI 3.0', schema: openApiSchema }],
    handle: async ({ origin }) => ({
      kind: 'json',
      type: types.openapi,
      body: describeOgc(routes, await listMapViews(db), { version, origin, secured: config.token !== undefined }),
    }),
  });
}
