import { ServiceError } from '../../errors.ts';
import { z } from '../../schema.ts';
import { countCells, isLabelKnown, readDensity } from '../../store/density.ts';
import type { ServeDeps } from '../deps.ts';
import { defineRoute, named, type Route } from '../route.ts';
import { checkLake } from './lakes.ts';

const propertiesSchema = z.object({
  cell: z.string().describe('Name of the hexagon; that of the same place as long as the width is the same'),
  count: z
    .int()
    .nullable()
    .describe('Sightings, for tents tent-nights; null: nobody watched it, which is not the same as 0'),
  frames: z.int().nullable().describe('Usable, analysed photos of calibrated cameras that see it; null for tents'),
  nights: z.int().nullable().describe('Bivouac nights with such a photo; null for all but tents'),
  rate: z.number().nullable().describe('count by frames, or by nights'),
  widthM: z.number().describe('Width from side to side, m'),
});

const densitySchema = named(
  'Density',
  z.object({
    type: z.literal('FeatureCollection'),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        geometry: z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(z.array(z.number()))) }),
        properties: propertiesSchema,
      }),
    ),
  }),
);

const day = z.iso.date().optional();
const hour = z.coerce.number().min(0).max(24).optional();
const querySchema = z.strictObject({
  label: z.string().min(1).describe('Such as person or tent'),
  from: day.describe('First local day, for tents the night that begins on it; absent: from the first photo on'),
  to: day.describe('Last local day, itself included'),
  hourFrom: hour.describe('Local hour of the day; tents are counted by night, which has its own hours'),
  hourTo: hour.describe('Itself not included; from 19 to 9 goes past midnight'),
  cellM: z.coerce
    .number()
    .min(1)
    .max(2000)
    .optional()
    .describe('Width of a hexagon, m; absent: 20, or more around a large lake'),
});

/** More hexagons than this are refused: nobody can tell them apart on a map. */
const mostCells = 50_000;

/** GET /api/lakes/{lakeId}/density. */
export function densityRoutes({ db }: ServeDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/lakes/{lakeId}/density',
      tag: 'places',
      summary: 'How often something was seen in hexagons around a lake, by the time that somebody looked there',
      params: z.strictObject({ lakeId: z.string() }),
      query: querySchema,
      answers: [
        { status: 200, type: 'application/geo+json', description: 'Hexagons, EPSG:4326', schema: densitySchema },
      ],
      problems: ['not-found', 'cells-too-many'],
      handle: async ({ params: { lakeId }, query: { label, from, to, hourFrom, hourTo, cellM } }) => {
        await checkLake(db, lakeId);
        if (!(await isLabelKnown(db, label))) {
          throw new ServiceError('not-found', {
            what: { en: 'label', fr: 'catégorie' },
            id: label,
            list: '/api/models',
          });
        }
        if (from !== undefined && to !== undefined && to < from) {
          const why = { en: 'it is before from', fr: 'il est avant from' };
          throw new ServiceError('parameter-invalid', { parameter: 'to', why });
        }
        const cells = cellM === undefined ? 0 : await countCells(db, lakeId, cellM);
        if (cellM !== undefined && cells > mostCells) {
          const least = Math.ceil(cellM * Math.sqrt(cells / mostCells));
          throw new ServiceError('cells-too-many', { width: cellM, cells: Math.round(cells), most: mostCells, least });
        }
        const text = await readDensity(db, { lakeId, label, from, to, hourFrom, hourTo, cellM });
        return { kind: 'written-json', type: 'application/geo+json', text, headers: {} };
      },
    }),
  ];
}
