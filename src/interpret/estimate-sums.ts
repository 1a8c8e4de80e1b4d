import type { Light } from './estimate-correction.ts';

/** What one camera found of one label in one local hour under one light, over its valid frames. */
export interface WatchedHour {
  /** Local, 'YYYY-MM-DD'. */
  readonly day: string;
  /** Local, 0–23. */
  readonly hour: number;
  readonly light: Light;
  readonly frames: number;
  /** Time that the frames stand for. */
  readonly watchedH: number;
  /** Objects found, each times the hours that its frame stands for. */
  readonly objectHours: number;
}

/** An hour of day must have been watched on so many days before it says what it was like on others. */
export const leastDaysOfHour = 5;

/** Counts of a camera, ready to be summed again and again. */
export interface SummedCounts {
  /** Days on which somebody looked, in order. */
  readonly days: readonly string[];
  readonly lights: readonly Light[];
  readonly watchedH: number;
  /** Time that `sum` is over. */
  readonly hours: number;
  readonly hoursOfDay: readonly number[];
  /** Object-hours found, in all and in each light. */
  readonly found: number;
  readonly foundIn: readonly number[];
  /** Object-hours where each light counts `factors` times and each day `times`; NaN: nobody looked on these days. */
  sum(factors: readonly number[], times?: Float64Array): number;
}

/** A row of the table that is summed: the whole of the time, or an hour of day. */
interface Row {
  readonly hours: number;
  readonly watchedH: Float64Array;
  /** By light, then by day. */
  readonly objectHours: readonly Float64Array[];
}

/** Sorts counts by day and light; with whole days by hour of day too, to say what unwatched hours were like. */
export function sumCounts(all: readonly WatchedHour[], wholeDays: number | undefined): SummedCounts {
  const watched = all.filter(({ watchedH }) => watchedH > 0);
  const days = [...new Set(watched.map(({ day }) => day))].sort();
  const lights = [...new Set(watched.map(({ light }) => light))].sort();
  const total = (cells: readonly WatchedHour[], what: 'watchedH' | 'objectHours') =>
    cells.reduce((sum, cell) => sum + cell[what], 0);
  const hoursOfDay = findHoursOfDay(watched);
  const parts =
    wholeDays === undefined
      ? [{ cells: watched, hours: total(watched, 'watchedH') }]
      : hoursOfDay.map((hour) => ({ cells: watched.filter((cell) => cell.hour === hour), hours: wholeDays }));
  const rows = parts.map(({ cells, hours }): Row => tabulate(cells, { days, lights, hours }));
  return {
    days,
    lights,
    watchedH: total(watched, 'watchedH'),
    hours: parts.reduce((sum, { hours }) => sum + hours, 0),
    hoursOfDay,
    found: total(watched, 'objectHours'),
    foundIn: lights.map((light) =>
      total(
        watched.filter((cell) => cell.light === light),
        'objectHours',
      ),
    ),
    sum: (factors, times) => rows.reduce((sum, row) => sum + sumRow(row, factors, times), 0),
  };
}

function findHoursOfDay(watched: readonly WatchedHour[]): readonly number[] {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  return hours.filter(
    (hour) => new Set(watched.filter((cell) => cell.hour === hour).map(({ day }) => day)).size >= leastDaysOfHour,
  );
}

interface Shape {
  readonly days: readonly string[];
  readonly lights: readonly Light[];
  readonly hours: number;
}

function tabulate(cells: readonly WatchedHour[], { days, lights, hours }: Shape): Row {
  const dayAt = new Map(days.map((day, at) => [day, at]));
  const watchedH = new Float64Array(days.length);
  const objectHours = lights.map(() => new Float64Array(days.length));
  for (const cell of cells) {
    const day = dayAt.get(cell.day) ?? 0;
    const found = objectHours[lights.indexOf(cell.light)] as Float64Array;
    watchedH[day] = (watchedH[day] as number) + cell.watchedH;
    found[day] = (found[day] as number) + cell.objectHours;
  }
  return { hours, watchedH, objectHours };
}

function sumRow(row: Row, factors: readonly number[], times: Float64Array | undefined): number {
  const dot = (values: Float64Array): number => {
    let sum = 0;
    for (let day = 0; day < values.length; day++) sum += (values[day] as number) * (times ? (times[day] as number) : 1);
    return sum;
  };
  const objectHours = row.objectHours.reduce((sum, found, at) => sum + (factors[at] as number) * dot(found), 0);
  return (row.hours * objectHours) / dot(row.watchedH);
}
