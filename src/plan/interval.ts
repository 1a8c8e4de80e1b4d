/** A valid frame of a camera, and how many were there in it. */
export interface CountedFrame {
  readonly at: Date;
  /** Local day, 'YYYY-MM-DD'. */
  readonly day: string;
  readonly objects: number;
}

/** What a camera saw at the interval that it was set to. */
export interface Counted {
  readonly intervalMin: number;
  /** In order of time. */
  readonly frames: readonly CountedFrame[];
  /** Of each stay the frames that show it, as their numbers in `frames`, in order. */
  readonly stays: readonly (readonly number[])[];
}

/** One local day at a longer interval: means over all phases in which the camera could have been started. */
export interface ReplayedDay {
  readonly day: string;
  /** At the camera's own interval; undefined: one of the two intervals measures no time on this day. */
  readonly hours: number | undefined;
  readonly most: number;
  /** How much more than `hours` the longer interval gives, h, and the square of that. */
  readonly error: number;
  readonly squaredError: number;
  /** Of `most`, what the longer interval sees. */
  readonly mostSeen: number;
  /** Stays that begin on this day, and those of them that are in two frames or more. */
  readonly stays: number;
  readonly twice: number;
  /** How many of them the longer interval shows in one frame or more, and in two or more. */
  readonly seenOnce: number;
  readonly seenTwice: number;
}

/** What a longer interval would have lost. undefined: there was nothing to lose. */
export interface IntervalLoss {
  /** Days on which somebody was there. */
  readonly days: number;
  /** Mean error of a day's visitor-hours, and its standard deviation over phases, as shares of a mean day. */
  readonly bias: number | undefined;
  readonly sd: number | undefined;
  /** Share of the daily maximum that is seen, mean of days. */
  readonly mostSeen: number | undefined;
  /** Share of stays in one frame or more; share in two or more, of those that were in two to begin with. */
  readonly stays: number;
  readonly seenOnce: number | undefined;
  readonly seenTwice: number | undefined;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * Hours that all of a day's objects were there, by day. Each frame stands for half of the gap to the frames before and
 * after it, where that is no longer than two intervals; a day without such a gap is missing. As the view
 * visitor_hours_daily has it.
 */
export function hoursByDay(frames: readonly CountedFrame[], intervalMin: number): ReadonlyMap<string, number> {
  const hours = new Map<string, number>();
  // clocks of cameras are seconds off
  const longestMs = 2.05 * intervalMin * minuteMs;
  frames.forEach((frame, index) => {
    const standsMs = [frames[index - 1], frames[index + 1]]
      .map((other) => Math.abs((other?.at.getTime() ?? Infinity) - frame.at.getTime()))
      .reduce((sum, gapMs) => sum + (gapMs <= longestMs ? gapMs / 2 : 0), 0);
    if (standsMs > 0) hours.set(frame.day, (hours.get(frame.day) ?? 0) + (frame.objects * standsMs) / hourMs);
  });
  return hours;
}

/**
 * Thins what a camera saw to every `every`th frame, once from each of the first `every` frames on, and compares each
 * day with all frames. A day on which a phase has no frame is missing in that phase, not empty. Where nobody is there in
 * the first and the last interval of a day, the mean error over phases is 0.
 */
export function replayDays(counted: Counted, every: number): readonly ReplayedDay[] {
  const { frames, intervalMin } = counted;
  const start = frames[0]?.at.getTime() ?? 0;
  const phaseOf = frames.map(({ at }) => Math.round((at.getTime() - start) / (intervalMin * minuteMs)) % every);
  const all = toDays(frames, intervalMin);
  const phases = Array.from({ length: every }, (_, phase) =>
    toDays(
      frames.filter((_, index) => phaseOf[index] === phase),
      intervalMin * every,
    ),
  );
  const stays = staysByDay(counted, phaseOf, every);
  return [...all].map(([day, { hours, most }]) => {
    const seen = phases.flatMap((phase) => phase.get(day) ?? []);
    const errors = seen.flatMap((one) => (one.hours === undefined || hours === undefined ? [] : one.hours - hours));
    return {
      ...{ day, most, hours: errors.length > 0 ? hours : undefined },
      error: mean(errors),
      squaredError: mean(errors.map((error) => error ** 2)),
      mostSeen: mean(seen.map((one) => one.most)),
      ...(stays.get(day) ?? { stays: 0, twice: 0, seenOnce: 0, seenTwice: 0 }),
    };
  });
}

/** Sums days up, each as often as `weights` says; absent: once. */
export function sumUp(days: readonly ReplayedDay[], weights?: ArrayLike<number>): IntervalLoss {
  const total = (value: (day: ReplayedDay) => number) =>
    days.reduce((sum, day, at) => sum + (weights?.[at] ?? 1) * value(day), 0);
  const visited = total(({ most }) => (most > 0 ? 1 : 0));
  const hours = total((day) => day.hours ?? 0);
  const timed = total((day) => ((day.hours ?? 0) > 0 ? 1 : 0));
  const stays = total((day) => day.stays);
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : undefined);
  return {
    days: visited,
    bias: share(
      total((day) => day.error),
      hours,
    ),
    sd: share(Math.sqrt(total((day) => day.squaredError) * timed), hours),
    mostSeen: share(
      total(({ most, mostSeen }) => (most > 0 ? mostSeen / most : 0)),
      visited,
    ),
    stays,
    seenOnce: share(
      total((day) => day.seenOnce),
      stays,
    ),
    seenTwice: share(
      total((day) => day.seenTwice),
      total((day) => day.twice),
    ),
  };
}

function toDays(frames: readonly CountedFrame[], intervalMin: number) {
  const most = new Map<string, number>();
  for (const { day, objects } of frames) most.set(day, Math.max(most.get(day) ?? 0, objects));
  const hours = hoursByDay(frames, intervalMin);
  return new Map([...most].map(([day, objects]) => [day, { most: objects, hours: hours.get(day) }]));
}

function staysByDay({ frames, stays }: Counted, phaseOf: readonly number[], every: number) {
  const days = new Map<string, Pick<ReplayedDay, 'stays' | 'twice' | 'seenOnce' | 'seenTwice'>>();
  for (const shown of stays) {
    const day = frames[shown[0] ?? -1]?.day;
    if (day === undefined) continue;
    const counts = new Array<number>(every).fill(0);
    for (const index of shown) {
      const phase = phaseOf[index] ?? 0;
      counts[phase] = (counts[phase] ?? 0) + 1;
    }
    const before = days.get(day) ?? { stays: 0, twice: 0, seenOnce: 0, seenTwice: 0 };
    const shareFrom = (least: number) => counts.filter((count) => count >= least).length / every;
    days.set(day, {
      stays: before.stays + 1,
      twice: before.twice + (shown.length >= 2 ? 1 : 0),
      seenOnce: before.seenOnce + shareFrom(1),
      seenTwice: before.seenTwice + shareFrom(2),
    });
  }
  return days;
}

/** 0 without values: such a day weighs nothing. */
function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
