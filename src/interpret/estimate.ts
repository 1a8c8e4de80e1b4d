import { type Correction, chooseCorrection, factorOf, groupByDraw, type ReviewedPhoto } from './estimate-correction.ts';
import { drawRuns, type Figure, normal975, relativeSpread, runLength, toFigure, widthOf95 } from './estimate-draws.ts';
import { type SummedCounts, sumCounts, type WatchedHour } from './estimate-sums.ts';

/** One camera and label. */
export interface CountInput {
  readonly cameraId: string;
  readonly watched: readonly WatchedHour[];
  /** Of the label, of all cameras. */
  readonly reviewed: readonly ReviewedPhoto[];
}

/** How an estimate is to be made. */
export interface EstimateWish {
  /** Length of the period: hours that nobody watched take the mean of their hour of day. undefined: they are left out. */
  readonly wholeDays: number | undefined;
  /** How long a visit lasts, and the standard deviation of that figure (not of single visits). */
  readonly meanStay: { readonly min: number; readonly sdMin: number } | undefined;
  readonly resamples: number;
  readonly unit: () => number;
}

/** What corrects the counts in one light, without its photos. */
export interface UsedCorrection extends Omit<Correction, 'photos'> {
  readonly reviewed: number;
  /** Of the object-hours found. */
  readonly share: number;
}

/** How much there was, of one camera and label. Figures are undefined where nobody looked. */
export interface CountEstimate {
  readonly cameraId: string;
  readonly days: number;
  readonly frames: number;
  readonly watchedH: number;
  /** Reviewed photos that correct it. */
  readonly reviewed: number;
  readonly corrections: readonly UsedCorrection[];
  /** Objects at a time, on average over `hours`. */
  readonly occupancy: Figure | undefined;
  readonly objectHours: Figure | undefined;
  readonly visits: Figure | undefined;
  /** As objectHours, without correction. */
  readonly foundObjectHours: number | undefined;
  /** Time that objectHours are the sum over: the time watched, or with whole days that of `hoursOfDay` on all days. */
  readonly hours: number;
  /** With whole days: the local hours that were watched often enough to say what the others had. */
  readonly hoursOfDay: readonly number[] | undefined;
}

/**
 * Mean occupancy, object-hours and visits. What was found is corrected by precision / recall of reviewed photos
 * and divided by the time watched. Intervals: days are drawn again, in runs, and their reviewed photos with them.
 */
export function estimateCounts(input: CountInput, wish: EstimateWish): CountEstimate {
  const counts = sumCounts(input.watched, wish.wholeDays);
  const corrections = counts.lights.map((light) => chooseCorrection(input.reviewed, input.cameraId, light));
  const photos = new Set(corrections.flatMap((correction) => correction.photos));
  const about = {
    cameraId: input.cameraId,
    days: counts.days.length,
    frames: input.watched.reduce((sum, { frames }) => sum + frames, 0),
    watchedH: counts.watchedH,
    reviewed: photos.size,
    corrections: corrections.map(({ photos: used, ...rest }, at) => ({
      ...rest,
      reviewed: used.length,
      share: counts.found > 0 ? (counts.foundIn[at] ?? 0) / counts.found : 0,
    })),
    hours: counts.hours,
    hoursOfDay: wish.wholeDays === undefined ? undefined : counts.hoursOfDay,
  };
  if (counts.hours === 0) {
    return { ...about, occupancy: undefined, objectHours: undefined, visits: undefined, foundObjectHours: undefined };
  }
  const value = counts.sum(corrections.map(({ factor }) => factor));
  const spread = spreadOf(value, { counts, corrections, photos: [...photos], wish });
  const { meanStay } = wish;
  const staySpread = meanStay && (normal975 * meanStay.sdMin) / meanStay.min;
  return {
    ...about,
    occupancy: toFigure(value / counts.hours, spread),
    objectHours: toFigure(value, spread),
    visits: meanStay && toFigure((60 * value) / meanStay.min, spread && Math.hypot(spread, staySpread ?? 0)),
    foundObjectHours: counts.sum(corrections.map(() => 1)),
  };
}

interface Drawing {
  readonly counts: SummedCounts;
  readonly corrections: readonly Correction[];
  readonly photos: readonly ReviewedPhoto[];
  readonly wish: EstimateWish;
}

/** Half the width of the 95 % interval over the value, on a logarithmic scale. */
function spreadOf(value: number, { counts, corrections, photos, wish }: Drawing): number | undefined {
  const draws = corrections.map((correction) => groupByDraw(correction.photos));
  const watchedDays = counts.days;
  const others = [...new Set(photos.map(({ day }) => day))].filter((day) => !watchedDays.includes(day)).sort();
  const groups = [watchedDays, others].map((days) => ({ days, length: runLength(days.length) }));
  const samples = Array.from({ length: wish.resamples }, () => {
    const times = new Map<string, number>();
    const [watched] = groups.map(({ days, length }) => {
      const drawn = drawRuns(days.length, length, wish.unit);
      for (const [at, day] of days.entries()) times.set(day, drawn[at] ?? 0);
      return drawn;
    });
    const factors = corrections.map(({ source }, at) =>
      source === undefined ? 1 : factorOf(draws[at] ?? [], ({ day }) => times.get(day) ?? 0),
    );
    return counts.sum(factors, watched);
  });
  const width = widthOf95(knownRuns(watchedDays.length, photos));
  const spread = relativeSpread(samples, value);
  return width === undefined || spread === undefined ? undefined : width * spread;
}

/** Runs of days that the interval rests on: those watched, or those reviewed where these are fewer. */
function knownRuns(days: number, photos: readonly ReviewedPhoto[]): number {
  const runs = days / runLength(days);
  return photos.length === 0 ? runs : Math.min(runs, new Set(photos.map(({ day }) => day)).size);
}
