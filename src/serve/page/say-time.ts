import { locale } from './text.ts';
import { startOf, type TimeWindow } from './time.ts';

/** A window as people say it, in the lake's time. */
export function sayWindow({ from, to }: TimeWindow, timeZone: string): string {
  const wholeDays = startOf('day', from, timeZone) === from && startOf('day', to, timeZone) === to;
  const format = new Intl.DateTimeFormat(locale(), {
    timeZone,
    dateStyle: 'medium',
    ...(wholeDays ? {} : { timeStyle: 'short' }),
  });
  const end = wholeDays ? to - 1 : to;
  return format.formatRange(from, end);
}

/** An instant as people say it, in the lake's time. */
export function sayInstant(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat(locale(), { timeZone, dateStyle: 'full', timeStyle: 'short' }).format(instant);
}

/** Short day or hour for the ticks under the time bars. */
export function sayTick(instant: number, step: 'hour' | 'day', timeZone: string): string {
  const options: Intl.DateTimeFormatOptions =
    step === 'day' ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(locale(), { timeZone, ...options }).format(instant);
}

/** A duration in words, for "time left". */
export function sayDuration(seconds: number, say: (unit: 'minutes' | 'seconds', n: number) => string): string {
  return seconds >= 90 ? say('minutes', Math.round(seconds / 60)) : say('seconds', Math.max(1, Math.round(seconds)));
}
