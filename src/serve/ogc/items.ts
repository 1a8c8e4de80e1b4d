import { ServiceError } from '../../errors.ts';
import { z } from '../../schema.ts';
import type { Db } from '../../store/db.ts';
import { type Axes, readFeatures, writeFeatures } from '../../store/features.ts';
import { listMapViews, type MapView } from '../../store/map-views.ts';
import type { ServeDeps } from '../deps.ts';
import { type Answer, defineRoute, parsePart, type Reply, type Route, type RouteRequest } from '../route.ts';
import { crs84, crsHeaders, getAxes, readBox } from './crs.ts';
import { selfLinks, types } from './links.ts';
import { featurePage, featuresPage } from './pages.ts';
import { answerCrsParameter, formatParameter, itemsQuery } from './parameters.ts';
import { featureSchema, featuresSchema, type Link } from './schemas.ts';

const tag = 'OGC API Features';
const page: Answer = { status: 200, type: 'text/html', description: 'The same for people' };

/** The features of a collection, and one of them. */
export function itemRoutes({ db }: ServeDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/ogc/collections/{collectionId}/items',
      tag,
      summary: 'Features of a layer, by box, time and column',
      params: z.strictObject({ collectionId: z.string() }),
      // which filters there are depends on the view: they are checked once it is known
      query: z.looseObject({ f: formatParameter }),
      answers: [{ status: 200, type: types.geojson, description: 'A page of features', schema: featuresSchema }, page],
      problems: ['not-found'],
      handle: async (request) => answerItems(db, await getView(db, request.params.collectionId), request),
    }),
    defineRoute({
      method: 'get',
      path: '/ogc/collections/{collectionId}/items/{featureId}',
      tag,
      summary: 'One feature',
      params: z.strictObject({ collectionId: z.string(), featureId: z.coerce.number().int() }),
      query: z.strictObject({ f: formatParameter, crs: answerCrsParameter }),
      answers: [{ status: 200, type: types.geojson, description: 'The feature', schema: featureSchema }, page],
      problems: ['not-found'],
      handle: async ({ params, query, origin, language, prefersHtml }) => {
        const view = await getView(db, params.collectionId);
        const collection = `${origin}/ogc/collections/${view.name}`;
        const address = new URL(`${collection}/items/${params.featureId}`);
        if (query.crs !== crs84) address.searchParams.set('crs', query.crs);
        const feature = await getFeature(db, view, { fid: params.featureId, axes: getAxes(query.crs) });
        const shown = query.f ?? (prefersHtml ? 'html' : 'json');
        const links: Link[] = [
          ...selfLinks(address.href, types.geojson, shown),
          { href: collection, rel: 'collection', type: types.json, title: view.title },
        ];
        if (shown === 'html') return { kind: 'html', html: featurePage(feature, view, language) };
        return { kind: 'json', type: types.geojson, body: { ...feature, links }, headers: crsHeaders(query.crs) };
      },
    }),
  ];
}

/**
 * The map view of a name.
 * @throws ServiceError not-found
 */
export async function getView(db: Db, id: string): Promise<MapView> {
  const view = (await listMapViews(db)).find(({ name }) => name === id);
  if (!view)
    throw new ServiceError('not-found', { what: { en: 'collection', fr: 'collection' }, id, list: '/ogc/collections' });
  return view;
}

async function answerItems(db: Db, view: MapView, request: RouteRequest<unknown, unknown, unknown>): Promise<Reply> {
  const query = parsePart(itemsQuery(view), request.query, request.language);
  const { f, bbox, 'bbox-crs': bboxCrs, crs, datetime, limit, offset, ...filters } = query;
  const wish = { box: readBox(bbox, bboxCrs), datetime, filters, limit, offset, axes: getAxes(crs) };
  const { text, numberMatched, numberReturned } = await writeFeatures(db, view, wish);
  const shown = f ?? (request.prefersHtml ? 'html' : 'json');
  const address = new URL(`${request.origin}/ogc/collections/${view.name}/items`);
  for (const [name, value] of Object.entries(request.query as Record<string, string>))
    address.searchParams.set(name, value);
  const links: Link[] = [
    ...selfLinks(address.href, types.geojson, shown),
    ...pageLinks(address, { limit, offset, numberMatched, type: shown === 'html' ? types.html : types.geojson }),
    { href: `${request.origin}/ogc/collections/${view.name}`, rel: 'collection', type: types.json, title: view.title },
  ];
  const counts = { numberMatched, numberReturned };
  if (shown === 'html') {
    return {
      kind: 'html',
      html: featuresPage({ ...counts, features: JSON.parse(text), links }, view, request.language),
    };
  }
  const head = JSON.stringify({ type: 'FeatureCollection', timeStamp: new Date().toISOString(), ...counts, links });
  // not parsed and written anew: that was half of the time
  const body = `${head.slice(0, -1)},"features":${text}}`;
  return { kind: 'written-json', type: types.geojson, text: body, headers: crsHeaders(crs) };
}

interface Place {
  readonly limit: number;
  readonly offset: number;
  readonly numberMatched: number;
  readonly type: string;
}

function pageLinks(address: URL, { limit, offset, numberMatched, type }: Place): Link[] {
  const at = (start: number): string => {
    const url = new URL(address);
    url.searchParams.set('limit', String(limit));
    url.searchParams.set('offset', String(start));
    return url.href;
  };
  const next = { href: at(offset + limit), rel: 'next', type, title: 'Next page' };
  const previous = { href: at(Math.max(0, offset - limit)), rel: 'prev', type, title: 'Previous page' };
  return [...(offset + limit < numberMatched ? [next] : []), ...(offset > 0 ? [previous] : [])];
}

async function getFeature(db: Db, view: MapView, { fid, axes }: { readonly fid: number; readonly axes: Axes }) {
  const wish = { box: undefined, datetime: undefined, filters: { fid }, limit: 1, offset: 0, axes };
  const [feature] = (await readFeatures(db, view, wish)).features;
  if (feature) return feature;
  const list = `/ogc/collections/${view.name}/items`;
  throw new ServiceError('not-found', { what: { en: 'feature', fr: 'objet' }, id: fid, list });
}
