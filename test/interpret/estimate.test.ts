import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CountInput, type EstimateWish, estimateCounts } from '../../src/interpret/estimate.ts';
import { chooseCorrection, type Light, type ReviewedPhoto } from '../../src/interpret/estimate-correction.ts';
import { studentT975 } from '../../src/interpret/estimate-draws.ts';
import type { WatchedHour } from '../../src/interpret/estimate-sums.ts';
import { describeMethod, listUncorrected } from '../../src/interpret/estimate-words.ts';
import { createRandom } from '../../src/simulate/random.ts';

const wish = (more: Partial<EstimateWish> = {}): EstimateWish => ({
  ...{ wholeDays: undefined, meanStay: undefined, resamples: 100 },
  unit: createRandom(1, 'test').unit,
  ...more,
});

const at = (day: number, objects: number, watchedH = 1, more: Partial<WatchedHour> = {}): WatchedHour => ({
  ...{ day: `2025-07-${String(day).padStart(2, '0')}`, hour: 12, light: 'day', frames: 6 },
  ...{ watchedH, objectHours: objects * watchedH },
  ...more,
});

const seen = (
  [there, found, matched]: readonly [number, number, number],
  more: Partial<ReviewedPhoto> = {},
): ReviewedPhoto => ({
  ...{ cameraId: 'north', light: 'day', day: '2025-07-01', draw: 'a', weight: 1, there, found, matched },
  ...more,
});

const estimate = (input: Partial<CountInput>, more: Partial<EstimateWish> = {}) =>
  estimateCounts({ cameraId: 'north', watched: [], reviewed: [], ...input }, wish(more));

describe('an estimate', () => {
  it('without reviewed photos is the plain mean by time watched, and says that it is not corrected', () => {
    // 2 persons for 1 h and 6 for 3 h: 20 person-hours in 4 h
    const answer = estimate({ watched: [at(1, 2), at(2, 6, 3)] });
    expect(answer).toMatchObject({ days: 2, frames: 12, watchedH: 4, hours: 4, reviewed: 0, foundObjectHours: 20 });
    expect(answer.occupancy?.value).toBe(5);
    expect(answer.objectHours?.value).toBe(20);
    const [light, unwatched] = listUncorrected(answer, { inZone: false, meanStay: undefined });
    expect(light?.text.en).toContain('by day (100 % of all) is not corrected');
    expect(unwatched?.code).toBe('unwatched');
  });

  it('counts precision / recall times', () => {
    // 20 there, 16 found, 12 of them right: precision 12/16, recall 12/20, 20/16 times
    const answer = estimate({ watched: [at(1, 4), at(2, 4)], reviewed: [seen([20, 16, 12])] });
    expect(answer.corrections).toMatchObject([{ precision: 0.75, recall: 0.6, factor: 1.25, source: 'camera' }]);
    expect(answer.occupancy?.value).toBe(5);
    expect(describeMethod(answer, 100).fr).toContain('compte 1.25 fois');
  });

  it('weighs each photo by how many it stands for', () => {
    const reviewed = [seen([10, 10, 10], { weight: 3, draw: 'b' }), seen([20, 10, 10])];
    expect(estimate({ watched: [at(1, 4)], reviewed }).corrections[0]?.factor).toBe((3 * 10 + 20) / (3 * 10 + 10));
  });

  it('corrects each light by itself', () => {
    const watched = [at(1, 4), at(1, 1, 1, { light: 'dim' }), at(2, 4), at(2, 1, 1, { light: 'dim' })];
    const reviewed = [seen([10, 10, 10]), seen([40, 10, 10], { light: 'dim' })];
    expect(estimate({ watched, reviewed }).objectHours?.value).toBe(2 * 4 * 1 + 2 * 1 * 4);
  });

  it('of visits divides by the mean stay, whose error widens the interval', () => {
    const watched = Array.from({ length: 20 }, (_, day) => at(day + 1, day % 3));
    const exact = estimate({ watched }, { meanStay: { min: 90, sdMin: 0 } });
    const unsure = estimate({ watched }, { meanStay: { min: 90, sdMin: 20 } });
    expect(exact.visits?.value).toBeCloseTo((exact.objectHours?.value ?? 0) / 1.5, 12);
    expect(exact.visits?.low).toBeCloseTo((exact.objectHours?.low ?? 0) / 1.5, 12);
    expect(unsure.visits?.low).toBeLessThan(exact.visits?.low ?? 0);
    expect(listUncorrected(exact, { inZone: false, meanStay: { sdMin: 0 } }).map(({ code }) => code)).toContain('stay');
  });

  it('of whole days gives an hour that nobody watched the mean of that hour on other days', () => {
    // 10 o'clock: 1 person on each of six days; 15 o'clock: 4 on five of them, nobody looked on the sixth
    const days = [1, 2, 3, 4, 5, 6];
    const early = days.map((day) => at(day, 1, 1, { hour: 10 }));
    const late = days.slice(0, 5).map((day) => at(day, 4, 0.5, { hour: 15 }));
    const rare = at(6, 50, 1, { hour: 20 });
    const answer = estimate({ watched: [...early, ...late, rare] }, { wholeDays: 8 });
    expect(answer).toMatchObject({
      hoursOfDay: [10, 15],
      hours: 16,
      occupancy: { value: 2.5 },
      objectHours: { value: 40 },
    });
    const notes = listUncorrected(answer, { inZone: true, meanStay: undefined });
    expect(notes.find(({ code }) => code === 'hour-of-day')?.text.en).toContain('0–10, 11–15, 16–24');
  });

  it('of nothing watched is unknown, and of nothing found is 0 without an interval', () => {
    const nobody = estimate({ watched: [at(1, 0, 0)] });
    expect(nobody).toMatchObject({
      days: 0,
      occupancy: undefined,
      objectHours: undefined,
      foundObjectHours: undefined,
    });
    const nothing = estimate({ watched: [at(1, 0), at(2, 0)], reviewed: [seen([20, 10, 10])] });
    expect(nothing.occupancy).toEqual({ value: 0 });
    expect(estimate({ watched: [at(1, 3)] }).occupancy).toEqual({ value: 3 });
    const notes = listUncorrected(nothing, { inZone: false, meanStay: undefined });
    expect(notes.map(({ code }) => code)).toEqual(['unwatched', 'interval']);
  });
});

