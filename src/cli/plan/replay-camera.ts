import { ServiceError } from '../../errors.ts';
import { drawResamples, type Estimate, sampleFigure, toEstimate } from '../../evaluate/bootstrap.ts';
import { linkStays, tentRules } from '../../interpret/link-stays.ts';
import { type Counted, hoursByDay, type IntervalLoss, replayDays, sumUp } from '../../plan/interval.ts';
import { createRandom } from '../../simulate/random.ts';
import type { Db } from '../../store/db.ts';
import { type ReplayFrame, readReplayFrames } from '../../store/replay-frames.ts';

/** Which frames are thinned, and to what. */
export interface ReplayWish {
  readonly cameraId: string;
  readonly label: string;
  readonly intervalMin: number;
  /** Longer intervals, multiples of `intervalMin`. */
  readonly minutes: readonly number[];
  /** How often days are drawn again. */
  readonly resamples: number;
}

/** From so few days on an interval says something. */
export const fewestDays = 5;

/** What one interval would have lost of one activity; shares, with 95 % intervals over days where there are enough. */
export interface IntervalRow {
  /** undefined: all of the label, whatever they do. */
  readonly activity: string | undefined;
  readonly minutes: number;
  readonly days: number;
  /** At the camera's own interval. */
  readonly hours: number;
  readonly stays: number;
  readonly bias: Estimate | undefined;
  readonly sd: Estimate | undefined;
  readonly mostSeen: Estimate | undefined;
  readonly seenOnce: Estimate | undefined;
  readonly seenTwice: Estimate | undefined;
}

/** All that was replayed of a camera. */
export interface IntervalReport extends Omit<ReplayWish, 'minutes'> {
  readonly frames: number;
  readonly from: Date;
  readonly to: Date;
  readonly rows: readonly IntervalRow[];
}

/** Replays a camera's frames. @throws ServiceError replay-empty */
export async function replayCamera(db: Db, wish: ReplayWish): Promise<IntervalReport> {
  const { cameraId, label, intervalMin, minutes, resamples } = wish;
  const frames = await readReplayFrames(db, cameraId, label);
  const [first, last] = [frames[0], frames.at(-1)];
  if (!first || !last) throw new ServiceError('replay-empty', { camera: cameraId, label });
  const activities = new Set(frames.flatMap(({ seen }) => seen.flatMap(({ activity }) => activity ?? [])));
  const rows = [undefined, ...[...activities].sort()].flatMap((activity) => {
    const counted = countOf(frames, wish, activity);
    return minutes.map((asked) => replayAt(counted, asked, { activity, resamples }));
  });
  return { cameraId, label, intervalMin, resamples, frames: frames.length, from: first.at, to: last.at, rows };
}

/** Persons link across one missed frame; tents as their stays do. */
const personRules = { maxMissedFrames: 1, minFrames: 1 };

function countOf(frames: readonly ReplayFrame[], { label, intervalMin }: ReplayWish, activity?: string): Counted {
  const shown = frames.map(({ at, day, seen }) => ({
    ...{ at, day },
    seen: activity === undefined ? seen : seen.filter((one) => one.activity === activity),
  }));
  const frameOf = new Map(shown.flatMap(({ seen }, index) => seen.map(({ key }) => [key, index] as const)));
  const placed = shown.map(({ at, seen }) => ({
    takenAt: at,
    sightings: seen.flatMap(({ key, sighting }) => (sighting ? [{ key, sighting }] : [])),
  }));
  const stays = linkStays(placed, label === 'tent' ? tentRules : personRules);
  return {
    intervalMin,
    frames: shown.map(({ at, day, seen }) => ({ at, day, objects: seen.length })),
    stays: stays.map(({ keys }) => keys.map((key) => frameOf.get(key) ?? 0)),
  };
}

function replayAt(
  counted: Counted,
  minutes: number,
  { activity, resamples }: { readonly activity: string | undefined; readonly resamples: number },
): IntervalRow {
  const days = replayDays(counted, minutes / counted.intervalMin);
  const { days: visited, stays } = sumUp(days);
  const draws = visited < fewestDays ? [] : drawResamples(days.length, resamples, createRandom(1, 'days').unit);
  const estimate = (value: (loss: IntervalLoss) => number | undefined) =>
    toEstimate(sampleFigure((weights) => value(sumUp(days, weights)), draws));
  const hours = hoursByDay(counted.frames, counted.intervalMin);
  return {
    ...{ activity, minutes, days: visited, stays },
    hours: [...hours.values()].reduce((sum, value) => sum + value, 0),
    bias: estimate(({ bias }) => bias),
    sd: estimate(({ sd }) => sd),
    mostSeen: estimate(({ mostSeen }) => mostSeen),
    seenOnce: estimate(({ seenOnce }) => seenOnce),
    seenTwice: estimate(({ seenTwice }) => seenTwice),
  };
}
