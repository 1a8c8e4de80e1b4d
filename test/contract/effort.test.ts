import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PhotoId, UnreadablePhoto, Visibility } from '../../src/ingest/photo.ts';
import { writeCameras } from '../../src/store/cameras.ts';
import type { Db } from '../../src/store/db.ts';
import { writePhoto } from '../../src/store/photos.ts';
import type { CameraId, MountedCamera } from '../../src/workspace/mounted-camera.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { camera, makePhoto, writePlaces } from '../support/lake-fixture.ts';

const at = (text: string) => new Date(text);

describeOnBothEngines('effort_hourly', (getDb) => {
  beforeEach(async () => {
    await getDb().exec('truncate rivage.photo, rivage.camera, rivage.lake, rivage.model restart identity cascade');
    await writePlaces(getDb());
  });

  const mount = (change: Partial<MountedCamera>) => writeCameras(getDb(), [{ ...camera, ...change }]);
  const shoot = (takenAt: string, visibility: Visibility = 'usable') =>
    writePhoto(getDb(), makePhoto(takenAt, visibility));

  function read(db: Db, columns: string): Promise<readonly object[]> {
    return db.query(`select ${columns} from rivage.effort_hourly order by camera_id, hour nulls last`);
  }

  it('expects what the interval gives from mounting in mid-hour to taking down, and keeps every reason', async () => {
    await mount({ intervalMin: 10, mountedFrom: at('2026-07-01T08:25:00Z'), mountedTo: at('2026-07-01T10:15:00Z') });
    const reasons: Visibility[] = ['dark', 'fog', 'blocked', 'wet', 'usable', 'usable'];
    for (const [index, reason] of reasons.entries()) await shoot(`2026-07-01T09:${index}5:00Z`, reason);
    expect(
      await read(
        getDb(),
        `hour, local_hour, expected_frames as expected, frames, valid_frames as valid, dark, fog, blocked, wet, moved,
         unreadable, missing, effort`,
      ),
    ).toEqual([
      {
        ...{ hour: at('2026-07-01T08:00:00Z'), local_hour: 10, expected: 4, frames: 0, valid: 0, dark: 0, fog: 0 },
        ...{ blocked: 0, wet: 0, moved: 0, unreadable: 0, missing: 4, effort: 0 },
      },
      {
        ...{ hour: at('2026-07-01T09:00:00Z'), local_hour: 11, expected: 6, frames: 6, valid: 2, dark: 1, fog: 1 },
        ...{ blocked: 1, wet: 1, moved: 0, unreadable: 0, missing: 0, effort: 2 / 6 },
      },
      {
        ...{ hour: at('2026-07-01T10:00:00Z'), local_hour: 12, expected: 1, frames: 0, valid: 0, dark: 0, fog: 0 },
        ...{ blocked: 0, wet: 0, moved: 0, unreadable: 0, missing: 1, effort: 0 },
      },
    ]);
  });

  it('has a row for each hour of a gap between the first and the last photo, and expects none outside', async () => {
    // a clock that runs a little late at the end
    for (const time of ['10:00:00', '11:00:02', '14:00:40']) await shoot(`2026-07-01T${time}Z`);
    expect(await read(getDb(), 'local_hour as hour, expected_frames as expected, missing, effort')).toEqual([
      { hour: 12, expected: 1, missing: 0, effort: 1 },
      { hour: 13, expected: 1, missing: 0, effort: 1 },
      { hour: 14, expected: 1, missing: 1, effort: 0 },
      { hour: 15, expected: 1, missing: 1, effort: 0 },
      { hour: 16, expected: 1, missing: 0, effort: 1 },
    ]);
  });

  it('has no hour that the clock skips, and twice the one that it shows twice', async () => {
    await mount({ intervalMin: 30, mountedFrom: at('2025-03-30T00:00:00Z'), mountedTo: at('2025-03-30T03:00:00Z') });
    expect(await read(getDb(), 'local_hour as shown, expected_frames as expected')).toEqual([
      { shown: 1, expected: 2 },
      { shown: 3, expected: 2 },
      { shown: 4, expected: 2 },
    ]);
    await mount({ intervalMin: 30, mountedFrom: at('2025-10-25T23:00:00Z'), mountedTo: at('2025-10-26T03:00:00Z') });
    await shoot('2025-10-26T00:10:00Z');
    await shoot('2025-10-26T01:10:00Z', 'fog');
    expect(
      await read(getDb(), 'hour, local_hour as shown, expected_frames as expected, valid_frames as valid'),
    ).toEqual([
      { hour: at('2025-10-25T23:00:00Z'), shown: 1, expected: 2, valid: 0 },
      { hour: at('2025-10-26T00:00:00Z'), shown: 2, expected: 2, valid: 1 },
      { hour: at('2025-10-26T01:00:00Z'), shown: 2, expected: 2, valid: 0 },
      { hour: at('2025-10-26T02:00:00Z'), shown: 3, expected: 2, valid: 0 },
    ]);
  });

  it('counts a moment once that two overlapping cards show, by the clearer photo', async () => {
    await mount({ intervalMin: 30, mountedFrom: at('2026-07-01T10:00:00Z'), mountedTo: at('2026-07-01T11:00:00Z') });
    await shoot('2026-07-01T10:00:00Z', 'fog');
    // the same moment, saved again by a viewer: other bytes
    await writePhoto(getDb(), { ...makePhoto('2026-07-01T10:00:00Z'), id: 'again' as PhotoId, path: 'again.jpg' });
    // and the same bytes under another name
    await writePhoto(getDb(), { ...makePhoto('2026-07-01T10:00:00Z'), path: 'card-2.jpg' });
    expect(await read(getDb(), 'expected_frames as expected, frames, valid_frames as valid, missing')).toEqual([
      { expected: 2, frames: 1, valid: 1, missing: 1 },
    ]);
  });

  it('keeps files that cannot be read: in their hour where their time is known, else in a row without an hour', async () => {
    await mount({ mountedFrom: at('2026-07-01T10:00:00Z'), mountedTo: at('2026-07-01T11:00:00Z') });
    const bad = { kind: 'unreadable', cameraId: camera.id, bytes: 1, reason: 'r', message: 'm' } as const;
    const torn: UnreadablePhoto = { ...bad, id: 'a' as PhotoId, path: 'a', takenAt: at('2026-07-01T10:00:00Z') };
    for (const photo of [torn, { ...bad, id: 'b' as PhotoId, path: 'b' }, { ...bad, id: 'c' as PhotoId, path: 'c' }]) {
      await writePhoto(getDb(), photo);
    }
    expect(await read(getDb(), 'hour, expected_frames as expected, frames, unreadable, missing, effort')).toEqual([
      { hour: at('2026-07-01T10:00:00Z'), expected: 1, frames: 1, unreadable: 1, missing: 0, effort: 0 },
      { hour: null, expected: null, frames: 2, unreadable: 2, missing: null, effort: null },
    ]);
  });

  it('gives the same, and the same keys, in a session of another time zone', async () => {
    await shoot('2026-07-01T10:00:00Z');
    await shoot('2026-07-01T22:30:00Z', 'dark');
    const here = await read(getDb(), '*');
    const there = await getDb().transaction(async (tx) => {
      await tx.exec("set local time zone 'Pacific/Auckland'");
      return read(tx, '*');
    });
    expect(there).toEqual(here);
    expect(here).toHaveLength(13);
  });

  it('keeps each valid count whatever invalid frame comes in besides', async () => {
    await mount({ intervalMin: 30, mountedFrom: at('2026-07-01T00:00:00Z'), mountedTo: at('2026-07-02T00:00:00Z') });
    const usable = [0, 30, 60, 400, 430, 1000];
    const timeOf = (minute: number) => new Date(Date.UTC(2026, 6, 1, 0, minute)).toISOString();
    for (const minute of usable) await shoot(timeOf(minute));
    const counts = 'hour, expected_frames, valid_frames, effort';
    const before = await read(getDb(), counts);
    const reason = fc.constantFrom<Visibility>('dark', 'fog', 'blocked', 'wet');
    const frames = fc.array(fc.record({ minute: fc.integer({ min: 0, max: 1439 }), reason }), { maxLength: 5 });
    let number = 0;
    await fc.assert(
      fc.asyncProperty(frames, async (invalid) => {
        for (const { minute, reason } of invalid) {
          const photo = makePhoto(timeOf(minute), reason);
          await writePhoto(getDb(), { ...photo, id: `bad-${number++}` as PhotoId, path: `bad-${number}` });
        }
        expect(await read(getDb(), counts)).toEqual(before);
        const [sums] = await getDb().query<{ off: number }>(
          `select sum(frames - valid_frames - dark - fog - blocked - wet - moved - unreadable)::int as off
           from rivage.effort_hourly`,
        );
        expect(sums?.off).toBe(0);
      }),
      { numRuns: 15 },
    );
  });

  describe('of a camera that was knocked', () => {
    const kept: Record<string, string> = { steady: '0.1', moved: 'null', unclear: 'null' };
    it.each(['steady', 'moved', 'unclear'])('counts a frame whose drift is %s', async (state) => {
      await shoot('2026-07-01T10:00:00Z');
      await getDb().exec(`
        insert into rivage.model (model_id, labels) values ('m@1', '{person}');
        insert into rivage.calibration (camera_id, body, rmse_px) values ('north', '{}', 1);
        insert into rivage.analysis (photo_id, model_id, calibration_id, duration_ms)
          select photo_id, 'm@1', max(calibration_id), 1 from rivage.photo, rivage.calibration group by photo_id;
        insert into rivage.photo_drift (photo_id, calibration_id, state, heading_deg, pitch_deg, roll_deg, covariance_deg2)
          select photo_id, calibration_id, '${state}', ${kept[state]}, 0, 0, '{1,0,0,0,1,0,0,0,1}' from rivage.analysis;`);
      const valid = state === 'steady' ? 1 : 0;
      expect(await read(getDb(), 'valid_frames as valid, moved, effort')).toEqual([
        { valid, moved: 1 - valid, effort: valid },
      ]);
    });
  });

  it('keeps the cameras apart', async () => {
    await writeCameras(getDb(), [camera, { ...camera, id: 'south' as CameraId, photoFolder: '/photos/south' }]);
    await shoot('2026-07-01T10:00:00Z');
    await writePhoto(getDb(), makePhoto('2026-07-01T10:00:00Z', 'wet', 'south' as CameraId));
    const rows = await read(getDb(), 'camera_id as camera, valid_frames as valid, wet');
    expect(rows).toEqual([
      { camera: 'north', valid: 1, wet: 0 },
      { camera: 'south', valid: 0, wet: 1 },
    ]);
    const keys = (await read(getDb(), 'fid')) as { fid: number }[];
    expect(new Set(keys.map(({ fid }) => fid)).size).toBe(2);
  });
});
