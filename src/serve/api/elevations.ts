import { ServiceError } from '../../errors.ts';
import { z } from '../../schema.ts';
import type { ServeDeps } from '../deps.ts';
import { defineRoute, named, type Route } from '../route.ts';

const placesSchema = named(
  'Places',
  z.strictObject({
    points: z
      .array(z.strictObject({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }))
      .min(1)
      .max(1000)
      .describe('Degrees, WGS84'),
  }),
);

const elevationsSchema = named(
  'Elevations',
  z.object({
    heights: z
      .array(
        z.object({ heightM: z.number().nullable().describe('m, in the datum of the DEM; null: it has none there') }),
      )
      .describe('In the order of the points'),
  }),
);

/** POST /api/elevations. */
export function elevationRoutes({ findHeights }: Pick<ServeDeps, 'findHeights'>): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/elevations',
      tag: 'places',
      summary: "Heights of the ground at places, from the workspace's DEM",
      body: placesSchema,
      answers: [{ status: 200, type: 'application/json', description: 'Heights', schema: elevationsSchema }],
      problems: ['body-invalid', 'dem-absent', 'dem-unreadable', 'file-missing'],
      handle: async ({ body }) => {
        if (!findHeights) throw new ServiceError('dem-absent');
        const heights = await findHeights(body.points);
        return { kind: 'json', body: { heights: heights.map((heightM) => ({ heightM: heightM ?? null })) } };
      },
    }),
  ];
}
