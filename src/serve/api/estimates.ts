import { z } from '../../schema.ts';
import type { ServeDeps } from '../deps.ts';
import { defineRoute, named, type Route } from '../route.ts';

const bound = z.number().nullable();
const figure = z
  .object({ value: z.number(), low: bound, high: bound })
  .nullable()
  .describe('With its 95 % interval, null where none can be said; null: nobody looked, which is not the same as 0');
const share = z.number().nullable();
const lightSchema = z.enum(['day', 'dim', 'dark']);

const correctionSchema = z.object({
  light: lightSchema.describe('By the height of the sun: day from 6 degrees up, dim from -6, dark below'),
  source: z
    .enum(['camera', 'light', 'label'])
    .nullable()
    .describe('Reviewed photos of this camera and light, of all cameras in this light, of all; null: not corrected'),
  reviewed: z.int().describe('Reviewed photos that it is taken from'),
  precision: share,
  recall: share,
  factor: z.number().describe('precision / recall: so many objects one that was found stands for'),
  share: z.number().describe('Of the object-hours found, 0 to 1'),
});

const estimateSchema = z.object({
  cameraId: z.string(),
  firstDay: z.iso.date().nullable().describe('First local day with a valid frame; null: there is none'),
  lastDay: z.iso.date().nullable(),
  days: z.int().describe('Days on which somebody looked'),
  frames: z.int().describe('Valid frames'),
  watchedH: z.number().describe('Time watched, h'),
  hours: z.number().describe('Time that objectHours are the sum over, h: the time watched, or that of whole days'),
  hoursOfDay: z.array(z.int()).nullable().describe('With wholeDays: the local hours that the figures hold for'),
  reviewed: z.int().describe('Reviewed photos that correct it'),
  occupancy: figure.describe('Objects at a time, on average; null: nobody looked'),
  objectHours: figure.describe('For persons visitor-hours; null: nobody looked'),
  visits: figure.describe('objectHours by the mean stay; null: no mean stay was given, or nobody looked'),
  foundObjectHours: z.number().nullable().describe('As objectHours, not corrected'),
  corrections: z.array(correctionSchema),
  notCorrected: z
    .array(
      z.object({ code: z.enum(['light', 'zone', 'unwatched', 'hour-of-day', 'stay', 'interval']), text: z.string() }),
    )
    .describe('What the figures leave as it was counted'),
  method: z.string(),
});

const estimatesSchema = named(
  'Estimates',
  z.object({
    label: z.string(),
    zoneId: z.string().nullable(),
    from: z.iso.date().nullable(),
    to: z.iso.date().nullable(),
    wholeDays: z.boolean(),
    estimates: z.array(named('Estimate', estimateSchema)).describe('One a camera: what two see at once is in both'),
  }),
);

const day = z.iso.date().optional();
const querySchema = z.strictObject({
  label: z.string().min(1).default('person').describe('Such as person or tent'),
  lake: z.string().optional().describe('Absent: all lakes'),
  camera: z.string().optional().describe('Absent: all cameras'),
  zone: z.string().optional().describe('Absent: all that a camera sees'),
  from: day.describe('First local day; absent: from the first photo on'),
  to: day.describe('Last local day, itself included'),
  wholeDays: z
    .enum(['true', 'false'])
    .default('false')
    .describe('true: hours that nobody watched take the mean of their hour of day (extrapolated)'),
  meanStayMin: z.coerce.number().positive().max(100_000).optional().describe('Mean stay, min: makes visits'),
  meanStaySdMin: z.coerce
    .number()
    .min(0)
    .max(100_000)
    .default(0)
    .describe('Standard deviation of that mean, min (not that of single stays)'),
});

/** GET /api/estimates. */
export function estimateRoutes({ estimates }: ServeDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/estimates',
      tag: 'figures',
      summary: 'Occupancy, object-hours and visits with intervals, corrected by what people saw in reviewed photos',
      query: querySchema,
      answers: [
        { status: 200, type: 'application/json', description: 'One estimate a camera', schema: estimatesSchema },
      ],
      problems: ['estimate-name-unknown', 'estimate-zone-unseen', 'estimate-days-reversed'],
      handle: async ({ query, language }) => {
        const { label, lake, camera, zone, from, to, wholeDays, meanStayMin, meanStaySdMin } = query;
        const question = {
          ...{ label, lakeId: lake, cameraId: camera, zoneId: zone, from, to, wholeDays: wholeDays === 'true' },
          meanStay: meanStayMin === undefined ? undefined : { min: meanStayMin, sdMin: meanStaySdMin },
        };
        return { kind: 'json', body: await estimates.estimate(question, (text) => text[language]) };
      },
    }),
  ];
}
