import { z } from '../../schema.ts';
import type { ServeDeps } from '../deps.ts';
import { defineRoute, named, type Route } from '../route.ts';
import { checkCamera } from './calibrations.ts';

const count = z.int().min(0);
const daysSchema = named(
  'CameraDays',
  z.object({
    days: z.array(
      z.object({
        day: z.iso.date().nullable().describe('In local time of the lake; null: files whose time is not known'),
        expected: count.nullable().describe('Photos that the interval gives, nights included; null: day not known'),
        received: count.describe('Different photos, unreadable ones included'),
        unreadable: count,
        dark: count,
        fog: count,
        blocked: count,
        wet: count,
        usable: count,
        analysed: count.describe('By a model whose results are shown'),
      }),
    ),
  }),
);

/** GET /api/cameras/{cameraId}/days. */
export function dayRoutes({ db }: ServeDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/cameras/{cameraId}/days',
      tag: 'places',
      summary: 'The season of a camera, day by day: photos expected, received, usable, analysed',
      params: z.strictObject({ cameraId: z.string() }),
      answers: [{ status: 200, type: 'application/json', description: 'Days in order', schema: daysSchema }],
      problems: ['not-found'],
      handle: async ({ params }) => {
        await checkCamera(db, params.cameraId);
        return { kind: 'json', body: { days: await db.query(daysSql, [params.cameraId]) } };
      },
    }),
  ];
}

const daysSql = `
  select day, expected, received, unreadable, dark, fog, blocked, wet, usable, analysed
  from rivage.photo_status where camera_id = $1 order by day nulls last`;
