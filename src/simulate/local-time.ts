import { siteTimeZone } from './world/site.ts';

/** The UTC instant of a local minute of a season that starts on `firstDay` (YYYY-MM-DD). */
export function instantOf(firstDay: string, minute: number): Date {
  const asUtc = new Date(`${firstDay}T00:00:00Z`).getTime() + minute * 60_000;
  return new Date(asUtc - offsetMin(new Date(asUtc)) * 60_000);
}

/** What the wall clock shows at an instant: 'YYYY:MM:DD HH:MM:SS' and its offset '+02:00', as EXIF wants them. */
export function wallClock(instant: Date): { readonly time: string; readonly utcOffset: string } {
  const offset = offsetMin(instant);
  const shown = new Date(instant.getTime() + offset * 60_000).toISOString();
  const sign = offset < 0 ? '-' : '+';
  const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(offset) % 60).padStart(2, '0');
  return {
    time: `${shown.slice(0, 10).replaceAll('-', ':')} ${shown.slice(11, 19)}`,
    utcOffset: `${sign}${hours}:${minutes}`,
  };
}

const zoneName = new Intl.DateTimeFormat('en', { timeZone: siteTimeZone, timeZoneName: 'longOffset' });

/** Minutes that the site's clocks are ahead of UTC. */
function offsetMin(instant: Date): number {
  const name = zoneName.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -size : size;
}
