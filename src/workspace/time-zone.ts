import { ServiceError } from '../errors.ts';
import { findNearest } from '../schema.ts';

/** What is wrong with an IANA time zone at a place of a file; undefined: nothing. */
export function findTimeZoneFault(zone: string, file: string, line: number): ServiceError | undefined {
  if (isTimeZone(zone)) return undefined;
  const near = findNearest(zone, ['UTC', ...Intl.supportedValuesOf('timeZone')]) ?? 'Europe/Paris';
  return new ServiceError('time-zone-unknown', { file, line, zone, near });
}

/** Names only: an offset such as '+02:00' is no zone, though some engines take it for one. */
function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
