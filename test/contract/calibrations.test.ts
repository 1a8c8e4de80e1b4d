import { beforeAll, expect, it } from 'vitest';
import type { Calibration } from '../../src/calibrate/calibration.ts';
import {
  calibrationAt,
  findCalibration,
  listCalibrations,
  listFileCalibrations,
  type NewCalibration,
  withdrawCalibrations,
  writeCalibration,
} from '../../src/store/calibrations.ts';
import { findDrift, writeDrift } from '../../src/store/drifts.ts';
import { writePhoto } from '../../src/store/photos.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { camera, makePhoto, writePlaces } from '../support/lake-fixture.ts';

const calibration: Calibration = {
  camera: {
    origin: { lng: 6.401, lat: 44.799, heightM: 2460 },
    pose: { position: { eastM: 0, northM: 0, upM: 0 }, headingDeg: 12.5, pitchDeg: -8, rollDeg: 0.3 },
    lens: { kind: 'brown-conrady', focalPx: 3000, centre: { u: 2000, v: 1500 }, k1: 0, k2: 0, k3: 0, p1: 0, p2: 0 },
    sizePx: { widthPx: 4000, heightPx: 3000 },
  },
  free: ['headingDeg'],
  covariance: [0.0001],
  rmsePx: 1.25,
  looRmsePx: undefined,
  aic: 12,
  gcps: [
    {
      name: 'summit',
      pixel: { u: 10, v: 20 },
      position: { lng: 6.4, lat: 44.81, heightM: 2900 },
      sigmaM: 0.5,
      reprojected: { u: 11, v: 20 },
      residualPx: 1,
      outlier: false,
    },
  ],
};
const july = new Date('2026-07-01T00:00:00Z');
const august = new Date('2026-08-01T00:00:00Z');
const always: NewCalibration = {
  cameraId: camera.id,
  calibration,
  validity: { from: undefined, to: undefined },
  origin: 'file',
  source: 'a',
  referencePath: 'north/first.jpg',
};
const knocked: NewCalibration = { ...always, source: 'b', validity: { from: july, to: august } };

describeOnBothEngines('calibrations in the database', (getDb) => {
  let first = 0;
  let second = 0;

  beforeAll(async () => {
    await writePlaces(getDb());
    first = await writeCalibration(getDb(), always);
    second = await writeCalibration(getDb(), knocked);
  });

  it('keep what was written, and the same one once', async () => {
    expect(await writeCalibration(getDb(), always)).toBe(first);
    const { source, ...kept } = always;
    expect({ ...(await findCalibration(getDb(), first)) }).toEqual({
      ...kept,
      calibrationId: first,
      createdAt: expect.any(Date),
      withdrawnAt: undefined,
    });
    expect(await findCalibration(getDb(), 9999)).toBeUndefined();
  });

  it('hold from when they begin until they end or the next one begins, and nothing holds after an end', async () => {
    const all = await listCalibrations(getDb(), camera.id);
    const at = (time: string) => calibrationAt(all, new Date(time))?.calibrationId;
    expect(at('2026-06-30T23:59:59Z')).toBe(first);
    expect(at('2026-07-01T00:00:00Z')).toBe(second);
    expect(at('2026-07-31T23:59:59Z')).toBe(second);
    expect(at('2026-08-01T00:00:00Z')).toBeUndefined();
  });

  it('out of use hold no more, but stay', async () => {
    const mistaken = await writeCalibration(getDb(), {
      ...always,
      source: 'c',
      validity: { from: august, to: undefined },
    });
    await withdrawCalibrations(getDb(), [mistaken]);
    const all = await listCalibrations(getDb(), camera.id);
    expect(calibrationAt(all, august)).toBeUndefined();
    expect(all.map(({ calibrationId }) => calibrationId)).toContain(mistaken);
    const inUse = await listFileCalibrations(getDb(), camera.id);
    expect(inUse.map(({ source }) => source).sort()).toEqual(['a', 'b']);
  });

  it('that another stands in for from the same instant on say which one', async () => {
    const later = await writeCalibration(getDb(), { ...always, origin: 'service', source: 'd' });
    const rows = await getDb().query(
      `select calibration_id as id, valid_to, replaced_by from rivage.calibration_history
       where valid_from is null order by 1`,
    );
    expect(rows).toEqual([
      { id: first, valid_to: null, replaced_by: later },
      { id: later, valid_to: july, replaced_by: null },
    ]);
    await withdrawCalibrations(getDb(), [later]);
    const ends = await getDb().query(
      `select calibration_id as id, valid_to, replaced_by from rivage.calibration_history
       where valid_from is null order by 1`,
    );
    expect(ends).toEqual([
      { id: first, valid_to: july, replaced_by: null },
      { id: later, valid_to: null, replaced_by: null },
    ]);
  });

  it('say since when a camera looks elsewhere: the first photo after the last that looks where it should', async () => {
    const show = async (time: string, state: 'steady' | 'moved') => {
      const photo = makePhoto(time);
      await writePhoto(getDb(), photo);
      const drift = { headingDeg: 0, pitchDeg: 0, rollDeg: 0, covariance: Array(9).fill(0), agreeing: 40, looked: 60 };
      const moved = { kind: 'moved', reason: 'weak-consensus', drift: undefined } as const;
      await writeDrift(getDb(), photo.id, second, state === 'steady' ? { kind: state, drift } : moved);
    };
    const since = async () => (await getDb().query('select moved_since as since from rivage.camera_map'))[0];
    await show('2026-07-20T10:00:00Z', 'moved');
    expect(await since()).toEqual({ since: new Date('2026-07-20T10:00:00Z') });
    await show('2026-07-21T10:00:00Z', 'steady');
    expect(await since()).toEqual({ since: null });
    await show('2026-07-23T10:00:00Z', 'moved');
    await show('2026-07-22T10:00:00Z', 'moved');
    expect(await since()).toEqual({ since: new Date('2026-07-22T10:00:00Z') });
  });

  it('know the drift of each photo, also for another one with the same reference photo', async () => {
    const photo = makePhoto('2026-07-02T10:00:00Z');
    await writePhoto(getDb(), photo);
    const covariance = [1e-4, 0, 0, 0, 1e-4, 0, 0, 0, 4e-4];
    const drift = { headingDeg: 0.01, pitchDeg: -0.02, rollDeg: 1.24, covariance, agreeing: 40, looked: 60 };
    expect(await findDrift(getDb(), photo.id, first)).toBeUndefined();
    await writeDrift(getDb(), photo.id, first, { kind: 'steady', drift });
    expect(await findDrift(getDb(), photo.id, first)).toEqual({ kind: 'steady', drift });
    expect(await findDrift(getDb(), photo.id, second)).toEqual({ kind: 'steady', drift });
    const elsewhere = await writeCalibration(getDb(), { ...knocked, referencePath: 'north/other.jpg' });
    expect(await findDrift(getDb(), photo.id, elsewhere)).toBeUndefined();
    await writeDrift(getDb(), photo.id, first, { kind: 'moved', reason: 'weak-consensus', drift: undefined });
    expect(await findDrift(getDb(), photo.id, first)).toEqual({
      kind: 'moved',
      reason: 'weak-consensus',
      drift: undefined,
    });
  });
});
