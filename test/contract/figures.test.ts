import { beforeEach, describe, expect, it } from 'vitest';
import type { Visibility } from '../../src/ingest/photo.ts';
import { joinOldStays, linkTentStays } from '../../src/pipeline/link-tent-stays.ts';
import { type FoundThing, writeAnalysis } from '../../src/store/analyses.ts';
import { writeCameras } from '../../src/store/cameras.ts';
import { migrate } from '../../src/store/migrate.ts';
import { writeModel } from '../../src/store/models.ts';
import { writePhoto } from '../../src/store/photos.ts';
import { writeZones } from '../../src/store/zones.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { bivouacArea, camera, makeFound, makePhoto, meadow, writePlaces } from '../support/lake-fixture.ts';

const modelId = 'all@1';
const south = { ...camera, id: 'south' as typeof camera.id };
const metre = 1 / 111_195;

/** A tent in the bivouac area, m north of a fixed place; one standard deviation there is 3 m. */
const tent = (northM = 0) => makeFound('tent', [6.4005, 44.8035 + northM * metre]);
const person = (at: readonly [number, number] = [6.41, 44.81]) => makeFound('person', at);

function onWater(found: FoundThing): FoundThing {
  if (found.sighting.kind !== 'sighting') throw new Error('a thing without a place');
  return { ...found, sighting: { ...found.sighting, surface: 'water' } };
}

function inBox(found: FoundThing, [x, y, w, h]: readonly [number, number, number, number]): FoundThing {
  return { ...found, detection: { ...found.detection, box: { x, y, w, h } } };
}

