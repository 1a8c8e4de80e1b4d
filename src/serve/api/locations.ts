import { z } from '../../schema.ts';
import type { LocatedPixel } from '../calibration-desk.ts';
import type { ServeDeps } from '../deps.ts';
import { defineRoute, named, type Route } from '../route.ts';
import { checkCamera } from './calibrations.ts';
import { instantParameter, locationSchema } from './parts.ts';

const wishSchema = named(
  'LocateWish',
  z.strictObject({
    pixels: z
      .array(z.strictObject({ u: z.number(), v: z.number() }))
      .min(1)
      .max(1000)
      .describe('px from the top-left corner of the photo'),
    at: instantParameter.optional().describe('When the photo was taken; absent: now'),
    sigmaPx: z.number().min(0).max(100).default(1).describe('One standard deviation of each pixel, px'),
  }),
);

const answerSchema = named(
  'Locations',
  z.object({
    locations: z.array(
      z.object({
        u: z.number(),
        v: z.number(),
        location: locationSchema.nullable(),
        noLocationReason: z.string().nullable(),
        nearest: locationSchema
          .pick({ lng: true, lat: true, heightM: true, rangeM: true })
          .nullable()
          .describe('With beyond-horizon: where the ray comes down, though no ellipse there would be true'),
      }),
    ),
  }),
);

/** POST /api/cameras/{cameraId}/locations. */
export function locationRoutes({ db, calibrations }: ServeDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/cameras/{cameraId}/locations',
      tag: 'calibrations',
      summary: 'Pixels of a photo on the ground, each with its error ellipse, or why they have no place there',
      params: z.strictObject({ cameraId: z.string() }),
      body: wishSchema,
      answers: [{ status: 200, type: 'application/json', description: 'In the order asked', schema: answerSchema }],
      problems: ['body-invalid', 'not-found'],
      handle: async ({ params, body: { pixels, at, sigmaPx } }) => {
        await checkCamera(db, params.cameraId);
        const located = await calibrations.locate(params.cameraId, pixels, { at, sigmaPx });
        return { kind: 'json', body: { locations: pixels.map((pixel, at) => toAnswer(pixel, located[at])) } };
      },
    }),
  ];
}

function toAnswer({ u, v }: { u: number; v: number }, located: LocatedPixel | undefined) {
  if (located?.kind !== 'sighting') {
    const { reason = null, nearest } = located ?? {};
    const { point, ...rest } = nearest ?? {};
    return { u, v, location: null, noLocationReason: reason, nearest: point ? { ...point, ...rest } : null };
  }
  const { point, heightM, surface, rangeM, ellipse, shares } = located;
  const location = { ...point, heightM, surface, rangeM, ellipse, shares };
  return { u, v, location, noLocationReason: null, nearest: null };
}
