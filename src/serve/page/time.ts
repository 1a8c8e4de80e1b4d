/** A time window: ms since 1970, end not included. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

export type Step = 'hour' | 'day' | 'all';

const hourMs = 3_600_000;

/** How far a time zone is ahead of UTC at an instant, ms. */
function zoneOffset(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(instant / 1000) * 1000;
}

/** The instant at which clocks of a time zone show a wall time (given as if it were UTC). */
function instantOfWall(wall: number, timeZone: string): number {
  const guess = wall - zoneOffset(wall, timeZone);
  return wall - zoneOffset(guess, timeZone);
}

/** First instant of the local day or hour that holds `instant`; `days` later or earlier when given. */
export function startOf(step: 'hour' | 'day', instant: number, timeZone: string, plus = 0): number {
  if (step === 'hour') return Math.floor(instant / hourMs) * hourMs + plus * hourMs;
  const wall = instant + zoneOffset(instant, timeZone);
  const dayMs = 24 * hourMs;
  return instantOfWall((Math.floor(wall / dayMs) + plus) * dayMs, timeZone);
}

/** Bivouac night D: 19:00 on D to 09:00 on the next day, local time. */
export function nightSpan(night: string, timeZone: string): { t0: number; t1: number } {
  const midnight = Date.parse(`${night.slice(0, 10)}T00:00:00Z`);
  return {
    t0: instantOfWall(midnight + 19 * hourMs, timeZone),
    t1: instantOfWall(midnight + 33 * hourMs, timeZone),
  };
}

/** All edges of local days or hours from the one at or before `from` to the first at or after `to`. */
export function edges(step: 'hour' | 'day', { from, to }: TimeWindow, timeZone: string): number[] {
  const list = [startOf(step, from, timeZone)];
  for (let last = list[0] ?? to; last < to; ) {
    last = startOf(step, last, timeZone, 1);
    list.push(last);
  }
  return list;
}
