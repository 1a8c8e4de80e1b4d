import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Counted, type CountedFrame, hoursByDay, replayDays, sumUp } from '../../src/plan/interval.ts';
import { createRandom } from '../../src/simulate/random.ts';

const start = Date.UTC(2026, 6, 14, 6);
const dayOf = (at: Date) => at.toISOString().slice(0, 10);

/** Frames `intervalMin` apart from 06:00 on; undefined: the frame is not valid. */
function frames(objects: readonly (number | undefined)[], intervalMin: number): readonly CountedFrame[] {
  return objects.flatMap((count, slot) => {
    const at = new Date(start + slot * intervalMin * 60_000);
    return count === undefined ? [] : [{ at, day: dayOf(at), objects: count }];
  });
}

describe('visitor-hours', () => {
  it('are objects times half of the gaps on both sides', () => {
    // 0 · 15 min + 2 · 30 min + 4 · 30 min + 0
    expect(hoursByDay(frames([0, 2, 4, 0], 30), 30)).toEqual(new Map([['2026-07-14', 3]]));
  });

  it('bridge one missing frame, and no more', () => {
    // 2 · 30 min + 3 · 30 min
    expect(hoursByDay(frames([2, undefined, 3], 30), 30).get('2026-07-14')).toBe(2.5);
    expect(hoursByDay(frames([2, 2, undefined, undefined, 3], 30), 30).get('2026-07-14')).toBe(1);
  });

  it('are missing, and not zero, where frames stand alone', () => {
    expect(hoursByDay(frames([2, undefined, undefined, 3], 30), 30).size).toBe(0);
  });
});

describe('a camera that had shot less often', () => {
  const shot = [0, 0, 2, 4, 1, 0, 0];

  it('gives the mean of all phases that it could have been started in', () => {
    // every 2nd of 10 min: 0 2 1 0 → 3 · 20 min, 0 4 0 → 4 · 20 min; all: 7 · 10 min
    const [day] = replayDays({ intervalMin: 10, frames: frames(shot, 10), stays: [] }, 2);
    expect(day?.hours).toBeCloseTo(70 / 60);
    expect(day?.error).toBeCloseTo((80 / 60 + 60 / 60) / 2 - 70 / 60);
    expect(day?.squaredError).toBeCloseTo((1 / 6) ** 2);
    expect(day?.mostSeen).toBe((4 + 2) / 2);
  });

  it('sees a stay when a frame of it is kept, and confirms it by two', () => {
    const stays = [[2], [2, 3], [2, 3, 4, 5]];
    const loss = sumUp(replayDays({ intervalMin: 10, frames: frames(shot, 10), stays }, 2));
    expect(loss.stays).toBe(3);
    // one frame: half of the phases; two in a row: both phases; four: both, twice each
    expect(loss.seenOnce).toBeCloseTo((0.5 + 1 + 1) / 3);
    // the stay of one frame was not confirmed to begin with
    expect(loss.seenTwice).toBeCloseTo((0 + 1) / 2);
  });

  it('knows nothing of a phase without a frame on a day', () => {
    // every 3rd of two frames leaves one phase empty, which is not zero visitors; one frame measures no time
    const [day] = replayDays({ intervalMin: 60, frames: frames([3, 3], 60), stays: [] }, 3);
    expect(day?.mostSeen).toBe(3);
    expect(day?.hours).toBeUndefined();
  });

  it('has nothing to lose where nobody came', () => {
    const loss = sumUp(replayDays({ intervalMin: 10, frames: frames([0, 0, 0], 10), stays: [] }, 2));
    expect(loss).toEqual({ days: 0, stays: 0 });
  });

  it('never sees more than the camera did: not of a maximum, not of stays', () => {
    const slots = fc.array(fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }), {
      minLength: 4,
      maxLength: 80,
    });
    fc.assert(
      fc.property(slots, fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 12 }), (objects, every, length) => {
        const shown = frames(objects, 10);
        const stays = shown.map((_, at) => shown.slice(at, at + length).map((_, after) => at + after));
        const {
          mostSeen = 0,
          seenOnce = 0,
          seenTwice = 0,
        } = sumUp(replayDays({ intervalMin: 10, frames: shown, stays }, every));
        for (const share of [mostSeen, seenOnce, seenTwice]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  it('leaves visitor-hours unbiased, whoever comes and goes between the first and the last interval', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 12, maxLength: 140 });
    fc.assert(
      fc.property(counts, fc.constantFrom(2, 3, 6), (objects, every) => {
        const nobody = new Array<number>(every).fill(0);
        const shown = frames([...nobody, ...objects, ...nobody], 10);
        const { bias = 0 } = sumUp(replayDays({ intervalMin: 10, frames: shown, stays: [] }, every));
        expect(bias).toBeCloseTo(0, 9);
      }),
    );
  });
});

/** Days of 50 visitors around 14:00, counted every minute by a detector that errs in nothing. */
function simulateDays(days: number, stayMin: number, seed: string): Counted {
  const { normal, between } = createRandom(7, seed);
  const minutes = 16 * 60;
  const all: CountedFrame[] = [];
  const stays: number[][] = [];
  for (let day = 0; day < days; day++) {
    const objects = new Array<number>(minutes).fill(0);
    for (let visitor = 0; visitor < 50; visitor++) {
      const from = Math.round(8 * 60 + normal(130));
      const to = from + Math.round(stayMin * between(0.5, 1.5));
      const shown: number[] = [];
      for (let minute = Math.max(0, from); minute < Math.min(minutes, to); minute++) {
        objects[minute] = (objects[minute] ?? 0) + 1;
        shown.push(day * minutes + minute);
      }
      if (shown.length > 0) stays.push(shown);
    }
    all.push(
      ...objects.map((count, minute) => {
        const at = new Date(start + day * 86_400_000 + minute * 60_000);
        return { at, day: dayOf(at), objects: count };
      }),
    );
  }
  return { intervalMin: 1, frames: all, stays };
}

/** The table of docs/guides/plan-a-camera.md: sd of a day's visitor-hours and share of the daily maximum, %. */
describe('the table that intervals are chosen by', () => {
  const table = [
    { stay: 'stays of 90 min', stayMin: 90, sd: [0.6, 2, 4], most: [97, 94, 89], seen: [100, 100, 98] },
    { stay: 'baths of 15 min', stayMin: 15, sd: [4, 12, 22], most: [90, 77, 67], seen: [97, 50, 25] },
  ];
  for (const { stay, stayMin, sd, most, seen } of table) {
    it(`comes out for ${stay} at 10, 30 and 60 min`, () => {
      const counted = simulateDays(40, stayMin, stay);
      const losses = [10, 30, 60].map((every) => sumUp(replayDays(counted, every)));
      losses.forEach((loss, at) => {
        expect(Math.abs(loss.bias ?? 1)).toBeLessThan(0.002);
        expect((100 * (loss.sd ?? 0)) / (sd[at] ?? 1)).toBeGreaterThan(0.75);
        expect((100 * (loss.sd ?? 0)) / (sd[at] ?? 1)).toBeLessThan(1.25);
        expect(Math.abs(100 * (loss.mostSeen ?? 0) - (most[at] ?? 0))).toBeLessThan(4);
        expect(Math.abs(100 * (loss.seenOnce ?? 0) - (seen[at] ?? 0))).toBeLessThan(3);
      });
    });
  }
});
