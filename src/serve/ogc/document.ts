import type { MapView } from '../../store/map-views.ts';
import { describeApi, describeParameters } from '../openapi.ts';
import type { Route } from '../route.ts';
import { itemsQuery } from './parameters.ts';

type Json = Record<string, unknown>;

/**
 * The OpenAPI 3.0 document of the OGC API: the table's routes, and the items of each view with its own filters.
 * QGIS reads the largest page from `components.parameters.limit`.
 */
export function describeOgc(
  routes: readonly Route[],
  views: readonly MapView[],
  { version, origin }: { readonly version: string; readonly origin: string },
): Json {
  const general = describeApi(routes, {
    openapi: '3.0.3',
    title: 'Rivage: OGC API Features',
    description: 'The map views of Rivage, as OGC API Features Part 1: Core.',
    version,
    serverUrl: origin,
  });
  const paths = { ...(general.paths as Record<string, Json>) };
  const items = paths['/ogc/collections/{collectionId}/items']?.get as Json;
  for (const view of views) {
    paths[`/ogc/collections/${view.name}/items`] = {
      get: {
        ...items,
        operationId: `getItems_${view.name}`,
        summary: view.title,
        description: view.description,
        parameters: describeParameters(itemsQuery(view), 'query', '3.0.3').map(shareLimit),
      },
    };
  }
  return { ...general, paths, components: { ...(general.components as Json), parameters: { limit: limitOf(views) } } };
}

function shareLimit(parameter: Json): Json {
  return parameter.name === 'limit' ? { $ref: '#/components/parameters/limit' } : parameter;
}

function limitOf(views: readonly MapView[]): Json | undefined {
  const [view] = views;
  return view && describeParameters(itemsQuery(view), 'query', '3.0.3').find(({ name }) => name === 'limit');
}
