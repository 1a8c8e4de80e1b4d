import { readdir } from 'node:fs/promises';
import { z } from '../../schema.ts';
import { listMapViews, type MapView } from '../../store/map-views.ts';
import { sqlFolder } from '../../store/migrate.ts';
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

const groupSchema = named(
  'LayerGroup',
  z.object({ id: z.string().describe('Stable; made for programs'), en: z.string(), fr: z.string() }),
);
type Group = z.output<typeof groupSchema>;

const layerSchema = z.object({
  id: z.string().describe('Name of the view'),
  title: z.string(),
  description: z.string(),
  group: groupSchema.describe('Layer group in QGIS; layers of one group follow each other'),
  order: z.int().describe('From the top of the layer list down: 0 lies over all others'),
  source: sourceSchema,
  key: z.literal('fid'),
  geometryColumn: z.literal('geom'),
  geometryType: z.string().describe('As PostGIS names it: POINT, POLYGON'),
  srid: z.int(),
  style: z
    .string()
    .nullable()
    .describe('Name of its style in layer_styles, which is that of the view; null: it has none'),
  timeField: z.string().nullable().describe('Column for the Temporal Controller'),
  timeEndField: z.string().nullable().describe('Column of the end, where a feature lasts'),
});
type Layer = z.output<typeof layerSchema>;
const layersSchema = named('Layers', z.object({ layers: z.array(named('Layer', layerSchema)) }));

/** What a view cannot say of itself: groups from the top down, and the views of each. */
const groups: readonly (Group & { readonly views: readonly string[] })[] = [
  { id: 'sightings', en: 'Sightings', fr: 'Observations', views: ['sighting_map', 'sighting_ellipse_map'] },
  { id: 'bivouac', en: 'Bivouac', fr: 'Bivouac', views: ['stay_map', 'bivouac_heatmap'] },
  // every view that no other group names
  { id: 'more', en: 'More layers', fr: 'Autres couches', views: [] },
  { id: 'places', en: 'Places', fr: 'Lieux', views: ['camera_map', 'zone_map', 'lake_map'] },
];

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
        const [views, styles] = await Promise.all([listMapViews(db), listStyles()]);
        const layers = sortLayers(views).map(([view, { id, en, fr }], order): Layer => {
          const source = findSource(view, config.databaseUrl, origin);
          return {
            ...describeLayer(view),
            group: { id, en, fr },
            order,
            source,
            style: styles.has(view.name) ? view.name : null,
          };
        });
        return { kind: 'json', body: { layers } };
      },
    }),
  ];
}

/** Points lie over lines, and lines over polygons, where no group says otherwise. */
const dimension = (view: MapView): number =>
  ['POINT', 'LINE', 'POLYGON'].findIndex((n) => view.geometryType.includes(n));

/** All views from the top down, each with its group. */
function sortLayers(views: readonly MapView[]): readonly (readonly [MapView, Group])[] {
  const grouped = groups.flatMap((group) => group.views);
  const others = views
    .filter(({ name }) => !grouped.includes(name))
    .toSorted((a, b) => dimension(a) - dimension(b) || a.name.localeCompare(b.name));
  return groups.flatMap((group) => {
    const inside = group.views.flatMap((name) => views.find((view) => view.name === name) ?? []);
    return (group.id === 'more' ? others : inside).map((view) => [view, group] as const);
  });
}

/** Views with a style: those that `sql/styles` has a file for. */
async function listStyles(): Promise<ReadonlySet<string>> {
  // a release without a style has no such folder
  const files = await readdir(new URL('styles/', sqlFolder)).catch((): string[] => []);
  return new Set(files.flatMap((file) => (file.endsWith('.qml') ? [file.slice(0, -4)] : [])));
}

function describeLayer(view: MapView): Omit<Layer, 'group' | 'order' | 'source' | 'style'> {
  return {
    id: view.name,
    title: view.title,
    description: view.description,
    key: 'fid',
    geometryColumn: 'geom',
    geometryType: view.geometryType,
    srid: view.srid,
    timeField: view.timeColumn ?? null,
    timeEndField: view.timeEndColumn ?? null,
  };
}

/** Where to read a view: a server is read directly; the embedded database has one user, this service. */
function findSource({ name }: MapView, databaseUrl: string | undefined, origin: string): Layer['source'] {
  if (databaseUrl === undefined) return { kind: 'ogc-api-features', landingPage: `${origin}/ogc`, collection: name };
  const url = new URL(databaseUrl);
  return {
    kind: 'postgis',
    // as pg reads it: a host in the query is a socket's folder
    host: url.searchParams.get('host') ?? (decodeURIComponent(url.hostname).replace(/^\[|\]$/g, '') || 'localhost'),
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    role: 'rivage_reader',
    schema: 'rivage',
    table: name,
  };
}
