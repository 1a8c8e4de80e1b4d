import { z } from '../../schema.ts';
import type { MapView } from '../../store/map-views.ts';

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

/** West, south, east, north. */
type Bbox = readonly [number, number, number, number];

/** 'w,s,e,n', or with heights 'w,s,low,e,n,high'; heights are not looked at. */
const bboxParameter = z
  .string()
  .transform((text, context): Bbox => {
    const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    const [west = 0, south = 0, east = 0, north = 0] = numbers.length === 6 ? withoutHeights(numbers) : numbers;
    const right = (numbers.length === 4 || numbers.length === 6) && numbers.every(Number.isFinite);
    if (!right || south > north || Math.abs(south) > 90 || Math.abs(north) > 90) {
      context.addIssue({ code: 'custom', message: 'west,south,east,north (CRS84)' });
      return z.NEVER;
    }
    return [west, south, east, north];
  })
  .optional()
  .describe('Features that touch a box: west,south,east,north; degrees, CRS84');

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
  datetime: datetimeParameter,
  limit: limitParameter,
  offset: offsetParameter,
};

/** The query of a view's items: OGC's own parameters, and one filter for each column. */
export function itemsQuery(view: MapView): z.ZodObject<typeof itemsShape> {
  const filters = view.columns.map((column) => [column.name, columnFilter(column).optional()] as const);
  return z.strictObject({ ...Object.fromEntries(filters), ...itemsShape });
}

const columnSchemas: Readonly<Record<MapView['columns'][number]['type'], () => z.ZodType>> = {
  number: () => z.coerce.number(),
  boolean: () => z.stringbool(),
  date: () => z.iso.date(),
  instant: () => z.iso.datetime({ offset: true }),
  text: () => z.string(),
};

function columnFilter({ type, description }: MapView['columns'][number]): z.ZodType {
  return columnSchemas[type]().describe(`Equal to. ${description}`);
}
