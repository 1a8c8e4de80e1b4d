import { beforeAll, expect, it } from 'vitest';
import { replayCamera } from '../../src/cli/plan/replay-camera.ts';
import { fillActivities } from '../../src/store/activities.ts';
import { writeAnalysis } from '../../src/store/analyses.ts';
import { writeModel } from '../../src/store/models.ts';
import { writePhoto } from '../../src/store/photos.ts';
import { readReplayFrames } from '../../src/store/replay-frames.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { camera, makeFound, makePhoto, makeUnplaced, writePlaces } from '../support/lake-fixture.ts';

const modelId = 'some@1';
const spot = [6.4005, 44.7995] as const;

describeOnBothEngines('frames that are replayed', (getDb) => {
  /** Every 20 min of an evening: nobody, one, one beside whom one has no place, fog, nobody; and one from a camera that looks elsewhere. */
  beforeAll(async () => {
    const db = getDb();
    await db.exec('truncate rivage.lake, rivage.model, rivage.camera, rivage.photo cascade');
    await writePlaces(db);
    await writeModel(db, { modelId, labels: ['person', 'tent'], thresholds: { person: 0.3, tent: 0.3 } });
    const seen = [
      [],
      [makeFound('person', spot)],
      [makeFound('person', spot), makeUnplaced('person', 'above-horizon')],
    ];
    for (const [slot, found] of [...seen, [makeFound('person', spot)], [makeFound('person', spot, 0.1)]].entries()) {
      const takenAt = new Date(Date.UTC(2026, 6, 14, 22, 20 * slot - 40)).toISOString();
      const photo = makePhoto(takenAt, slot === 3 ? 'fog' : 'usable');
      await writePhoto(db, photo);
      await writeAnalysis(db, { photoId: photo.id, modelId, calibrationId: undefined, durationMs: 1, found });
    }
    const knocked = makePhoto(new Date(Date.UTC(2026, 6, 14, 23)).toISOString());
    const [calibration] = await db.query<{ id: number }>(
      "insert into rivage.calibration (camera_id, body, rmse_px) values ($1, '{}', 1) returning calibration_id as id",
      [camera.id],
    );
    await writePhoto(db, knocked);
    const found = [makeFound('person', spot)];
    await writeAnalysis(db, { photoId: knocked.id, modelId, calibrationId: calibration?.id, durationMs: 1, found });
    await db.query("insert into rivage.photo_drift (photo_id, calibration_id, state) values ($1, $2, 'moved')", [
      knocked.id,
      calibration?.id,
    ]);
  });

  it('are the valid ones, empty ones too, by the local day, with all from the threshold up', async () => {
    const frames = await readReplayFrames(getDb(), camera.id, 'person');
    expect(frames.map(({ at, day, seen }) => [at.toISOString().slice(11, 16), day, seen.length])).toEqual([
      ['21:20', '2026-07-14', 0],
      ['21:40', '2026-07-14', 1],
      ['22:00', '2026-07-15', 2],
      ['22:40', '2026-07-15', 0],
    ]);
    const [placed, unplaced] = frames[2]?.seen ?? [];
    expect(placed?.sighting?.point).toEqual({ lng: spot[0], lat: spot[1] });
    expect(unplaced?.sighting).toBeNull();
  });

  it('are all empty where nothing of a label was seen, and none for a label that nobody looked for', async () => {
    const db = getDb();
    expect((await readReplayFrames(db, camera.id, 'tent')).map(({ seen }) => seen.length)).toEqual([0, 0, 0, 0]);
    expect(await readReplayFrames(db, camera.id, 'boat')).toEqual([]);
  });

  it('say what a longer interval would have lost, without an interval from so few days', async () => {
    const wish = { cameraId: camera.id, label: 'person', intervalMin: 20, minutes: [40], resamples: 20 };
    const report = await replayCamera(getDb(), wish);
    const all = report.rows.find(({ activity }) => activity === undefined);
    // 1 · 20 min before midnight; after it 2 · (10 + 20) min
    expect(all?.hours).toBeCloseTo((20 + 60) / 60);
    expect(all).toMatchObject({ minutes: 40, days: 2, stays: 1 });
    // the stay of two frames is in either phase once
    expect(all?.seenOnce).toEqual({ value: 1 });
    expect(all?.seenTwice).toEqual({ value: 0 });
  });

  it('say it by activity too, of those whose place tells one', async () => {
    const db = getDb();
    await fillActivities(db, camera.id);
    const wish = { cameraId: camera.id, label: 'person', intervalMin: 20, minutes: [40], resamples: 20 };
    const { rows } = await replayCamera(db, wish);
    expect(rows.map(({ activity }) => activity)).toEqual([undefined, 'shore rest']);
    // 1 · 20 min before midnight; after it 1 · (10 + 20) min
    expect(rows[1]?.hours).toBeCloseTo((20 + 30) / 60);
  });

  it('refuses to replay what was not looked for', async () => {
    const wish = { cameraId: camera.id, label: 'boat', intervalMin: 20, minutes: [40], resamples: 20 };
    await expect(replayCamera(getDb(), wish)).rejects.toMatchObject({ code: 'replay-empty' });
  });
});
