import { beforeAll, describe, expect, it } from 'vitest';
import { openEstimateDesk } from '../../src/pipeline/estimate-desk.ts';
import { createRandom } from '../../src/simulate/random.ts';
import { type FoundThing, writeAnalysis } from '../../src/store/analyses.ts';
import type { EstimateQuestion } from '../../src/store/estimates.ts';
import { readReviewedPhotos, readWatchedHours } from '../../src/store/estimates.ts';
import { writeModel } from '../../src/store/models.ts';
import { writePhoto } from '../../src/store/photos.ts';
import { listHandedPhotos, takeReviewId, writeReview, writeReviewed } from '../../src/store/reviews.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { bivouacArea, makeFound, makePhoto, meadow, writePlaces } from '../support/lake-fixture.ts';

const modelId = 'persons@1';
const question: EstimateQuestion = {
  ...{ label: 'person', lakeId: undefined, cameraId: undefined, zoneId: undefined },
  ...{ from: undefined, to: undefined, wholeDays: false, meanStay: undefined },
};
/** In the middle of the meadow, in that of the bivouac area. */
const [inMeadow, inBivouac] = [
  [6.4055, 44.8005],
  [6.4005, 44.8035],
] as const;

/** Persons in a row from x on, in the meadow. */
const persons = (count: number, fromX = 0): readonly FoundThing[] =>
  Array.from({ length: count }, (_, at) => {
    const found = makeFound('person', inMeadow);
    return { ...found, detection: { ...found.detection, box: { x: fromX + 100 * at, y: 100, w: 40, h: 80 } } };
  });

