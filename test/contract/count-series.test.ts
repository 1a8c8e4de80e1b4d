import { beforeAll, expect, it } from 'vitest';
import { writeAnalysis } from '../../src/store/analyses.ts';
import { readDailyMaxima, readOccupancyHours, readVisitorHours } from '../../src/store/count-series.ts';
import { writeModel } from '../../src/store/models.ts';
import { writePhoto } from '../../src/store/photos.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { camera, makeFound, makePhoto, makeUnplaced, writePlaces } from '../support/lake-fixture.ts';

/** Hourly frames of two local days, and persons in each: some in the meadow, some nowhere on the ground; undefined: fog. */
const frames: readonly (readonly [takenAt: string, meadow: number | undefined, elsewhere: number])[] = [
  ['2026-07-14T08:00:00Z', 1, 1],
  ['2026-07-14T08:30:00Z', 0, 3],
  ['2026-07-14T09:15:00Z', 2, 0],
  ['2026-07-14T10:00:00Z', undefined, 0],
  ['2026-07-15T08:00:00Z', 0, 0],
];

describeOnBothEngines('series of counts', (getDb) => {
  beforeAll(async () => {
    const db = getDb();
    await writePlaces(db);
    await writeModel(db, { modelId: 'all@1', labels: ['person'], thresholds: { person: 0.5 } });
    for (const [takenAt, meadow, elsewhere] of frames) {
      const photo = makePhoto(takenAt, meadow === undefined ? 'fog' : 'usable');
      await writePhoto(db, photo);
      const found = [
        ...Array.from({ length: meadow ?? 0 }, () => makeFound('person', [6.4055, 44.8005])),
        ...Array.from({ length: elsewhere }, () => makeUnplaced('person', 'above-horizon')),
        makeFound('person', [6.4055, 44.8005], 0.4),
      ];
      await writeAnalysis(db, { photoId: photo.id, modelId: 'all@1', calibrationId: undefined, durationMs: 1, found });
    }
  });
  const source = { cameraId: camera.id, zoneId: undefined, label: 'person' };

  it('are means over valid frames of an hour, of all and of a zone; fog is no hour', async () => {
    const hour = (startsAt: string, day: string, local: number, count: number) => ({
      ...{ startsAt: new Date(startsAt), day, hour: local, count },
    });
    expect(await readOccupancyHours(getDb(), source)).toEqual([
      hour('2026-07-14T08:00:00Z', '2026-07-14', 10, 2.5),
      hour('2026-07-14T09:00:00Z', '2026-07-14', 11, 2),
      hour('2026-07-15T08:00:00Z', '2026-07-15', 10, 0),
    ]);
    const meadow = await readOccupancyHours(getDb(), { ...source, zoneId: 'meadow' });
    expect(meadow.map(({ count }) => count)).toEqual([0.5, 2, 0]);
    expect(await readOccupancyHours(getDb(), { ...source, label: 'tent' })).toEqual([]);
  });

  it('leave out days that were watched too little', async () => {
    expect(await readDailyMaxima(getDb(), source, 1)).toEqual([
      { day: '2026-07-14', count: 3 },
      { day: '2026-07-15', count: 0 },
    ]);
    expect(await readDailyMaxima(getDb(), source, 2)).toEqual([{ day: '2026-07-14', count: 3 }]);
    // half an hour's gap and one of 45 min: 2 · 0.25 + 3 · 0.625 + 2 · 0.375
    expect(await readVisitorHours(getDb(), source, 1)).toEqual([{ day: '2026-07-14', count: 3.125 }]);
    expect(await readVisitorHours(getDb(), source, 1.5)).toEqual([]);
  });
});
