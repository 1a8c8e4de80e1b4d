import { beforeEach, describe, expect, it } from 'vitest';
import type { UnreadablePhoto } from '../../src/ingest/photo.ts';
import type { Stay } from '../../src/interpret/stay.ts';
import { type FoundThing, readTentFrames, writeAnalysis } from '../../src/store/analyses.ts';
import { writeCameras } from '../../src/store/cameras.ts';
import type { Db } from '../../src/store/db.ts';
import { writeModel } from '../../src/store/models.ts';
import { writePhoto } from '../../src/store/photos.ts';
import { replaceStays } from '../../src/store/stays.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { bivouacArea, camera, makeFound, makePhoto, meadow, writePlaces } from '../support/lake-fixture.ts';

const modelId = 'tents@1';
const source = { cameraId: camera.id, modelId, label: 'tent' };
/** A tent in the bivouac area; in summer local time is UTC + 2 h. */
const tent = () => makeFound('tent', [6.4005, 44.8035]);

describeOnBothEngines('the views', (getDb) => {
  beforeEach(async () => {
    await getDb().exec(
      'truncate rivage.photo, rivage.model, rivage.camera, rivage.lake, rivage.stay restart identity cascade',
    );
    await writePlaces(getDb());
    await writeModel(getDb(), { modelId, labels: ['person', 'tent'], thresholds: { tent: 0.3, person: 0.3 } });
  });

  /** A photo with what was found in it. */
  async function shoot(
    takenAt: string,
    found: FoundThing[],
    visibility: 'usable' | 'dark' | 'fog' = 'usable',
  ): Promise<void> {
    const photo = makePhoto(takenAt, visibility);
    await writePhoto(getDb(), photo);
    await writeAnalysis(getDb(), { photoId: photo.id, modelId, calibrationId: undefined, durationMs: 1, found });
  }

  /** Makes one stay of all tents seen in the frames of these times. */
  async function stayOver(...spans: [string, string][]): Promise<void> {
    const frames = await readTentFrames(getDb(), source);
    const stays = spans.map(([from, to]): Stay => {
      const members = frames.filter(({ takenAt }) => takenAt >= new Date(from) && takenAt <= new Date(to));
      const keys = members.flatMap((frame) => frame.sightings.slice(0, 1).map((sighting) => sighting.key));
      const covariance = { eeM2: 4, enM2: 0, nnM2: 4 };
      return {
        point: { lng: 6.4005, lat: 44.8035 },
        covariance,
        firstSeen: new Date(from),
        lastSeen: new Date(to),
        keys,
      };
    });
    await replaceStays(getDb(), source, stays);
  }

  function readNights(db: Db, zoneId: string | null = null) {
    return db.query(
      `select night, tents, dusk_frames as dusk, dawn_frames as dawn from rivage.bivouac_night
       where zone_id is not distinct from $1 order by night`,
      [zoneId],
    );
  }

  describe('bivouac_night', () => {
    it('counts the tents at once in the night from 19:00 to 09:00 local time', async () => {
      await shoot('2026-07-01T18:30:00Z', [tent()]); // 20:30
      await shoot('2026-07-02T04:30:00Z', [tent()]); // 06:30 the next day: the same night
      await stayOver(['2026-07-01T18:30:00Z', '2026-07-02T04:30:00Z']);
      expect(await readNights(getDb())).toEqual([{ night: '2026-07-01', tents: 1, dusk: 1, dawn: 1 }]);
      expect(await readNights(getDb(), bivouacArea.id)).toEqual([{ night: '2026-07-01', tents: 1, dusk: 1, dawn: 1 }]);
    });

    it('gives 0 when somebody looked and there was none', async () => {
      await shoot('2026-07-01T18:30:00Z', [makeFound('person', [6.4, 44.8])]);
      expect(await readNights(getDb())).toEqual([{ night: '2026-07-01', tents: 0, dusk: 1, dawn: 0 }]);
    });

    it('gives null, never 0, for a night of dark, foggy or unanalysed frames, and for one without any', async () => {
      await shoot('2026-07-01T18:30:00Z', []);
      await shoot('2026-07-02T18:30:00Z', [tent()], 'dark');
      await shoot('2026-07-03T04:30:00Z', [tent()], 'fog');
      await writePhoto(getDb(), makePhoto('2026-07-03T18:30:00Z'));
      // no photo in the night of 4 July
      await shoot('2026-07-05T18:30:00Z', []);
      expect(await readNights(getDb())).toEqual([
        { night: '2026-07-01', tents: 0, dusk: 1, dawn: 0 },
        { night: '2026-07-02', tents: null, dusk: 0, dawn: 0 },
        { night: '2026-07-03', tents: null, dusk: 0, dawn: 0 },
        { night: '2026-07-04', tents: null, dusk: 0, dawn: 0 },
        { night: '2026-07-05', tents: 0, dusk: 1, dawn: 0 },
      ]);
    });

    it('gives null when the model that looked does not know tents', async () => {
      await getDb().exec('truncate rivage.model cascade');
      await writeModel(getDb(), { modelId, labels: ['person'], thresholds: {} });
      await shoot('2026-07-01T18:30:00Z', []);
      expect(await readNights(getDb())).toEqual([{ night: '2026-07-01', tents: null, dusk: 0, dawn: 0 }]);
    });

    it('gives null for a zone that no camera has ever placed anything in', async () => {
      await shoot('2026-07-01T18:30:00Z', [tent()]);
      expect(await readNights(getDb(), meadow.id)).toEqual([{ night: '2026-07-01', tents: null, dusk: 0, dawn: 0 }]);
    });

    it('counts only tents that stand at once, and no tent seen in a single frame', async () => {
      await shoot('2026-07-01T18:00:00Z', [tent(), tent()]); // the second is seen once: no stay
      await shoot('2026-07-01T19:00:00Z', [tent()]);
      await shoot('2026-07-02T03:00:00Z', [tent()]);
      await shoot('2026-07-02T04:00:00Z', [tent()]);
      await stayOver(
        ['2026-07-01T18:00:00Z', '2026-07-01T19:00:00Z'],
        ['2026-07-02T03:00:00Z', '2026-07-02T04:00:00Z'],
      );
      expect(await readNights(getDb())).toEqual([{ night: '2026-07-01', tents: 1, dusk: 2, dawn: 2 }]);
    });

    it('does not count a tent that stands by day only', async () => {
      await shoot('2026-07-01T10:00:00Z', [tent()]);
      await shoot('2026-07-01T12:00:00Z', [tent()]);
      await shoot('2026-07-01T18:00:00Z', []);
      await stayOver(['2026-07-01T10:00:00Z', '2026-07-01T12:00:00Z']);
      expect(await readNights(getDb())).toEqual([{ night: '2026-07-01', tents: 0, dusk: 1, dawn: 0 }]);
      expect(await getDb().query('select * from rivage.bivouac_heatmap')).toEqual([]);
    });

    it('counts the same in a session of another time zone', async () => {
      await shoot('2026-07-01T18:00:00Z', [tent()]);
      await shoot('2026-07-02T04:30:00Z', [tent()]);
      await stayOver(['2026-07-01T18:00:00Z', '2026-07-02T04:30:00Z']);
      for (const zone of ['Pacific/Auckland', 'America/Los_Angeles']) {
        const nights = await getDb().transaction(async (tx) => {
          await tx.exec(`set local time zone '${zone}'`);
          return readNights(tx);
        });
        expect(nights).toEqual([{ night: '2026-07-01', tents: 1, dusk: 1, dawn: 1 }]);
      }
    });

    it('does not mix models: another one that looked later changes nothing until it is shown', async () => {
      await shoot('2026-07-01T18:30:00Z', []);
      await writeModel(getDb(), { modelId: 'other@1', labels: ['tent'], thresholds: {} });
      const { id } = makePhoto('2026-07-01T18:30:00Z');
      await writeAnalysis(getDb(), {
        photoId: id,
        modelId: 'other@1',
        calibrationId: undefined,
        durationMs: 1,
        found: [tent()],
      });
      expect(await readNights(getDb())).toEqual([{ night: '2026-07-01', tents: 0, dusk: 1, dawn: 0 }]);
      expect(await getDb().query('select from rivage.sighting_map')).toHaveLength(0);
    });

    it('counts the frames of all cameras that look', async () => {
      await writeCameras(getDb(), [camera, { ...camera, id: 'south' as typeof camera.id }]);
      await shoot('2026-07-01T18:00:00Z', [tent()]);
      await shoot('2026-07-01T19:00:00Z', [tent()]);
      await stayOver(['2026-07-01T18:00:00Z', '2026-07-01T19:00:00Z']);
      const south = makePhoto('2026-07-01T18:00:00Z', 'usable', 'south' as typeof camera.id);
      await writePhoto(getDb(), south);
      await writeAnalysis(getDb(), { photoId: south.id, modelId, calibrationId: undefined, durationMs: 1, found: [] });
      expect(await readNights(getDb())).toEqual([{ night: '2026-07-01', tents: 1, dusk: 3, dawn: 0 }]);
    });
  });

  it('weighs the heatmap with one point for each tent and night', async () => {
    for (const day of ['01', '02', '03']) await shoot(`2026-07-${day}T18:30:00Z`, [tent()]);
    await stayOver(['2026-07-01T18:30:00Z', '2026-07-03T18:30:00Z']);
    const rows = await getDb().query('select night, weight, zones from rivage.bivouac_heatmap order by fid');
    expect(rows).toEqual(
      ['01', '02', '03'].map((day) => ({ night: `2026-07-${day}`, weight: 1, zones: 'Bivouac north' })),
    );
  });

  it('shows sightings from the threshold of their label up, and follows a changed threshold', async () => {
    await shoot('2026-07-01T10:00:00Z', [makeFound('person', [6.4, 44.8], 0.5), makeFound('person', [6.4, 44.8], 0.2)]);
    const count = async () => (await getDb().query('select from rivage.sighting_map')).length;
    expect(await count()).toBe(1);
    await getDb().query('update rivage.label_threshold set min_confidence = 0.1');
    expect(await count()).toBe(2);
  });

  it('draws the error ellipse: its area, its long axis and its azimuth', async () => {
    await shoot('2026-07-01T10:00:00Z', [makeFound('person', [6.4, 44.8])]); // 7.5 m × 4.6 m, azimuth 11°
    const [row] = await getDb().query<{ area: number; farthest: number; azimuth: number }>(
      `select ST_Area(e.geom::geography) as area, max(ST_Distance(s.geom::geography, p.geom::geography)) as farthest,
         degrees(ST_Azimuth(s.geom::geography, (array_agg(p.geom order by ST_Distance(s.geom::geography, p.geom::geography) desc, ST_Y(p.geom) desc))[1]::geography)) as azimuth
       from rivage.sighting_ellipse_map as e join rivage.sighting_map as s using (fid)
       cross join lateral ST_DumpPoints(e.geom) as p group by e.geom, s.geom`,
    );
    expect(row?.farthest).toBeCloseTo(7.5, 2);
    expect((row?.azimuth ?? 0) % 180).toBeCloseTo(11, 1);
    // a polygon of 32 corners holds sin(2π/32) · 16 / π = 99.36 % of its ellipse
    expect(row?.area).toBeCloseTo(Math.PI * 7.5 * 4.6 * 0.9936, 0);
  });

  it('counts expected, received and analysed photos of each camera and local day', async () => {
    await writeCameras(getDb(), [
      { ...camera, mountedFrom: new Date('2026-07-01T10:00:00Z'), mountedTo: new Date('2026-07-02T22:00:00Z') },
    ]);
    await shoot('2026-07-01T21:30:00Z', []); // 23:30 on 1 July
    await shoot('2026-07-01T22:30:00Z', [], 'dark'); // 00:30 on 2 July
    await writePhoto(getDb(), makePhoto('2026-07-02T10:00:00Z'));
    const { id, cameraId } = makePhoto('x');
    const unreadable: UnreadablePhoto = {
      kind: 'unreadable',
      id,
      cameraId,
      path: 'x',
      bytes: 0,
      reason: 'r',
      message: 'm',
    };
    await writePhoto(getDb(), unreadable);
    const rows = await getDb().query(
      'select day, expected, received, unreadable, dark, usable, analysed from rivage.photo_status order by day',
    );
    expect(rows).toEqual([
      { day: '2026-07-01', expected: 12, received: 1, unreadable: 0, dark: 0, usable: 1, analysed: 1 },
      { day: '2026-07-02', expected: 24, received: 2, unreadable: 0, dark: 1, usable: 1, analysed: 1 },
      { day: null, expected: null, received: 1, unreadable: 1, dark: 0, usable: 0, analysed: 0 },
    ]);
  });

  it('expects photos up to the last one where nobody told when the camera was taken down', async () => {
    await shoot('2026-07-01T10:00:00Z', []);
    await shoot('2026-07-01T14:00:00Z', []);
    const rows = await getDb().query('select day, expected, received from rivage.photo_status');
    expect(rows).toEqual([{ day: '2026-07-01', expected: 5, received: 2 }]);
  });

  it('expects 23 photos on the day that loses an hour, at one an hour', async () => {
    await writeCameras(getDb(), [
      { ...camera, mountedFrom: new Date('2026-03-27T23:00:00Z'), mountedTo: new Date('2026-03-30T22:00:00Z') },
    ]);
    const rows = await getDb().query<{ expected: number }>('select expected from rivage.photo_status order by day');
    expect(rows.map((row) => row.expected)).toEqual([24, 23, 24]);
  });
});
