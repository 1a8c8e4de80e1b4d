import { type Bilingual, ServiceError } from '../../errors.ts';
import { type LocalTime, parseExifTime, toInstant } from '../../ingest/clock.ts';
import type { CountMapping } from '../../workspace/count-mapping.ts';

/** What a person or a counter wrote for a time. */
export interface WrittenTime {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** A written time as an instant. 'gap': no clock of the zone showed it; 'overlap': clocks showed it twice, this is the first. */
export interface CountInstant {
  readonly atMs: number;
  readonly kind: 'exact' | 'gap' | 'overlap';
}

const datePattern = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:[T\s]\s*(.+))?$/;
const clockPattern =
  /^(\d{1,2})(?:[:hH](\d{2})?)?(?::(\d{2})(?:\.\d+)?)?\s*([AaPp])?[.]?(?:[Mm][.]?)?\s*(Z|[+-]\d\d:?\d\d)?$/;

/**
 * The instant that a text says, in the zone of the mapping; an offset in the text itself (+02:00, Z) says more.
 * @throws ServiceError counts-time-unreadable
 */
export function readInstant(written: WrittenTime, { dateOrder, timeZone }: CountMapping): CountInstant {
  const { date, clock } = splitTime(written, dateOrder);
  if (clock === undefined) return refuse(written, needsClock);
  const [, hourText = '', minute = '00', second = '00', half, offset] = clockPattern.exec(clock) ?? [];
  const hour = half === undefined ? Number(hourText) : (Number(hourText) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const local = parseExifTime(`${date} ${String(hour).padStart(2, '0')}:${minute}:${second}`);
  if (hourText === '' || !local) return refuse(written, needsTime);
  if (offset !== undefined) return { atMs: toInstant(local, 'UTC').at.getTime() - offsetMs(offset), kind: 'exact' };
  const { at, kind } = toInstant(local, timeZone);
  return { atMs: at.getTime(), kind };
}

/** The day that a text says, 'YYYY-MM-DD'; midnight may stand beside it. @throws ServiceError counts-time-unreadable */
export function readDay(written: WrittenTime, { dateOrder }: Pick<CountMapping, 'dateOrder'>): string {
  const { date, clock } = splitTime(written, dateOrder);
  if (clock !== undefined && !/^(00?[:h]00(:00(\.0+)?)?|12:00(:00)?\s*am)(Z|[+-]\d\d:?\d\d)?$/i.test(clock)) {
    return refuse(written, needsDay);
  }
  return date;
}

function splitTime(
  written: WrittenTime,
  order: CountMapping['dateOrder'],
): { readonly date: string; readonly clock: string | undefined } {
  const [, first = '', , second = '', third = '', clock] = datePattern.exec(written.text.trim()) ?? [];
  const isYearFirst = first.length === 4;
  if (!isYearFirst && third.length !== 4) return refuse(written, needsTime);
  if (!isYearFirst && order === 'ymd') return refuse(written, needsOrder);
  const [year, month, day] = isYearFirst
    ? [first, second, third]
    : [third, ...(order === 'dmy' ? [second, first] : [first, second])];
  const date = [year, month, day].map((part = '') => part.padStart(2, '0')).join('-');
  const midnight: LocalTime | undefined = parseExifTime(`${date} 00:00:00`);
  return midnight ? { date, clock: clock?.trim() } : refuse(written, needsTime);
}

function offsetMs(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(offset) ?? [];
  const ms = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -ms : ms;
}

const needsTime: Bilingual = {
  en: 'Needed is a time such as 2025-07-14 13:00; of 14/07/2025, --date-order says what comes first.',
  fr: 'Il faut une heure comme 2025-07-14 13:00 ; pour 14/07/2025, --date-order dit ce qui vient en premier.',
};
const needsOrder: Bilingual = {
  en: 'Day or month may come first: give --date-order dmy or mdy.',
  fr: 'Le jour ou le mois peut venir en premier : donnez --date-order dmy ou mdy.',
};
const needsClock: Bilingual = {
  en: 'The hour is missing: --time-of-day names its column; for counts of whole days choose a daily --quantity.',
  fr: "L'heure manque : --time-of-day nomme sa colonne ; pour des comptes de jours entiers, choisissez une --quantity journalière.",
};
const needsDay: Bilingual = {
  en: 'A daily count has a day and no hour, as 2025-07-14.',
  fr: 'Un compte journalier a un jour et pas d’heure, comme 2025-07-14.',
};

function refuse({ file, line, text }: WrittenTime, mend: Bilingual): never {
  throw new ServiceError('counts-time-unreadable', { file, line, value: text, mend });
}
