/**
 * The one place where a camera's local clock exists. Everything that leaves it is a UTC instant.
 */

/** What a clock on a wall shows: no zone, no instant. */
export interface LocalTime {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/**
 * A local time as an instant. 'gap': the zone's clocks skipped it (spring); read with the offset from before the skip,
 * so 02:30 becomes 03:30 summer time. 'overlap': they showed it twice (autumn); the first one, in summer time, is taken.
 */
export interface ZonedInstant {
  readonly at: Date;
  readonly kind: 'exact' | 'gap' | 'overlap';
}

/** Parses an EXIF time, 'YYYY:MM:DD HH:MM:SS', with its fraction in decimal digits; undefined: blank or not a time. */
export function parseExifTime(text: string, subSecond = ''): LocalTime | undefined {
  const parts = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(text.trim());
  if (!parts) return undefined;
  const fraction = /^\d+/.exec(subSecond.trim())?.[0];
  return toLocalTime(parts, fraction ? Math.floor(Number(`0.${fraction}`) * 1000) : 0);
}

/** Parses the time in a file name such as IMG_20240714_123000.jpg or 2024-07-14_12-30.jpg; undefined: none, or more than one. */
export function parseTimeInName(name: string): LocalTime | undefined {
  const pattern = /(?<!\d)(\d{4})([-_.]?)(\d\d)\2(\d\d)[-_ T.]?(\d\d)([-_.:h]?)(\d\d)(?:[-_.:m]?(\d\d))?(?!\d)/g;
  const found = [...name.matchAll(pattern)];
  const [only] = found;
  if (found.length !== 1 || !only) return undefined;
  return toLocalTime([only[0], only[1], only[3], only[4], only[5], only[7], only[8] ?? '00'], 0);
}

/** The instant at which clocks in `timeZone` (IANA name) show `local`. @throws RangeError for an unknown zone. */
export function toInstant(local: LocalTime, timeZone: string): ZonedInstant {
  const wall = asUtc(local);
  const dayMs = 86_400_000;
  const before = wall - offsetMs(wall - dayMs, timeZone);
  const after = wall - offsetMs(wall + dayMs, timeZone);
  const valid = [...new Set([before, after])].filter((instant) => instant + offsetMs(instant, timeZone) === wall);
  if (valid.length === 0) return { at: new Date(before), kind: 'gap' };
  return { at: new Date(Math.min(...valid)), kind: valid.length > 1 ? 'overlap' : 'exact' };
}

/**
 * Whether an EXIF offset such as '+02:00' says another instant than the configured zone does; an offset that cannot
 * be read contradicts nothing. Only reported: the configured zone wins, because few cameras set the offset rightly.
 */
export function contradictsOffset(instant: ZonedInstant, local: LocalTime, utcOffset: string): boolean {
  const parts = /^([+-])(\d\d):?(\d\d)$/.exec(utcOffset.trim());
  if (!parts) return utcOffset.trim() === 'Z' && asUtc(local) !== instant.at.getTime();
  const minutes = (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3]));
  return asUtc(local) - minutes * 60_000 !== instant.at.getTime();
}

/** The date that the clock shows, 'YYYY-MM-DD'. */
export function formatLocalDate(local: LocalTime): string {
  return new Date(asUtc(local)).toISOString().slice(0, 10);
}

/** Parts in order: the match, year, month, day, hour, minute, second. Undefined: no such date or time. */
function toLocalTime(parts: readonly (string | undefined)[], millisecond: number): LocalTime | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const local = { year, month, day, hour, minute, second, millisecond };
  const date = new Date(asUtc(local));
  const isReal =
    year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  return isReal && date.getUTCMinutes() === minute && date.getUTCSeconds() === second ? local : undefined;
}

/** The local time read as if its zone were UTC, ms. */
function asUtc(local: LocalTime): number {
  const { year, month, day, hour, minute, second, millisecond } = local;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far clocks in the zone are ahead of UTC at an instant, ms. */
function offsetMs(instant: number, timeZone: string): number {
  const format = formats.get(timeZone) ?? createFormat(timeZone);
  formats.set(timeZone, format);
  const part = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const get = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
  const wall = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'));
  return wall - Math.floor(instant / 1000) * 1000;
}

function createFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}