describeOnBothEngines('figures from sightings', (getDb) => {
  beforeEach(async () => {
    await getDb().exec(
      'truncate rivage.photo, rivage.model, rivage.camera, rivage.lake, rivage.stay restart identity cascade',
    );
    await writePlaces(getDb());
    await writeCameras(getDb(), [camera, south]);
    const thresholds = { tent: 0.3, person: 0.3, boat: 0.3 };
    await writeModel(getDb(), { modelId, labels: ['person', 'tent', 'boat', 'angler'], thresholds });
  });

  /** Photos of one camera by their instants, in summer two hours before local time. */
  async function shoot(
    frames: Readonly<Record<string, readonly FoundThing[]>>,
    visibility: Visibility = 'usable',
    cameraId = camera.id,
  ): Promise<void> {
    for (const [takenAt, found] of Object.entries(frames)) {
      const photo = makePhoto(`${takenAt}:00Z`, visibility, cameraId);
      await writePhoto(getDb(), photo);
      await writeAnalysis(getDb(), { photoId: photo.id, modelId, calibrationId: undefined, durationMs: 1, found });
    }
    await linkTentStays(getDb(), cameraId, modelId);
  }

  function readNights(zoneId: string | null = null) {
    return getDb().query(
      `select to_char(night, 'MM-DD') as night, tents, tents_by_day as "byDay", dusk_frames as dusk, dawn_frames as dawn
       from rivage.bivouac_night where zone_id is not distinct from $1 order by night`,
      [zoneId],
    );
  }

  describe('bivouac nights', () => {
    it('counts three where two tents stood at dusk and three at dawn', async () => {
      await shoot({
        '2026-07-01T18:00': [tent(0), tent(20)],
        '2026-07-01T19:00': [tent(0), tent(20)],
        '2026-07-02T04:00': [tent(0), tent(20), tent(40)],
        '2026-07-02T05:00': [tent(0), tent(20), tent(40)],
      });
      expect(await readNights()).toEqual([{ night: '07-01', tents: 3, byDay: 0, dusk: 2, dawn: 2 }]);
      expect(await readNights(bivouacArea.id)).toEqual([{ night: '07-01', tents: 3, byDay: 0, dusk: 2, dawn: 2 }]);
    });

    it('counts what the clear side of a night shows when the other is in fog', async () => {
      await shoot({ '2026-07-01T18:00': [tent()], '2026-07-01T19:00': [tent()] });
      await shoot({ '2026-07-02T04:00': [tent(), tent(30)] }, 'fog');
      expect(await readNights()).toEqual([{ night: '07-01', tents: 1, byDay: 0, dusk: 2, dawn: 0 }]);
    });

    it('tells a tent that stands two nights and the day between from a bivouac', async () => {
      const hours = ['01T18:00', '01T19:00', '02T05:00', '02T12:00', '02T18:00', '03T05:00'];
      await shoot(Object.fromEntries(hours.map((hour) => [`2026-07-${hour}`, [tent()]])));
      expect(await readNights()).toEqual([
        { night: '07-01', tents: 1, byDay: 1, dusk: 2, dawn: 1 },
        { night: '07-02', tents: 1, byDay: 1, dusk: 1, dawn: 1 },
      ]);
    });

    it('keeps one night where the clock goes back, with both its hours from two to three', async () => {
      // 25 October 2026: 3:00 summer time is 2:00 winter time
      await shoot({ '2026-10-25T00:30': [tent()], '2026-10-25T01:30': [tent()] });
      expect(await readNights()).toEqual([{ night: '10-24', tents: 1, byDay: 0, dusk: 0, dawn: 2 }]);
    });

    it('ends the shorter night of March at nine, summer time', async () => {
      // 29 March 2026: 6:59 UTC is 8:59, 7:00 UTC is 9:00
      await shoot({ '2026-03-28T18:00': [], '2026-03-29T06:59': [], '2026-03-29T07:00': [] });
      expect(await readNights()).toEqual([
        { night: '03-28', tents: 0, byDay: 0, dusk: 1, dawn: 1 },
        { night: '03-29', tents: null, byDay: null, dusk: 0, dawn: 0 },
      ]);
    });

    it('counts a tent that two cameras see once, and one that each sees alone twice', async () => {
      const both = { '2026-07-01T18:00': [tent(0), tent(50)], '2026-07-01T19:00': [tent(0), tent(50)] };
      await shoot(both);
      await shoot(
        { '2026-07-01T18:10': [tent(2), tent(-50)], '2026-07-01T19:10': [tent(2), tent(-50)] },
        'usable',
        south.id,
      );
      expect(await readNights()).toEqual([{ night: '07-01', tents: 3, byDay: 0, dusk: 4, dawn: 0 }]);
      const seen = await getDb().query(
        'select cameras, camera_ids as ids from rivage.tent_night order by cameras, ids',
      );
      expect(seen).toEqual([
        { cameras: 1, ids: 'north' },
        { cameras: 1, ids: 'south' },
        { cameras: 2, ids: 'north, south' },
      ]);
      expect(await getDb().query('select from rivage.bivouac_heatmap')).toHaveLength(3);
    });
  });

  it('joins tents over cameras, and says what persons do, in a database from before that was done', async () => {
    const frames = { '2026-07-01T18:00': [tent(), person()], '2026-07-01T19:00': [tent()] };
    await shoot(frames);
    await shoot(frames, 'usable', south.id);
    await getDb().exec(
      "update rivage.stay set thing = null; truncate rivage.sighting_activity; delete from rivage.migration where name = 'views'",
    );
    expect(await readNights()).toMatchObject([{ tents: 2 }]);
    await migrate(getDb());
    await joinOldStays(getDb());
    expect(await readNights()).toMatchObject([{ tents: 1 }]);
    expect(await getDb().query('select activity from rivage.sighting_map where activity is not null')).toEqual([
      { activity: 'shore rest' },
      { activity: 'shore rest' },
    ]);
  });

  describe('activities', () => {
    const readActivities = () =>
      getDb().query('select label, activity, activity_rule as rule from rivage.sighting_map order by fid');

    it('says what each does by the first rule that holds, and which it was', async () => {
      const trail = { ...meadow, kind: 'trail' as const };
      await writeZones(getDb(), [bivouacArea, trail]);
      const dusk = [tent(), inBox(person([6.4005, 44.80352]), [500, 500, 10, 20])];
      await shoot({
        '2026-07-01T18:00': dusk,
        '2026-07-01T19:00': [...dusk, inBox(makeFound('angler', [6.41, 44.81]), [0, 0, 5, 5])],
        '2026-07-02T10:00': [
          onWater(inBox(makeFound('boat', [6.401, 44.801]), [100, 100, 60, 20])),
          onWater(inBox(person([6.401, 44.801]), [120, 85, 15, 30])),
          onWater(inBox(person([6.401, 44.801]), [300, 100, 10, 10])),
          inBox(person([6.4055, 44.8005]), [400, 100, 10, 30]),
          inBox(person(), [600, 100, 10, 30]),
        ],
      });
      expect(await readActivities()).toEqual([
        { label: 'tent', activity: null, rule: null },
        { label: 'person', activity: 'bivouac', rule: 'at-tent' },
        { label: 'tent', activity: null, rule: null },
        { label: 'person', activity: 'bivouac', rule: 'at-tent' },
        { label: 'angler', activity: 'fishing', rule: 'angler' },
        { label: 'boat', activity: null, rule: null },
        { label: 'person', activity: 'boating', rule: 'in-boat' },
        { label: 'person', activity: 'bathing', rule: 'in-water' },
        { label: 'person', activity: 'hiking', rule: 'on-trail' },
        { label: 'person', activity: 'shore rest', rule: 'elsewhere' },
      ]);
    });

    it('is bivouac near a tent at dusk, and not by day or farther away', async () => {
      const camp = (northM: number) => [tent(), person([6.4005, 44.8035 + northM * metre])];
      await shoot({ '2026-07-01T16:00': camp(5), '2026-07-01T18:00': camp(5), '2026-07-01T19:00': camp(16) });
      const rows = await getDb().query<{ activity: string }>(
        "select activity from rivage.sighting_map where label = 'person' order by taken_at",
      );
      expect(rows.map(({ activity }) => activity)).toEqual(['shore rest', 'bivouac', 'shore rest']);
    });

    it('follows rules that somebody edits, and zones that somebody turns into another kind', async () => {
      await shoot({ '2026-07-02T10:00': [person([6.4055, 44.8005])] });
      expect(await readActivities()).toMatchObject([{ activity: 'shore rest' }]);
      await getDb().query("update rivage.activity_rule set zone_kind = 'meadow' where rule_id = 'on-trail'");
      expect(await readActivities()).toMatchObject([{ activity: 'hiking' }]);
      await writeZones(getDb(), [bivouacArea, { ...meadow, kind: 'shore' }]);
      expect(await readActivities()).toMatchObject([{ activity: 'shore rest' }]);
      await getDb().query("update rivage.activity_rule set zone_kind = 'trail' where rule_id = 'on-trail'");
    });
  });

  describe('visitor-hours and occupancy', () => {
    const readDays = () =>
      getDb().query(
        `select to_char(local_day, 'MM-DD') as day, visitor_hours as hours, watched_hours as watched, frames, most
         from rivage.visitor_hours_daily where camera_id = 'north' and zone_id is null order by local_day`,
      );

    it('adds up persons times hours, and leaves out gaps of more than two intervals', async () => {
      // one photo an hour; nobody knows what was between 10:00 and 13:00
      await shoot({
        '2026-07-01T08:00': [person()],
        '2026-07-01T09:00': [person(), person()],
        '2026-07-01T10:00': [],
        '2026-07-01T13:00': [person(), person(), person()],
        '2026-07-01T15:00': [person()],
      });
      // (1 + 2) / 2 + (2 + 0) / 2 + 2 × (3 + 1) / 2
      expect(await readDays()).toEqual([{ day: '07-01', hours: 6.5, watched: 4, frames: 5, most: 3 }]);
    });

    it('is not changed by a photo in fog', async () => {
      await shoot({ '2026-07-01T08:00': [person()], '2026-07-01T09:00': [person()] });
      const before = await readDays();
      await shoot({ '2026-07-01T08:30': [person(), person()] }, 'fog');
      expect(await readDays()).toEqual(before);
    });

    it('is not changed by a photo of a camera that was turned away', async () => {
      await shoot({ '2026-07-01T08:00': [person()], '2026-07-01T09:00': [person()] });
      const before = await readDays();
      await shoot({ '2026-07-01T08:30': [] });
      expect(await readDays()).not.toEqual(before);
      await getDb().query(
        `with k as (
           insert into rivage.calibration (camera_id, body, rmse_px) values ('north', '{}', 1) returning calibration_id
         ), a as (
           update rivage.analysis set calibration_id = k.calibration_id from k
           where photo_id = 'north-2026-07-01T08:30:00Z' returning photo_id, k.calibration_id
         )
         insert into rivage.photo_drift (photo_id, calibration_id, state) select photo_id, calibration_id, 'moved' from a`,
      );
      expect(await readDays()).toEqual(before);
    });

    it('counts what it saw by hour and zone: 0 where it looked, no row where it did not', async () => {
      await shoot({
        '2026-07-01T08:10': [person([6.4055, 44.8005]), person()],
        '2026-07-01T08:40': [person([6.4055, 44.8005]), person(), person()],
        '2026-07-01T10:10': [],
      });
      const rows = await getDb().query(
        `select zone_id as zone, local_hour as hour, objects, frames, occupancy, most from rivage.occupancy_hourly
         where label = 'person' order by zone nulls first, hour`,
      );
      expect(rows).toEqual([
        { zone: null, hour: 10, objects: 5, frames: 2, occupancy: 2.5, most: 3 },
        { zone: null, hour: 12, objects: 0, frames: 1, occupancy: 0, most: 0 },
        { zone: meadow.id, hour: 10, objects: 2, frames: 2, occupancy: 1, most: 1 },
        { zone: meadow.id, hour: 12, objects: 0, frames: 1, occupancy: 0, most: 0 },
      ]);
    });

    it('says of each activity how long it was done, 0 where it could have been seen', async () => {
      await shoot({
        '2026-07-01T08:00': [onWater(person()), person()],
        '2026-07-01T09:00': [onWater(person()), onWater(person())],
      });
      const rows = await getDb().query(
        `select activity, objects, person_hours as hours, watched_hours as watched from rivage.activity_daily
         where zone_id is null and label = 'person' order by activity`,
      );
      expect(rows).toEqual([
        { activity: 'bathing', objects: 3, hours: 1.5, watched: 1 },
        { activity: 'bivouac', objects: 0, hours: 0, watched: 1 },
        { activity: 'boating', objects: 0, hours: 0, watched: 1 },
        { activity: 'hiking', objects: 0, hours: 0, watched: 1 },
        { activity: 'shore rest', objects: 1, hours: 0.5, watched: 1 },
      ]);
    });
  });
});
