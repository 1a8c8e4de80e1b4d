import { type Language, ServiceError } from '../../errors.ts';
import { z } from '../../schema.ts';
import { listMapViews, type MapView } from '../../store/map-views.ts';
import { sqlFolder } from '../../store/migrate.ts';
import { listStyles, readStyle, readWords, styleNames } from '../../store/styles.ts';
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
  z.object({ id: z.string().describe('Stable; made for programs'), title: z.string() }),
);

const styleSchema = named(
  'LayerStyle',
  z.object({
    name: z.string().describe('In layer_styles, where the layer is a view of a server'),
    href: z.string().describe('Its QML, under this service'),
  }),
);

const layerSchema = z.object({
  id: z.string().describe('Name of the view'),
  title: z.string(),
  description: z.string(),
  group: groupSchema.describe('Layer group in QGIS; layers of one group follow each other'),
  order: z.int().describe('From the top of the layer list down: 0 lies over all others'),
  visible: z.boolean().describe('Whether a map should show it unasked'),
  source: sourceSchema,
  key: z.literal('fid'),
  geometryColumn: z.literal('geom'),
  geometryType: z.string().describe('As PostGIS names it: POINT, POLYGON'),
  srid: z.int(),
  style: styleSchema.nullable().describe('null: it has none'),
  timeField: z.string().nullable().describe('Column for the Temporal Controller'),
  timeEndField: z.string().nullable().describe('Column of the end, where a feature lasts'),
});
type Layer = z.output<typeof layerSchema>;
const layersSchema = named('Layers', z.object({ layers: z.array(named('Layer', layerSchema)) }));

/** Texts are in the language of the asker. */
interface Group {
  readonly id: string;
  readonly title: string;
  readonly views: readonly string[];
}

/** What a view cannot say of itself: groups from the top down, and the views of each; French is in the glossary. */
const groups: readonly Group[] = [
  { id: 'bivouac', title: 'Stays', views: ['tent_night', 'stay_map'] },
  { id: 'sightings', title: 'Sightings', views: ['sighting_map', 'sighting_ellipse_map'] },
  { id: 'cameras', title: 'Cameras', views: ['camera_map'] },
  { id: 'density', title: 'Heatmaps and density', views: ['bivouac_heatmap', 'density_map'] },
  // every view that no other group names
  { id: 'more', title: 'More layers', views: [] },
  { id: 'places', title: 'Places', views: ['zone_map', 'viewshed_map', 'lake_map'] },
];

/** Views that hide others: added, but not shown until somebody asks. */
const hidden: ReadonlySet<string> = new Set(['density_map', 'tent_night']);

/** GET /api/layers: what the QGIS plugin adds, and the style of each. */
export function layerRoutes({ db, config }: ServeDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/layers',
      tag: 'service',
      summary: 'The layers that a map should add, where to read them and how to draw them',
      answers: [{ status: 200, type: 'application/json', description: 'From the top down', schema: layersSchema }],
      handle: async ({ origin, language }) => {
        const [views, styled, say] = await Promise.all([
          listMapViews(db),
          listStyles(sqlFolder),
          readWords(language, sqlFolder),
        ]);
        const layers = sortLayers(views).map(([view, group], order): Layer => {
          return {
            ...describeLayer(view, say),
            group: { id: group.id, title: say(group.title) },
            order,
            visible: !hidden.has(view.name),
            source: findSource(view, config.databaseUrl, origin),
            style: styled.includes(view.name) ? describeStyle(view, language) : null,
          };
        });
        return { kind: 'json', body: { layers } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/layers/{layerId}/style.qml',
      tag: 'service',
      summary: 'The QGIS style of a layer, its texts in the language of the asker',
      params: z.strictObject({ layerId: z.string() }),
      answers: [{ status: 200, type: 'application/xml', description: 'QML, for QGIS 3.22 and later' }],
      problems: ['not-found'],
      handle: async ({ params, language }) => {
        const id = params.layerId;
        if (!(await listStyles(sqlFolder)).includes(id)) {
          throw new ServiceError('not-found', {
            what: { en: 'style of layer', fr: 'style de la couche' },
            id,
            list: '/api/layers',
          });
        }
        const qml = await readStyle(id, language, sqlFolder);
        return { kind: 'bytes', type: 'application/xml', bytes: Buffer.from(qml) };
      },
    }),
  ];
}

function describeStyle({ name }: MapView, language: Language): Layer['style'] {
  return { name: styleNames[language], href: `/api/layers/${name}/style.qml` };
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

function describeLayer(
  view: MapView,
  say: (text: string) => string,
): Omit<Layer, 'group' | 'order' | 'visible' | 'source' | 'style'> {
  return {
    id: view.name,
    title: say(view.title),
    description: say(view.description),
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
