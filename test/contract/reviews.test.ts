import { beforeEach, describe, expect, it } from 'vitest';
import { sunAt } from '../../src/simulate/light/sun.ts';
import { siteOrigin } from '../../src/simulate/world/site.ts';
import { type FoundThing, writeAnalysis } from '../../src/store/analyses.ts';
import { writeModel } from '../../src/store/models.ts';
import { writePhoto } from '../../src/store/photos.ts';
import {
  listHandedPhotos,
  listReviewCandidates,
  readFinds,
  takeReviewId,
  writeReview,
  writeReviewed,
} from '../../src/store/reviews.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { makeFound, makePhoto, writePlaces } from '../support/lake-fixture.ts';

const modelId = 'tents@1';
const noon = '2026-07-01T11:00:00Z';
const everything = { cameraIds: undefined, from: undefined, to: undefined, again: false };

/** A person found in a box, or seen there. */
function person(x: number, [w, h]: readonly [number, number] = [40, 80], confidence = 0.9): FoundThing {
  const found = makeFound('person', [6.4, 44.8], confidence);
  return { ...found, detection: { ...found.detection, box: { x, y: 100, w, h } } };
}
const seen = (x: number, [w, h]: readonly [number, number] = [40, 80], unclear = false) => ({
  ...{ label: 'person', unclear },
  box: { x, y: 100, w, h },
});