describeOnBothEngines('estimates', (getDb) => {
  async function shoot(takenAt: string, found: readonly FoundThing[], visibility: 'usable' | 'fog' = 'usable') {
    const photo = makePhoto(takenAt, visibility);
    await writePhoto(getDb(), photo);
    await writeAnalysis(getDb(), { photoId: photo.id, modelId, calibrationId: undefined, durationMs: 1, found });
    return photo.id;
  }
  const ask = (more: Partial<EstimateQuestion> = {}) =>
    openEstimateDesk(getDb(), () => createRandom(1, 'test').unit).estimate({ ...question, ...more }, ({ en }) => en);

  beforeAll(async () => {
    await writePlaces(getDb());
    await writeModel(getDb(), { modelId, labels: ['person'], thresholds: { person: 0.3 } });
    // hourly: 10, 11 and 12 o'clock UTC with 2, 4 and 6 persons; the next day 10 and 12 with 1 and 3; two days later one alone
    await shoot('2026-07-01T10:00:00Z', persons(2));
    await shoot('2026-07-01T11:00:00Z', persons(4));
    await shoot('2026-07-01T12:00:00Z', persons(6));
    await shoot('2026-07-02T10:00:00Z', persons(1));
    await shoot('2026-07-02T12:00:00Z', [...persons(2), makeFound('person', inBivouac)]);
    await shoot('2026-07-04T10:00:00Z', persons(9));
  });

  it('rest on the time that each frame stands for: half of the gaps around it, none longer than two intervals', async () => {
    const source = { cameraId: 'north', label: 'person', zoneId: undefined, from: undefined, to: undefined };
    const rows = await readWatchedHours(getDb(), source);
    expect(rows.map(({ day, hour, watchedH, objectHours }) => [day, hour, watchedH, objectHours])).toEqual([
      ['2026-07-01', 12, 0.5, 1],
      ['2026-07-01', 13, 1, 4],
      ['2026-07-01', 14, 0.5, 3],
      ['2026-07-02', 12, 1, 1],
      ['2026-07-02', 14, 1, 3],
      ['2026-07-04', 12, 0, 0],
    ]);
    expect(rows.every(({ light }) => light === 'day')).toBe(true);
  });

  it('divide by the time watched, and count no day on which nobody could look', async () => {
    const { estimates } = await ask({ from: '2026-06-01', to: '2026-07-31' });
    expect(estimates).toMatchObject([
      { cameraId: 'north', firstDay: '2026-07-01', days: 2, frames: 6, watchedH: 4, reviewed: 0, foundObjectHours: 12 },
    ]);
    expect(estimates[0]?.occupancy?.value).toBe(3);
    expect(estimates[0]?.notCorrected.map(({ code }) => code)).toEqual(['light', 'unwatched']);
    expect((await ask({ from: '2026-08-01' })).estimates).toMatchObject([
      { days: 0, occupancy: null, objectHours: null, visits: null, firstDay: null },
    ]);
  });

  it('are the same after a photo in fog, whatever was found in it', async () => {
    const before = await ask();
    await shoot('2026-07-01T11:30:00Z', persons(30), 'fog');
    await shoot('2026-07-03T11:30:00Z', persons(30), 'fog');
    expect(await ask()).toEqual(before);
  });

  it('of a zone count what lies in it, by the cameras that see it', async () => {
    const { estimates } = await ask({ zoneId: meadow.id });
    expect(estimates[0]?.objectHours?.value).toBe(11);
    expect((await ask({ zoneId: bivouacArea.id })).estimates[0]?.objectHours?.value).toBe(1);
  });

  it('of days are those days alone, and visits are the hours by the mean stay', async () => {
    const meanStay = { min: 120, sdMin: 20 };
    const { estimates } = await ask({ from: '2026-07-01', to: '2026-07-01', meanStay });
    expect(estimates).toMatchObject([{ days: 1, objectHours: { value: 8, low: null }, visits: { value: 4 } }]);
  });

  describe('with reviewed photos', () => {
    beforeAll(async () => {
      // 15 there of which 10 are found, and two rocks: precision 10/12, recall 10/15, 15/12 times
      const id = await shoot('2026-07-20T10:00:00Z', [...persons(10), ...persons(2, 2000)]);
      const reviewId = await takeReviewId(getDb());
      const photo = { photoId: id, fileName: 'r1.jpg', weight: 3, hidden: [] };
      const about = { request: {}, models: [modelId], annotationsSha256: 'abc' };
      await writeReview(getDb(), { reviewId, ...about, photos: [photo] });
      const [handed] = await listHandedPhotos(getDb());
      const objects = Array.from({ length: 15 }, (_, at) => ({
        ...{ label: 'person', unclear: false },
        box: { x: 100 * at, y: 100, w: 40, h: 80 },
      }));
      await writeReviewed(getDb(), [{ fid: handed?.fid ?? 0, objects }], 'Ana');
    });

    it('are corrected by precision / recall, also by photos of other days', async () => {
      expect(await readReviewedPhotos(getDb(), 'person')).toMatchObject([
        { cameraId: 'north', light: 'day', day: '2026-07-20', weight: 3, there: 15, found: 12, matched: 10 },
      ]);
      const { estimates } = await ask({ to: '2026-07-04' });
      expect(estimates).toMatchObject([{ reviewed: 1, foundObjectHours: 12, objectHours: { value: 15 } }]);
      expect(estimates[0]?.corrections).toMatchObject([{ source: 'camera', factor: 1.25, share: 1 }]);
      expect(estimates[0]?.notCorrected.map(({ code }) => code)).not.toContain('light');
    });
  });

  it.each([
    [{ label: 'persn' }, 'estimate-name-unknown', 'There are: person'],
    [{ lakeId: 'lac-carre' }, 'estimate-name-unknown', 'There are: lac-rond'],
    [{ cameraId: 'east' }, 'estimate-name-unknown', 'There are: north'],
    [{ zoneId: 'forest' }, 'estimate-name-unknown', 'bivouac-north, meadow'],
    [{ from: '2026-07-02', to: '2026-07-01' }, 'estimate-days-reversed', 'Exchange'],
  ])('refuse %j', async (wrong, code, sentence) => {
    await expect(ask(wrong)).rejects.toMatchObject({ code, message: expect.stringContaining(sentence) });
  });
});
