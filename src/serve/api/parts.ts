import { z } from '../../schema.ts';

/** An instant in a JSON answer. */
export const instant = z.iso.datetime().describe('UTC instant, ISO 8601');

/** West, south, east, north. */
export const bbox = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .describe('West, south, east, north; degrees, WGS84');

/** An instant in a query; an offset other than Z is understood. */
export const instantParameter = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .describe('Instant with its offset, such as 2026-07-01T00:00:00Z or 2026-07-01T02:00:00+02:00');

/** How many rows to answer at most. */
export function limitParameter(most: number, fallback: number): z.ZodType<number, unknown> {
  return z.coerce.number().int().min(1).max(most).default(fallback).describe('How many to answer at most');
}

/** How many rows to leave out first. */
export const offsetParameter = z.coerce
  .number()
  .int()
  .min(0)
  .max(1_000_000_000)
  .default(0)
  .describe('How many to leave out first');

/** Width of a picture that is asked for. */
export const widthParameter = z.coerce
  .number()
  .int()
  .min(16)
  .max(8192)
  .optional()
  .describe("Width wanted, px; a picture is never made larger than the photo's own pixels");

/** Number of a row in the path of a request. */
export const rowParameter = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/** A place on the ground with its error. */
export const locationSchema = z.object({
  lng: z.number(),
  lat: z.number(),
  heightM: z.number().describe('m, in the datum of the DEM'),
  surface: z.enum(['water', 'ground']),
  rangeM: z.number().describe('Slant distance from the camera'),
  ellipse: z
    .object({ semiMajorM: z.number(), semiMinorM: z.number(), azimuthDeg: z.number() })
    .describe('95 % error ellipse'),
  shares: z
    .object({ camera: z.number(), pixel: z.number(), height: z.number(), extent: z.number() })
    .nullable()
    .describe('Where the error comes from: shares of the variance, of sum 1; null: stored before shares were'),
});