describe('a correction', () => {
  const [here, there] = [seen([10, 10, 8]), seen([10, 20, 10], { cameraId: 'south' })];
  const dusk = seen([9, 30, 9], { light: 'dim' });
  it.each<readonly [string, readonly ReviewedPhoto[], readonly [string, Light], object]>([
    ['its camera and light', [here, there, dusk], ['north', 'day'], { source: 'camera', factor: 1 }],
    ['all cameras in its light', [here, there, dusk], ['east', 'day'], { source: 'light', factor: 20 / 30 }],
    ['all, too few being there at dusk', [here, there, dusk], ['north', 'dim'], { source: 'label', factor: 29 / 60 }],
    ['nothing where too few were reviewed', [dusk], ['north', 'dim'], { source: undefined, factor: 1 }],
  ])('is taken from %s', (_, reviewed, [cameraId, light], expected) => {
    expect(chooseCorrection(reviewed, cameraId, light)).toMatchObject(expected);
  });
});

const hours = fc.array(
  fc.record({
    day: fc.integer({ min: 1, max: 28 }),
    objects: fc.integer({ min: 0, max: 9 }),
    watchedH: fc.constantFrom(0.25, 0.5, 1),
    hour: fc.integer({ min: 8, max: 20 }),
    light: fc.constantFrom<Light>('day', 'dim'),
  }),
  { minLength: 1, maxLength: 60 },
);
const cellsOf = (rows: readonly { day: number; objects: number; watchedH: number; hour: number; light: Light }[]) =>
  rows.map(({ day, objects, watchedH, hour, light }) => at(day, objects, watchedH, { hour, light }));

describe('every estimate', () => {
  it('stays what it is when time is added in which nobody could look', () => {
    fc.assert(
      fc.property(hours, fc.integer({ min: 1, max: 28 }), (rows, day) => {
        const watched = cellsOf(rows);
        const more = [...watched, at(day, 0, 0, { frames: 0 })];
        const reviewed = [seen([20, 16, 12])];
        expect(estimate({ watched: more, reviewed })).toEqual(estimate({ watched, reviewed }));
      }),
      { numRuns: 50 },
    );
  });

  it('is the plain mean of what a perfect detector found', () => {
    fc.assert(
      fc.property(hours, fc.integer({ min: 10, max: 30 }), (rows, objects) => {
        const watched = cellsOf(rows);
        const { occupancy } = estimate({ watched, reviewed: [seen([objects, objects, objects])] });
        const sum = (what: 'objectHours' | 'watchedH') => watched.reduce((total, cell) => total + cell[what], 0);
        expect(occupancy?.value).toBeCloseTo(sum('objectHours') / sum('watchedH'), 9);
      }),
      { numRuns: 50 },
    );
  });

  it('lies in its interval, and grows with what was found', () => {
    fc.assert(
      fc.property(hours, (rows) => {
        const { occupancy: once } = estimate({ watched: cellsOf(rows), reviewed: [seen([20, 16, 12])] });
        const { occupancy: twice } = estimate({
          watched: cellsOf(rows.map((row) => ({ ...row, objects: 2 * row.objects }))),
          reviewed: [seen([20, 16, 12])],
        });
        expect(twice?.value).toBeCloseTo(2 * (once?.value ?? 0), 9);
        if (once?.low === undefined || twice?.low === undefined) return;
        expect(once.low).toBeLessThanOrEqual(once.value);
        expect(once.high).toBeGreaterThanOrEqual(once.value);
        expect(twice.low).toBeCloseTo(2 * once.low, 9);
      }),
      { numRuns: 50 },
    );
  });

  it('is the same again: the same days and photos are drawn', () => {
    const input = { watched: [at(1, 2), at(2, 5), at(3, 1)], reviewed: [seen([20, 16, 12]), seen([3, 4, 3])] };
    expect(estimate(input)).toEqual(estimate(input));
  });

  it('has a narrower interval the more days there are, and a wider one the fewer photos were reviewed', () => {
    const watched = (days: number) => Array.from({ length: days }, (_, day) => at((day % 28) + 1, (7 * day) % 5));
    const photos = (count: number) =>
      Array.from({ length: count }, (_, day) => seen([3 + (day % 2), 2, 2], { day: at((day % 28) + 1, 0).day }));
    const widthOf = ({ occupancy }: ReturnType<typeof estimate>) => (occupancy?.high ?? 0) / (occupancy?.low ?? 1);
    const resamples = 400;
    const few = widthOf(estimate({ watched: watched(6), reviewed: photos(28) }, { resamples }));
    const many = widthOf(estimate({ watched: watched(28), reviewed: photos(28) }, { resamples }));
    const fewPhotos = widthOf(estimate({ watched: watched(28), reviewed: photos(5) }, { resamples }));
    expect(few).toBeGreaterThan(many);
    expect(fewPhotos).toBeGreaterThan(many);
  });
});

it.each([
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [6, 2.447],
  [14, 2.145],
  [30, 2.042],
  [1e6, 1.96],
])("Student's t of %d degrees of freedom is exceeded once in 40 at %d", (freedom, t) => {
  expect(studentT975(freedom) / t).toBeCloseTo(1, 2);
});
