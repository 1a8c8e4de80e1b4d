import type { SunEffect, SunPlace } from './sun.ts';

/** An instant that a person asked about, by the local clock. */
export interface Moment {
  /** 1–12. */
  readonly month: number;
  /** From local midnight. */
  readonly minute: number;
  readonly sun: SunPlace;
}

/** A time of day, minutes from local midnight: the first included, the last not. */
export interface DayPart {
  readonly fromMin: number;
  readonly toMin: number;
}

/** What the sun does in one month, in the hours that were asked about. Shares are of that time, night included. */
export interface SunMonth {
  readonly month: number;
  readonly faces: number;
  readonly backlight: number;
  /** When, on any of its days. */
  readonly facesAt: readonly DayPart[];
  readonly backlightAt: readonly DayPart[];
}

/** Sums moments up by month. @param stepMin Between two of them. */
export function sumMonths(
  moments: readonly Moment[],
  judge: (sun: SunPlace) => SunEffect,
  stepMin: number,
): readonly SunMonth[] {
  const months = [...new Set(moments.map(({ month }) => month))];
  return months.map((month) => {
    const judged = moments
      .filter((moment) => moment.month === month)
      .map(({ minute, sun }) => ({ minute, effect: judge(sun) }));
    const minutesOf = (effect: SunEffect) => judged.filter((one) => one.effect === effect).map(({ minute }) => minute);
    const [faces, backlight] = [minutesOf('faces'), minutesOf('backlight')];
    return {
      month,
      faces: faces.length / judged.length,
      backlight: backlight.length / judged.length,
      facesAt: joinMinutes(faces, stepMin),
      backlightAt: joinMinutes(backlight, stepMin),
    };
  });
}

/** The month in which the sun faces the lens most; undefined: in none more than `most` of the time. */
export function findWorst(months: readonly SunMonth[], most: number): SunMonth | undefined {
  const [worst] = months.toSorted((a, b) => b.faces - a.faces);
  return worst && worst.faces > most ? worst : undefined;
}

/** Minutes as parts of the day, those that follow each other joined. */
function joinMinutes(minutes: readonly number[], stepMin: number): readonly DayPart[] {
  const parts: { fromMin: number; toMin: number }[] = [];
  for (const minute of [...new Set(minutes)].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && last.toMin === minute) last.toMin = minute + stepMin;
    else parts.push({ fromMin: minute, toMin: minute + stepMin });
  }
  return parts;
}
