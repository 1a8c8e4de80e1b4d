import type { SizePx } from '../geo/frames.ts';

/** What to simulate. Every field has a default, see `defaultOptions`. */
export interface SimulateOptions {
  /** The same seed and options give the same bytes. */
  readonly seed: number;
  readonly days: number;
  /** How many cameras, 1 to 3. */
  readonly cameras: number;
  /** Minutes between two photos of a camera. */
  readonly intervalMin: number;
  /** First day, local, as YYYY-MM-DD. */
  readonly firstDay: string;
  /** First and last minute of the day at which photos are taken, local, minutes after midnight. */
  readonly dayStartMin: number;
  readonly dayEndMin: number;
  /** People on a fine day; bad weather brings fewer. */
  readonly visitorsPerDay: number;
  readonly sizePx: SizePx;
  /** Told after each photo. */
  readonly onPhoto: ((done: number, total: number) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Three days of two cameras, one photo an hour from 06:00 to 21:00: 96 photos. */
export const defaultOptions: SimulateOptions = {
  seed: 1,
  days: 3,
  cameras: 2,
  intervalMin: 60,
  firstDay: '2025-08-08',
  dayStartMin: 6 * 60,
  dayEndMin: 21 * 60,
  visitorsPerDay: 90,
  sizePx: { widthPx: 1920, heightPx: 1080 },
  onPhoto: undefined,
  signal: undefined,
};
