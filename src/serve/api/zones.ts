import { idPattern, zoneKinds } from '../../geo/lake.ts';
import { z } from '../../schema.ts';
import type { ServeDeps } from '../deps.ts';
import { defineRoute, named, type Route } from '../route.ts';

const geometry = z.looseObject({ type: z.string(), coordinates: z.unknown() });
const version = z.string().describe('Tells this state from another');
const versionRead = version.optional().describe('As it was read; absent: whatever is there is replaced');
const polygon = z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(z.array(z.number()))) });

const zonesSchema = named(
  'Zones',
  z.object({
    type: z.literal('FeatureCollection'),
    version,
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        properties: z.object({ id: z.string(), kind: z.enum(zoneKinds), name: z.string() }),
        geometry: polygon,
      }),
    ),
  }),
);

const wishSchema = named(
  'ZonesWish',
  z.looseObject({
    type: z.literal('FeatureCollection'),
    version: versionRead,
    features: z
      .array(
        z.looseObject({
          type: z.literal('Feature'),
          properties: z
            .looseObject({
              id: z
                .string()
                .regex(idPattern)
                .nullish()
                .describe('Absent or null: a new zone, its id is made from its name'),
              kind: z.enum(zoneKinds),
              name: z.string().nullish(),
            })
            .describe('Others are left alone'),
          geometry: geometry.nullable().describe('A Polygon, or a MultiPolygon of one part; EPSG:4326'),
        }),
      )
      .max(10_000),
  }),
);

const storedSchema = named(
  'ZonesStored',
  z.object({
    zones: z.int().describe('How many zones the lake has now'),
    ids: z.array(z.string()).describe('In the order sent, those made from names too'),
    moved: z.int().describe('Sightings that lie in other zones than before'),
    version,
  }),
);

const shorelineSchema = named('Shoreline', polygon.extend({ version }));
const shorelineWishSchema = named(
  'ShorelineWish',
  geometry.extend({ version: versionRead }).describe('A Polygon, or a MultiPolygon of one part; EPSG:4326'),
);
const shorelineStoredSchema = named(
  'ShorelineStored',
  z.object({
    sightings: z.int().describe('Sightings of the lake; they keep their places until they are located anew'),
    advice: z.string().nullable().describe('What to do about them; null: there are none'),
    version,
  }),
);

const lakeId = z.strictObject({ lakeId: z.string() });
const json = { status: 200, type: 'application/json' } as const;
const mostBytes = 16_000_000;

/** The zones and the shoreline of a lake, to read and to draw anew. */
export function zoneRoutes(deps: ServeDeps): readonly Route[] {
  return [readRoute(deps), zonesRoute(deps), readShorelineRoute(deps), shorelineRoute(deps)];
}

function readRoute({ zones }: ServeDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/api/lakes/{lakeId}/zones',
    tag: 'places',
    summary: 'The zones of a lake as GeoJSON, to change and to send back',
    params: lakeId,
    answers: [
      {
        status: 200,
        type: 'application/geo+json',
        description: 'As the file of the workspace says',
        schema: zonesSchema,
      },
    ],
    problems: ['not-found', 'file-invalid', 'file-missing'],
    handle: async ({ params }) => {
      const { version, zones: read } = await zones.read(params.lakeId);
      const features = read.map(({ id, kind, name, polygon }) => {
        return { type: 'Feature', properties: { id, kind, name }, geometry: polygon };
      });
      return { kind: 'json', type: 'application/geo+json', body: { type: 'FeatureCollection', version, features } };
    },
  });
}

function zonesRoute({ zones }: ServeDeps): Route {
  return defineRoute({
    method: 'put',
    path: '/api/lakes/{lakeId}/zones',
    tag: 'places',
    summary: 'Put zones in the place of those of a lake, in the workspace and in the database; all of them, or none',
    params: lakeId,
    body: wishSchema,
    mostBytes,
    answers: [{ ...json, description: 'Stored; the next run counts by them too', schema: storedSchema }],
    problems: ['not-found', 'body-invalid', 'outline-refused', 'zone-id-taken', 'zones-changed', 'geometry-invalid'],
    handle: async ({ params, body: { version, features } }) => {
      const wishes = features.map(({ properties: { id, kind, name }, geometry }) => {
        return { id: id ?? undefined, kind, name: name ?? '', geometry };
      });
      const stored = await zones.replaceZones(params.lakeId, wishes, version);
      return { kind: 'json', body: { zones: stored.ids.length, ...stored } };
    },
  });
}

function readShorelineRoute({ zones }: ServeDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/api/lakes/{lakeId}/shoreline',
    tag: 'places',
    summary: 'The shoreline of a lake as GeoJSON, to change and to send back',
    params: lakeId,
    answers: [
      {
        status: 200,
        type: 'application/geo+json',
        description: 'As the file of the workspace says',
        schema: shorelineSchema,
      },
    ],
    problems: ['not-found', 'file-invalid', 'file-missing'],
    handle: async ({ params }) => {
      const { shoreline, version } = await zones.readShoreline(params.lakeId);
      return { kind: 'json', type: 'application/geo+json', body: { ...shoreline, version } };
    },
  });
}

function shorelineRoute({ zones }: ServeDeps): Route {
  return defineRoute({
    method: 'put',
    path: '/api/lakes/{lakeId}/shoreline',
    tag: 'places',
    summary: 'Draw the shoreline of a lake anew, in the workspace and in the database',
    params: lakeId,
    body: shorelineWishSchema,
    mostBytes,
    answers: [{ ...json, description: 'Stored', schema: shorelineStoredSchema }],
    problems: ['not-found', 'body-invalid', 'outline-refused', 'shoreline-changed', 'geometry-invalid'],
    handle: async ({ params, body: { version: read, ...outline }, language }) => {
      const { sightings, version } = await zones.replaceShoreline(params.lakeId, outline, read);
      return { kind: 'json', body: { sightings, advice: sightings === 0 ? null : advice[language], version } };
    },
  });
}

const advice = {
  en: 'Sightings keep the places that the old shoreline gave them. Locate them anew: a run of kind relocate.',
  fr: "Les observations gardent la position que l'ancienne rive leur a donnée. Localisez-les à nouveau : un traitement de type relocate.",
};
