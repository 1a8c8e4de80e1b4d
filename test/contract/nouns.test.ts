import { beforeAll, expect, it } from 'vitest';
import { ServiceError } from '../../src/errors.ts';
import type { UnreadablePhoto } from '../../src/ingest/photo.ts';
import { hasAnalysis, readTentFrames, writeAnalysis, writeFailedAnalysis } from '../../src/store/analyses.ts';
import { writeCameras } from '../../src/store/cameras.ts';
import { writeLakes } from '../../src/store/lakes.ts';
import { showModel, writeModel } from '../../src/store/models.ts';
import { listDoneFiles, writePhoto } from '../../src/store/photos.ts';
import { replaceStays } from '../../src/store/stays.ts';
import { writeZones } from '../../src/store/zones.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import {
  bivouacArea,
  camera,
  lake,
  makeFound,
  makePhoto,
  makeSquare,
  makeUnplaced,
  meadow,
  writePlaces,
} from '../support/lake-fixture.ts';

const modelId = 'tents@1';
describeOnBothEngines('the nouns in the database', (getDb) => {
  beforeAll(async () => {
    await writePlaces(getDb());
    await writeModel(getDb(), { modelId, labels: ['person', 'tent'], thresholds: { tent: 0.3 } });
  });

  it('keeps a lake as it was written, to the last digit of its shoreline', async () => {
    const rows = await getDb().query(
      `select lake_id as id, name, ST_AsGeoJSON(geom, 15)::jsonb as shoreline, water_level_m as "waterLevelM",
         water_level_sigma_m as "waterLevelSigmaM", time_zone as "timeZone" from rivage.lake`,
    );
    const { waterReadings, ...stored } = lake;
    expect(rows).toEqual([stored]);
  });

  it('takes a removed camera and lake away, but not those that have photos', async () => {
    const db = getDb();
    const other = { ...lake, id: 'other' as typeof lake.id };
    await writeLakes(db, [lake, other]);
    await writeCameras(db, [camera, { ...camera, id: 'empty' as typeof camera.id, lakeId: other.id }]);
    await writePhoto(db, makePhoto('2026-06-01T10:00:00Z'));
    await writeCameras(db, []);
    await writeLakes(db, []);
    expect(await db.query('select camera_id as id from rivage.camera')).toEqual([{ id: camera.id }]);
    expect(await db.query('select lake_id as id from rivage.lake')).toEqual([{ id: lake.id }]);
    await writePlaces(db);
  });

  it('keeps photos and unreadable files as they were written', async () => {
    const db = getDb();
    const photo = makePhoto('2026-06-02T10:00:00Z', 'fog');
    const unreadable: UnreadablePhoto = {
      kind: 'unreadable',
      id: 'bad' as typeof photo.id,
      cameraId: camera.id,
      path: 'north/bad.jpg',
      bytes: 0,
      reason: 'photo-truncated',
      message: 'The photo ends too early.',
    };
    await writePhoto(db, photo);
    await writePhoto(db, unreadable);
    const rows = await db.query(
      'select photo_id as id, bytes, taken_at as at, visibility, reason from rivage.photo where photo_id = any ($1)',
      [[photo.id, unreadable.id]],
    );
    expect(rows).toContainEqual({
      id: photo.id,
      bytes: photo.bytes,
      at: photo.takenAt,
      visibility: 'fog',
      reason: null,
    });
    const { id, reason } = unreadable;
    expect(rows).toContainEqual({ id, bytes: 0, at: null, visibility: 'unreadable', reason });
  });

  it('replaces an unreadable file when it has come whole, and knows a photo under two names', async () => {
    const db = getDb();
    const photo = makePhoto('2026-06-03T10:00:00Z');
    const { cameraId, path } = photo;
    const half = {
      kind: 'unreadable',
      id: 'half' as typeof photo.id,
      cameraId,
      path,
      bytes: 10,
      reason: 'x',
      message: '',
    } as const;
    await writePhoto(db, half);
    await writePhoto(db, photo);
    await writePhoto(db, { ...photo, path: 'north/copy.jpg' });
    const photos = await db.query('select path from rivage.photo where photo_id = any ($1)', [[half.id, photo.id]]);
    expect(photos).toEqual([{ path }]);
    const files = await db.query('select path, bytes from rivage.photo_file where photo_id = $1 order by path', [
      photo.id,
    ]);
    expect(files).toEqual([path, 'north/copy.jpg'].sort().map((name) => ({ path: name, bytes: 1000 })));
  });

  it('calls a file done when the model has looked, or failed to', async () => {
    const db = getDb();
    const [seen, failed, left] = ['11', '12', '13'].map((h) => makePhoto(`2026-06-04T${h}:00:00Z`)) as [
      Photo,
      Photo,
      Photo,
    ];
    for (const photo of [seen, failed, left]) await writePhoto(db, photo);
    await writeAnalysis(db, { photoId: seen.id, modelId, calibrationId: undefined, durationMs: 5, found: [] });
    const error = new ServiceError('internal', { why: 'no memory' });
    await writeFailedAnalysis(db, { photoId: failed.id, modelId, error });
    expect(await hasAnalysis(db, failed.id, modelId)).toBe(true);
    const work = { cameraId: camera.id, modelId, retry: [] };
    const done = await listDoneFiles(db, work);
    expect([done.get(seen.path), done.get(failed.path), done.get(left.path)]).toEqual([1000, 1000, undefined]);
    expect(done.get('north/bad.jpg')).toBe(0);
    const [bad] = await db.query<{ reason: string }>("select reason from rivage.photo where path = 'north/bad.jpg'");
    const again = await listDoneFiles(db, { ...work, retry: [bad?.reason ?? ''] });
    expect(again.has('north/bad.jpg')).toBe(false);
  });

  it('stores detections, places, reasons and zones of a photo together, and replaces them together', async () => {
    const db = getDb();
    const photo = makePhoto('2026-06-05T10:00:00Z');
    await writePhoto(db, photo);
    const found = [makeFound('person', [6.4005, 44.8035], 0.07), makeUnplaced('tent', 'above-horizon')];
    const analysis = { photoId: photo.id, modelId, calibrationId: undefined, durationMs: 5, found };
    await writeAnalysis(db, analysis);
    await writeAnalysis(db, analysis);
    const rows = await db.query(
      `select d.label, d.confidence, d.x, d.h, ST_AsText(s.geom) as geom, s.cov_en_m2 as cov, s.reason,
         array(select zone_id from rivage.sighting_zone as z where z.detection_fid = d.fid) as zones
       from rivage.analysis as a join rivage.detection as d using (analysis_id)
       join rivage.sighting as s on s.detection_fid = d.fid where a.photo_id = $1 order by d.fid`,
      [photo.id],
    );
    const box = { x: 10, h: 40 };
    expect(rows).toEqual([
      {
        label: 'person',
        confidence: 0.07,
        ...box,
        geom: 'POINT(6.4005 44.8035)',
        cov: 1,
        reason: null,
        zones: ['bivouac-north'],
      },
      { label: 'tent', confidence: 0.9, ...box, geom: null, cov: null, reason: 'above-horizon', zones: [] },
    ]);
  });

  it('puts a sighting into every zone that its ellipse reaches, with the share of the ellipse inside', async () => {
    const db = getDb();
    const photo = makePhoto('2026-06-05T11:00:00Z');
    await writePhoto(db, photo);
    // the zone begins at 44.803 N: well inside, on its edge, 3 m south of it (its ellipse reaches 7 m), far away
    const found = [44.8035, 44.803, 44.802973, 44.8025].map((lat) => makeFound('person', [6.4005, lat]));
    await writeAnalysis(db, { photoId: photo.id, modelId, calibrationId: undefined, durationMs: 5, found });
    const rows = await db.query<{ zone_id: string; holds_point: boolean; probability: number }>(
      `select zone_id, holds_point, probability from rivage.sighting_zone join rivage.detection on fid = detection_fid
       join rivage.analysis using (analysis_id) where photo_id = $1 order by fid`,
      [photo.id],
    );
    expect(rows.map((row) => [row.zone_id, row.holds_point])).toEqual([
      ['bivouac-north', true],
      ['bivouac-north', true],
      ['bivouac-north', false],
    ]);
    const [inside, edge, outside] = rows.map((row) => row.probability);
    expect(inside).toBe(1);
    expect(edge).toBeCloseTo(0.5, 1);
    expect(outside).toBeGreaterThan(0.1);
    expect(outside).toBeLessThan(0.4);
  });

  it('stores nothing of an analysis that breaks off', async () => {
    const db = getDb();
    const photo = makePhoto('2026-06-06T10:00:00Z');
    await writePhoto(db, photo);
    const found = [makeFound('person', [6.4, 44.8]), makeFound('person', [6.4, 44.8], 2)];
    const write = writeAnalysis(db, { photoId: photo.id, modelId, calibrationId: undefined, durationMs: 5, found });
    await expect(write).rejects.toThrow('confidence');
    expect(await hasAnalysis(db, photo.id, modelId)).toBe(false);
  });

  it('puts earlier sightings into a zone that is drawn later', async () => {
    const db = getDb();
    const photo = makePhoto('2026-06-07T10:00:00Z');
    await writePhoto(db, photo);
    const found = [makeFound('person', [6.4205, 44.8005])];
    await writeAnalysis(db, { photoId: photo.id, modelId, calibrationId: undefined, durationMs: 5, found });
    const trail = { ...meadow, id: 'trail' as typeof meadow.id, name: 'Trail', polygon: makeSquare(6.42, 44.8, 0.001) };
    expect(await writeZones(db, [bivouacArea, meadow, trail])).toEqual({ moved: 1 });
    const members = () => db.query("select zone_id from rivage.sighting_zone where zone_id = 'trail'");
    expect(await members()).toHaveLength(1);
    const renamed = { ...trail, name: 'Path' };
    expect(await writeZones(db, [bivouacArea, meadow, renamed])).toEqual({ moved: 0 });
    const moved = { ...trail, polygon: makeSquare(6.43, 44.8, 0.001) };
    expect(await writeZones(db, [bivouacArea, meadow, moved])).toEqual({ moved: 1 });
    expect(await members()).toHaveLength(0);
    await writeZones(db, [bivouacArea, meadow, trail]);
    expect(await writeZones(db, [bivouacArea, meadow])).toEqual({ moved: 1 });
  });

  it('puts what is stored while a zone is drawn anew into the new outline', async () => {
    const db = getDb();
    const photo = makePhoto('2026-06-07T11:00:00Z');
    await writePhoto(db, photo);
    const found = [makeFound('person', [6.4055, 44.8005])];
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const analysis = { photoId: photo.id, modelId, calibrationId: undefined, durationMs: 5, found };
    const storing = begun.then(() => writeAnalysis(db, analysis));
    await db.transaction(async (tx) => {
      await writeZones(tx, [bivouacArea, { ...meadow, polygon: makeSquare(6.44, 44.8, 0.001) }]);
      begin();
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await storing;
    expect(await db.query("select from rivage.sighting_zone where zone_id = 'meadow'")).toEqual([]);
    await writeZones(db, [bivouacArea, meadow]);
  });

  it('lets an analysis be stored anew while a zone that holds its sightings is drawn anew', async () => {
    const db = getDb();
    const photo = makePhoto('2026-06-07T12:00:00Z');
    await writePhoto(db, photo);
    const found = [makeFound('person', [6.4055, 44.8005])];
    const analysis = { photoId: photo.id, modelId, calibrationId: undefined, durationMs: 5, found };
    await writeAnalysis(db, analysis);
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const storing = begun.then(() => writeAnalysis(db, analysis));
    await db.transaction(async (tx) => {
      await tx.query('lock table rivage.zone in share row exclusive mode');
      begin();
      await new Promise((resolve) => setTimeout(resolve, 200));
      await writeZones(tx, [bivouacArea, { ...meadow, polygon: makeSquare(6.44, 44.8, 0.001) }]);
    });
    await storing;
    expect(await hasAnalysis(db, photo.id, modelId)).toBe(true);
    await writeZones(db, [bivouacArea, meadow]);
  });

  it('gives the stay linker usable frames with sightings above the threshold, empty frames too', async () => {
    const db = getDb();
    const shots = [
      {
        photo: makePhoto('2026-06-08T18:00:00Z'),
        found: [makeFound('tent', [6.4, 44.8], 0.31), makeFound('tent', [6.4, 44.8], 0.29)],
      },
      { photo: makePhoto('2026-06-08T19:00:00Z'), found: [makeFound('person', [6.4, 44.8])] },
      { photo: makePhoto('2026-06-08T20:00:00Z', 'dark'), found: [makeFound('tent', [6.4, 44.8])] },
    ];
    for (const { photo, found } of shots) {
      await writePhoto(db, photo);
      await writeAnalysis(db, { photoId: photo.id, modelId, calibrationId: undefined, durationMs: 5, found });
    }
    const source = { cameraId: camera.id, modelId, label: 'tent' };
    const frames = (await readTentFrames(db, source)).filter((frame) => frame.takenAt > new Date('2026-06-08'));
    expect(frames.map((frame) => [frame.takenAt.toISOString(), frame.sightings.length])).toEqual([
      ['2026-06-08T18:00:00.000Z', 1],
      ['2026-06-08T19:00:00.000Z', 0],
    ]);
    expect(frames[0]?.sightings[0]?.sighting).toEqual({
      point: { lng: 6.4, lat: 44.8 },
      covariance: { eeM2: 4, enM2: 1, nnM2: 9 },
    });
    expect(await readTentFrames(db, { ...source, label: 'boat' })).toEqual([]);
  });

  it('replaces the stays of one camera, model and label', async () => {
    const db = getDb();
    const source = { cameraId: camera.id, modelId, label: 'tent' };
    const photo = makePhoto('2026-06-09T10:00:00Z');
    await writePhoto(db, photo);
    const found = [makeFound('tent', [6.4, 44.8]), makeFound('tent', [6.4, 44.8])];
    await writeAnalysis(db, { photoId: photo.id, modelId, calibrationId: undefined, durationMs: 5, found });
    const keys = (await readTentFrames(db, source)).at(-1)?.sightings.map((sighting) => sighting.key) ?? [];
    const stay = {
      point: { lng: 6.4, lat: 44.8 },
      covariance: { eeM2: 4, enM2: 1, nnM2: 9 },
      firstSeen: new Date('2026-06-09T10:00:00Z'),
      lastSeen: new Date('2026-06-09T12:00:00Z'),
      keys,
    };
    await replaceStays(db, source, [stay, { ...stay, keys: [] }]).catch(() => undefined); // a stay of no frame is refused whole
    expect(await db.query('select from rivage.stay')).toHaveLength(0);
    await replaceStays(db, source, [stay]);
    await replaceStays(db, source, [stay]);
    expect(await db.query('select frames, first_seen from rivage.stay')).toEqual([
      { frames: 2, first_seen: stay.firstSeen },
    ]);
    expect(await db.query('select detection_fid as key from rivage.stay_member order by 1')).toEqual(
      keys.map((key) => ({ key })),
    );
    await replaceStays(db, source, []);
    expect(await db.query('select from rivage.stay')).toHaveLength(0);
  });

  it('shows a label from one model: its newer version takes over, another model only when told', async () => {
    const db = getDb();
    const shown = () => db.query('select label, model_id from rivage.label_threshold where shown order by label');
    await db.query("update rivage.label_threshold set min_confidence = 0.6 where model_id = $1 and label = 'tent'", [
      modelId,
    ]);
    await writeModel(db, { modelId, labels: ['person', 'tent'], thresholds: { tent: 0.3 } });
    expect(await db.query("select min_confidence as min from rivage.label_threshold where label = 'tent'")).toEqual([
      { min: 0.6 },
    ]);
    await writeModel(db, { modelId: 'other@1', labels: ['boat', 'person'], thresholds: {} });
    expect(await shown()).toEqual([
      { label: 'boat', model_id: 'other@1' },
      { label: 'person', model_id: 'tents@1' },
      { label: 'tent', model_id: 'tents@1' },
    ]);
    await writeModel(db, { modelId: 'tents@2', labels: ['person', 'tent'], thresholds: {} });
    await showModel(db, 'other@1');
    expect(await shown()).toEqual([
      { label: 'boat', model_id: 'other@1' },
      { label: 'person', model_id: 'other@1' },
      { label: 'tent', model_id: 'tents@2' },
    ]);
  });
});

type Photo = ReturnType<typeof makePhoto>;
