import type { LngLat } from '../../geo/frames.ts';
import { toInstant } from '../../ingest/clock.ts';
import type { Moment } from '../../plan/sun-calendar.ts';
import { sunAt } from '../../simulate/light/sun.ts';

/** Minutes between two moments: the sun moves by 2.5° at most. */
export const stepMin = 10;

/** When a camera is to look. */
export interface WishedTime {
  /** First and last month, 1–12; the last may come before the first. */
  readonly months: readonly [number, number];
  /** First hour and the one that ends it, 0–24; from 19 to 9 goes past midnight. */
  readonly hours: readonly [number, number];
  /** IANA name. */
  readonly timeZone: string;
  readonly year: number;
}

/** All moments of a wish with the sun that stands over a place then. */
export function listMoments(wish: WishedTime, place: LngLat): readonly Moment[] {
  return listMonths(wish.months).flatMap((month) =>
    daysOf(wish.year, month).flatMap((day) =>
      minutesOf(wish.hours).map((minute) => {
        const clock = { hour: Math.floor(minute / 60), minute: minute % 60, second: 0, millisecond: 0 };
        const { at } = toInstant({ year: wish.year, month, day, ...clock }, wish.timeZone);
        return { month, minute, sun: sunAt(at, place) };
      }),
    ),
  );
}

function listMonths([first, last]: WishedTime['months']): readonly number[] {
  const count = ((last - first + 12) % 12) + 1;
  return Array.from({ length: count }, (_, at) => ((first - 1 + at) % 12) + 1);
}

function daysOf(year: number, month: number): readonly number[] {
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Array.from({ length: days }, (_, at) => at + 1);
}

function minutesOf([first, last]: WishedTime['hours']): readonly number[] {
  const all = Array.from({ length: (24 * 60) / stepMin }, (_, at) => at * stepMin);
  const [from, to] = [first * 60, last * 60];
  return all.filter((minute) => (from < to ? minute >= from && minute < to : minute >= from || minute < to));
}
