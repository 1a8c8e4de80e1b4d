import type { MapView } from '../../store/map-views.ts';
import { describeApi, describeParameters } from '../openapi.ts';
import type { Route } from '../route.ts';
import { itemsQuery } from './parameters.ts';

type Json = Record<string, unknown>;

const root = '/ogc';
const itemsPath = '/collections/{collectionId}/items';
const contentCrs = {
  'Content-Crs': { description: 'CRS of the geometries, in angle brackets', schema: { type: 'string' } },
};

/**
 * The OpenAPI 3.0 document of the OGC API: the table's routes, and the items of each view with its own filters. Paths
 * begin after `/ogc`, as the standard names them: GDAL finds a layer's filters by `/collections/NAME/items`. QGIS reads
 * the largest page from `components.parameters.limit`.
 */
export function describeOgc(
  routes: readonly Route[],
  views: readonly MapView[],
  { version, origin, secured }: { readonly version: string; readonly origin: string; readonly secured: boolean },
): Json {
  const general = describeApi(routes, {
    openapi: '3.0.3',
    title: 'Rivage: OGC API Features',
    description: 'The map views of Rivage, as OGC API Features Part 1: Core and Part 2: CRS by Reference.',
    version,
    serverUrl: origin + root,
    secured,
  });
  const paths: Record<string, Json> = {};
  for (const [path, item] of Object.entries(general.paths as Record<string, Json>)) {
    const short = path.slice(root.length) || '/';
    paths[short] = short.startsWith(itemsPath) ? { get: tellCrs(item.get as Operation) } : item;
  }
  const items = paths[itemsPath]?.get as Operation;
  for (const view of views) {
    paths[`/collections/${view.name}/items`] = {
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

interface Operation extends Json {
  readonly responses: Readonly<Record<string, Json>>;
}

/** Features say in a header what their coordinates are in. */
function tellCrs(operation: Operation): Operation {
  const { responses } = operation;
  return { ...operation, responses: { ...responses, 200: { ...responses[200], headers: contentCrs } } };
}

function shareLimit(parameter: Json): Json {
  return parameter.name === 'limit' ? { $ref: '#/components/parameters/limit' } : parameter;
}

function limitOf(views: readonly MapView[]): Json | undefined {
  const [view] = views;
  return view && describeParameters(itemsQuery(view), 'query', '3.0.3').find(({ name }) => name === 'limit');
}
