import { z } from '../../schema.ts';
import { listMapViews, type MapView } from '../../store/map-views.ts';
import type { ServeDeps } from '../deps.ts';
import { defineRoute, named, type Route } from '../route.ts';

const sourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ogc-api-features').describe('Embedded database: read it through this service'),
    landingPage: z.string(),
    collection: z.string(),
  }),
  z.object({
    kind: z
      .literal('postgis')
      .describe('Open the view itself, as the role rivage_reader; its password is not told here'),
    host: z.string(),
    port: z.int(),
    database: z.string(),
    role: z.literal('rivage_reader'),
    schema: z.literal('rivage'),
    table: z.string(),
  }),
]);

const layerSchema = z.object({
  id: z.string().describe('Name of the view'),
  title: z.string(),
  description: z.string(),
  group: z.enum(['places', 'sightings', 'bivouac', 'more']).describe('Layer group in QGIS'),
  order: z.int().describe('From the top of the layer list down'),
  source: sourceSchema,
  key: z.literal('fid'),
  geometryColumn: z.literal('geom'),
  geometryType: z.string().describe('As PostGIS names it: POINT, POLYGON'),
  srid: z.int(),
  style: z.string().describe('Name of the style in layer_styles'),
  timeField: z.string().nullable().describe('Column for the Temporal Controller'),
});
type Layer = z.output<typeof layerSchema>;
const layersSchema = named('Layers', z.object({ layers: z.array(named('Layer', layerSchema)) }));

/** The catalogue row of a view: its group, and how high it lies. A view without one goes into "more". */
const catalogue: Readonly<Record<string, Pick<Layer, 'group' | 'order'>>> = {
  camera_map: { group: 'places', order: 0 },
  sighting_map: { group: 'sightings', order: 1 },
  sighting_ellipse_map: { group: 'sightings', order: 2 },
  stay_map: { group: 'bivouac', order: 3 },
  bivouac_heatmap: { group: 'bivouac', order: 4 },
  zone_map: { group: 'places', order: 6 },
  lake_map: { group: 'places', order: 7 },
};
const more = { group: 'more', order: 5 } as const;

/** GET /api/layers: what the QGIS plugin adds. */
export function layerRoutes({ db, config }: ServeDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/layers',
      tag: 'service',
      summary: 'The layers that a map should add, and where to read them',
      answers: [{ status: 200, type: 'application/json', description: 'From the top down', schema: layersSchema }],
      handle: async ({ origin }) => {
        const views = await listMapViews(db);
        const layers = views.map((view) => describeLayer(view, findSource(view, config.databaseUrl, origin)));
        return { kind: 'json', body: { layers: layers.sort((a, b) => a.order - b.order) } };
      },
    }),
  ];
}

function describeLayer(view: MapView, source: Layer['source']): Layer {
  return {
    id: view.name,
    title: view.title,
    description: view.description,
    ...(catalogue[view.name] ?? more),
    source,
    key: 'fid',
    geometryColumn: 'geom',
    geometryType: view.geometryType,
    srid: view.srid,
    style: view.name,
    timeField: view.timeColumn ?? null,
  };
}

function findSource({ name }: MapView, databaseUrl: string | undefined, origin: string): Layer['source'] {
  if (databaseUrl === undefined) return { kind: 'ogc-api-features', landingPage: `${origin}/ogc`, collection: name };
  const url = new URL(databaseUrl);
  return {
    kind: 'postgis',
    host: url.hostname || 'localhost',
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    role: 'rivage_reader',
    schema: 'rivage',
    table: name,
  };
}
