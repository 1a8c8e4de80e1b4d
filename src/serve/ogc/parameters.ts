import { z } from '../../schema.ts';
import type { MapView } from '../../store/map-views.ts';
import { type Corners, crs84, crsUris } from './crs.ts';

/** Most features on one page; QGIS reads it from the OpenAPI document and asks for as many. */
const maxLimit = 10_000;
const defaultLimit = 1000;

/** ?f=: what a page is answered as, when the Accept header cannot say it. */
export const formatParameter = z
  .enum(['json', 'html'])
  .optional()
  .describe('json for programs, html for people; without it, the Accept header decides');

/** Larger limits are no error: OGC says that the largest allowed then counts. */
const limitParameter = z
  .preprocess(
    (text) => (typeof text === 'string' && /^\d{1,9}$/.test(text) ? Math.min(Number(text), maxLimit) : text),
    z.int().min(1).max(maxLimit).default(defaultLimit),
  )
  .describe('Most features on one page');

const offsetParameter = z.coerce.number().int().min(0).default(0).describe('How many features to leave out first');

const crsParameter = z.enum(crsUris).default(crs84).meta({ format: 'uri' });

/** ?crs=: what the coordinates of the answer are in. */
export const answerCrsParameter = crsParameter.describe('CRS of the answer; of EPSG:4326, latitude comes first');

/** Four numbers, or six with heights, which are not looked at. */
const bboxParameter = z
  .string()
  .transform((text, context): Corners => {
    const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    const [a = 0, b = 0, c = 0, d = 0] = numbers.length === 6 ? withoutHeights(numbers) : numbers;
    if (numbers.every(Number.isFinite) && (numbers.length === 4 || numbers.length === 6)) return [a, b, c, d];
    context.addIssue({ code: 'custom', message: '6.09,44.94,6.10,44.95' });
    return z.NEVER;
  })
  .optional()
  .describe(
    'Features that touch a box: west,south,east,north in the CRS of bbox-crs, for EPSG:4326 south,west,north,east',
  );

function withoutHeights(numbers: readonly number[]): number[] {
  return [0, 1, 3, 4].map((index) => numbers[index] ?? Number.NaN);
}

/** A time span; undefined ends are open. Both ends are included, as OGC says. */
interface Span {
  readonly from: Date | undefined;
  readonly to: Date | undefined;
}

const rfc3339 = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** An instant or a day, 'a/b', '../b' or 'a/..'. A day counts whole, in UTC. */
const datetimeParameter = z
  .string()
  .transform((text, context): Span => {
    const parts = text.split('/');
    const [start = '', end = start] = parts;
    const open = (part: string): boolean => parts.length === 2 && (part === '..' || part === '');
    const right = parts.length <= 2 && [start, end].every((part) => open(part) || rfc3339.safeParse(part).success);
    const span = { from: open(start) ? undefined : new Date(start), to: open(end) ? undefined : lastInstant(end) };
    if (!right || (span.from && span.to && span.from > span.to)) {
      context.addIssue({ code: 'custom', message: '2026-07-01T10:00:00Z, 2026-07-01/2026-07-31, ../2026-07-31' });
      return z.NEVER;
    }
    return span;
  })
  .optional()
  .describe('Features of an instant, a day or an interval: 2026-07-01T10:00:00Z, 2026-07-01/2026-07-31, 2026-07-01/..');

function lastInstant(text: string): Date {
  return text.length === 10 ? new Date(Date.parse(`${text}T00:00:00Z`) + 86_400_000 - 1) : new Date(text);
}

const itemsShape = {
  f: formatParameter,
  bbox: bboxParameter,
  'bbox-crs': crsParameter.describe('CRS of bbox'),
  crs: answerCrsParameter,
  datetime: datetimeParameter,
  limit: limitParameter,
  offset: offsetParameter,
};

/** The query of a view's items: OGC's own parameters, and one filter for each column. */
export function itemsQuery(view: MapView): z.ZodObject<typeof itemsShape> {
  const filters = view.columns.map((column) => [column.name, columnFilter(column).optional()] as const);
  return z.strictObject({ ...Object.fromEntries(filters), ...itemsShape });
}

/** An empty text is no number, though JavaScript takes it for 0. */
const numberText = z.preprocess((text) => (text === '' ? Number.NaN : text), z.coerce.number());

const columnSchemas: Readonly<Record<MapView['columns'][number]['type'], () => z.ZodType>> = {
  integer: () => numberText.pipe(z.int()),
  number: () => numberText,
  boolean: () => z.stringbool(),
  date: () => z.iso.date(),
  instant: () => z.iso.datetime({ offset: true }),
  text: () => z.string(),
};

function columnFilter({ type, description }: MapView['columns'][number]): z.ZodType {
  return columnSchemas[type]().describe(`Equal to. ${description}`);
}
