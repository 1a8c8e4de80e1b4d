import { z } from '../../schema.ts';
import { named } from '../route.ts';

/** A link as OGC API writes it. */
const linkSchema = named(
  'Link',
  z.object({ href: z.string(), rel: z.string(), type: z.string(), title: z.string().optional() }),
);
export type Link = z.output<typeof linkSchema>;

export const landingSchema = named(
  'LandingPage',
  z.object({ title: z.string(), description: z.string(), links: z.array(linkSchema) }),
);

export const conformanceSchema = named('Conformance', z.object({ conformsTo: z.array(z.string()) }));

const timeEnd = z.string().nullable().describe('null: open');

export const collectionSchema = named(
  'Collection',
  z.object({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    itemType: z.literal('feature'),
    crs: z.array(z.string()).describe('What parameters crs and bbox-crs take; the first is the default'),
    storageCrs: z
      .string()
      .optional()
      .describe('The CRS that the view itself has; absent: none that features can be had in'),
    extent: z.object({
      spatial: z
        .object({ bbox: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])), crs: z.string() })
        .optional()
        .describe('Absent: the collection is empty'),
      temporal: z
        .object({ interval: z.array(z.tuple([timeEnd, timeEnd])), trs: z.string() })
        .optional()
        .describe('Absent: the collection is empty, or its features have no time'),
    }),
    links: z.array(linkSchema),
  }),
);
export type Collection = z.output<typeof collectionSchema>;

export const collectionsSchema = named(
  'Collections',
  z.object({ links: z.array(linkSchema), collections: z.array(collectionSchema) }),
);

const featureFields = {
  type: z.literal('Feature'),
  id: z.int(),
  geometry: z.looseObject({ type: z.string() }).nullable().describe('GeoJSON, in the CRS of the header Content-Crs'),
  properties: z.record(z.string(), z.unknown()).describe('The columns of the view'),
};

export const featureSchema = named('Feature', z.object({ ...featureFields, links: z.array(linkSchema) }));

export const featuresSchema = named(
  'FeatureCollection',
  z.object({
    type: z.literal('FeatureCollection'),
    timeStamp: z.iso.datetime(),
    numberMatched: z.int(),
    numberReturned: z.int(),
    links: z.array(linkSchema),
    features: z.array(z.object(featureFields)),
  }),
);

export const openApiSchema = named('OpenApi30', z.looseObject({ openapi: z.string() }));