describeOnBothEngines('reviews', (getDb) => {
  beforeEach(async () => {
    await getDb().exec(
      'truncate rivage.photo, rivage.model, rivage.camera, rivage.lake, rivage.review restart identity cascade',
    );
    await writePlaces(getDb());
    await writeModel(getDb(), { modelId, labels: ['person', 'tent'], thresholds: { tent: 0.3, person: 0.3 } });
  });

  async function shoot(
    takenAt: string,
    found: readonly FoundThing[],
    { visibility = 'usable', model = modelId }: { visibility?: 'usable' | 'fog'; model?: string } = {},
  ) {
    const photo = makePhoto(takenAt, visibility);
    await writePhoto(getDb(), photo);
    await writeAnalysis(getDb(), { photoId: photo.id, modelId: model, calibrationId: undefined, durationMs: 1, found });
    return photo.id;
  }

  /** Hands photos out under their own ids as names; the photos as they are known then. */
  async function handOut(weights: Readonly<Record<string, number>>, hidden: readonly (typeof box)[] = []) {
    const reviewId = await takeReviewId(getDb());
    const photos = Object.entries(weights).map(([photoId, weight]) => ({
      ...{ photoId, weight, hidden },
      fileName: `r${reviewId}_${photoId}.jpg`,
    }));
    await writeReview(getDb(), { reviewId, request: {}, models: [modelId], annotationsSha256: 'abc', photos });
    return (await listHandedPhotos(getDb())).filter((photo) => photo.reviewId === reviewId);
  }
  const box = { x: 0, y: 0, w: 1, h: 1 };

  function scores(label = 'person', light = 'day') {
    return getDb().query(
      `select photos, there, found, matched, precision, recall from rivage.review_score
       where label = $1 and light = $2 and model_id = $3`,
      [label, light, modelId],
    );
  }
  const objects = () => getDb().query('select label, x, unclear from rivage.review_object order by x');

  it('may choose photos that figures are made of: usable, analysed by a shown model, not handed out yet', async () => {
    await writeModel(getDb(), { modelId: 'other@1', labels: ['person'], thresholds: {} });
    const empty = await shoot('2026-07-01T11:00:00Z', [person(0, [40, 80], 0.2)]);
    const busy = await shoot('2026-07-01T04:00:00Z', [person(0)]);
    await shoot('2026-07-01T12:00:00Z', [person(0)], { visibility: 'fog' });
    await shoot('2026-07-01T13:00:00Z', [person(0)], { model: 'other@1' });
    await writePhoto(getDb(), makePhoto('2026-07-01T14:00:00Z'));
    const done = await shoot('2026-07-01T15:00:00Z', []);
    await writeReviewed(getDb(), [{ fid: (await handOut({ [done]: 1 }))[0]?.fid ?? 0, objects: [] }], undefined);
    expect(await listReviewCandidates(getDb(), everything)).toMatchObject([
      { photoId: busy, light: 'dim', hasFinds: true, sizePx: { widthPx: 4000, heightPx: 3000 } },
      { photoId: empty, light: 'day', hasFinds: false, calibrationId: undefined },
    ]);
    await handOut({ [busy]: 1 });
    expect(await listReviewCandidates(getDb(), everything)).toMatchObject([{ photoId: empty }]);
    expect(await listReviewCandidates(getDb(), { ...everything, again: true })).toHaveLength(2);
    expect(await listReviewCandidates(getDb(), { ...everything, cameraIds: ['none'] })).toEqual([]);
    const from = new Date('2026-07-01T10:00:00Z');
    expect(await listReviewCandidates(getDb(), { ...everything, again: true, from })).toHaveLength(1);
    expect(await listReviewCandidates(getDb(), { ...everything, again: true, to: from })).toHaveLength(1);
    expect(await readFinds(getDb(), [busy, empty])).toMatchObject([{ photoId: busy, label: 'person', modelId }]);
  });

  it('are stored whole or not at all', async () => {
    const id = await shoot(noon, []);
    const [photo] = await handOut({ [id]: 2 });
    const fid = photo?.fid ?? 0;
    await writeReviewed(getDb(), [{ fid, objects: [seen(10)] }], 'Ana');
    const flat = { ...seen(30), box: { x: 30, y: 0, w: 0, h: 5 } };
    const refused = writeReviewed(getDb(), [{ fid, objects: [seen(20), flat] }], 'Bea');
    await expect(refused).rejects.toMatchObject({ code: 'database-refused' });
    expect(await objects()).toEqual([{ label: 'person', x: 10, unclear: false }]);
    expect(await getDb().query('select reviewer from rivage.review_photo')).toEqual([{ reviewer: 'Ana' }]);
    await expect(handOut({ [id]: 2, none: 3 })).rejects.toMatchObject({ code: 'database-refused' });
    expect(await listHandedPhotos(getDb())).toHaveLength(1);
  });

  it('replace what was stored of them before, and never double', async () => {
    const id = await shoot(noon, []);
    const [photo] = await handOut({ [id]: 2 });
    for (const x of [10, 20, 20]) await writeReviewed(getDb(), [{ fid: photo?.fid ?? 0, objects: [seen(x)] }], 'Ana');
    expect(await objects()).toEqual([{ label: 'person', x: 20, unclear: false }]);
    expect(await scores()).toMatchObject([{ photos: 1, there: 1 }]);
  });

  describe('review_score', () => {
    it('knows nothing of photos that did not come back, and 0 of empty ones that did', async () => {
      const id = await shoot(noon, []);
      const [photo] = await handOut({ [id]: 2 });
      const unknown = { photos: 0, there: null, found: null, matched: null, precision: null, recall: null };
      expect(await scores()).toEqual([unknown]);
      await writeReviewed(getDb(), [{ fid: photo?.fid ?? 0, objects: [] }], undefined);
      expect(await scores()).toEqual([{ ...unknown, photos: 1, there: 0, found: 0, matched: 0 }]);
      expect(await scores('person', 'dark')).toEqual([unknown]);
    });

    it('matches one to one, and weighs photos by how many they stand for', async () => {
      // two found of which one is right, one missed; then one found and right, standing for three photos
      const first = await shoot(noon, [person(10), person(500)]);
      const second = await shoot('2026-07-01T12:00:00Z', [person(10)]);
      const photos = await handOut({ [first]: 1, [second]: 3 });
      const [one, two] = photos.map(({ fid }) => fid) as [number, number];
      await writeReviewed(
        getDb(),
        [
          { fid: one, objects: [seen(14), seen(900)] },
          { fid: two, objects: [seen(10)] },
        ],
        'Ana',
      );
      expect(await scores()).toEqual([{ photos: 2, there: 3, found: 3, matched: 2, precision: 4 / 5, recall: 4 / 5 }]);
    });

    it('counts the second box on one person as wrong, and the second person in one box as missed', async () => {
      const twice = await shoot(noon, [person(10), person(15)]);
      const pair = await shoot('2026-07-01T12:00:00Z', [person(10)]);
      const photos = await handOut({ [twice]: 1, [pair]: 1 });
      const [one, two] = photos.map(({ fid }) => fid) as [number, number];
      await writeReviewed(
        getDb(),
        [
          { fid: one, objects: [seen(10)] },
          { fid: two, objects: [seen(5), seen(15)] },
        ],
        'A',
      );
      expect(await scores()).toMatchObject([{ there: 3, found: 3, matched: 2 }]);
    });

    it.each([
      ['half of a large one is enough', 13, [40, 80], 1], // 27 of 53 columns: .51
      ['less is not', 14, [40, 80], 0], // 26 of 54: .48
      ['a third of a small one is', 5, [10, 20], 1], // 5 of 15: .333
      ['less of it is not', 6, [10, 20], 0],
    ] as const)('%s', async (_, offPx, size, matched) => {
      const id = await shoot(noon, [person(100 + offPx, size)]);
      const [photo] = await handOut({ [id]: 1 });
      await writeReviewed(getDb(), [{ fid: photo?.fid ?? 0, objects: [seen(100, size)] }], undefined);
      expect(await scores()).toMatchObject([{ there: 1, found: 1, matched }]);
    });

    it('asks nothing of what is unclear or was blanked', async () => {
      const id = await shoot(noon, [person(10), person(60), person(900)]);
      const [photo] = await handOut({ [id]: 1 }, [{ x: 880, y: 90, w: 100, h: 100 }]);
      const crowd = seen(0, [60, 100], true);
      await writeReviewed(getDb(), [{ fid: photo?.fid ?? 0, objects: [crowd, seen(60)] }], undefined);
      expect(await scores()).toMatchObject([{ there: 1, found: 1, matched: 1 }]);
    });

    it('judges another model by the same review, and takes the last review of a photo', async () => {
      const id = await shoot(noon, [person(10)]);
      await writeModel(getDb(), { modelId: 'other@1', labels: ['person'], thresholds: { person: 0.5 } });
      const found = [person(10, [40, 80], 0.4)];
      await writeAnalysis(getDb(), {
        photoId: id as never,
        modelId: 'other@1',
        calibrationId: undefined,
        durationMs: 1,
        found,
      });
      const [early] = await handOut({ [id]: 1 });
      const [late] = await handOut({ [id]: 1 });
      await writeReviewed(getDb(), [{ fid: early?.fid ?? 0, objects: [] }], 'Ana');
      await writeReviewed(getDb(), [{ fid: late?.fid ?? 0, objects: [seen(10)] }], 'Bea');
      expect(await scores()).toMatchObject([{ photos: 1, there: 1, found: 1, matched: 1 }]);
      const rows = await getDb().query(
        `select shown, there, found, recall from rivage.review_score
         where model_id = 'other@1' and photos > 0 and label = 'person'`,
      );
      expect(rows).toEqual([{ shown: false, there: 1, found: 0, recall: 0 }]);
    });
  });

  it('go by the height of the sun', async () => {
    const instants = Array.from({ length: 200 }, (_, at) => new Date(Date.UTC(2026, 0, 1) + at * 43.7 * 3600e3));
    const rows = await getDb().query<{ deg: number; light: string }>(
      `select rivage.sun_altitude_deg(place, instant) as deg, rivage.light_of(place, instant) as light
       from unnest($1::timestamptz[]) with ordinality as i (instant, at),
         (select ST_SetSRID(ST_MakePoint($2, $3), 4326) as place) as p order by at`,
      [instants, siteOrigin.lng, siteOrigin.lat],
    );
    rows.forEach(({ deg, light }, at) => {
      const { altitudeDeg } = sunAt(instants[at] as Date);
      // suncalc adds refraction, up to 0.6° near the horizon
      expect(Math.abs(deg - altitudeDeg)).toBeLessThan(altitudeDeg > 10 ? 0.15 : 0.75);
      expect(light).toBe(deg >= 6 ? 'day' : deg >= -6 ? 'dim' : 'dark');
    });
    expect(new Set(rows.map(({ light }) => light)).size).toBe(3);
  });
});
