import { beforeEach, expect, it } from 'vitest';
import { measurePicture, type PictureStatistics, thumbnailSizePx } from '../../src/ingest/picture-statistics.ts';
import type { Image } from '../../src/picture/image.ts';
import { judgeVisibilities } from '../../src/pipeline/judge-visibilities.ts';
import { writePhoto } from '../../src/store/photos.ts';
import { readPictures } from '../../src/store/visibilities.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { camera, makePhoto, writePlaces } from '../support/lake-fixture.ts';
import { cover } from '../support/spoil-picture.ts';

const { widthPx, heightPx } = thumbnailSizePx;

function paint(seed: number): Image {
  const value = (at: number) => 70 + ((((at * 7919) >> 3) + seed) % 97);
  return { sizePx: thumbnailSizePx, rgb: Uint8Array.from({ length: widthPx * heightPx * 3 }, (_, at) => value(at)) };
}

const clear = measurePicture(paint(1));
const hidden = measurePicture(cover(paint(2), { x: 0.4, y: 0, w: 0.6, h: 1 }, [30, 25, 20]));

describeOnBothEngines('stored visibilities', (getDb) => {
  beforeEach(async () => {
    await getDb().exec('truncate rivage.photo, rivage.camera, rivage.lake, rivage.model restart identity cascade');
    await writePlaces(getDb());
  });

  const noonOf = (day: number) => `2026-07-${String(day).padStart(2, '0')}T11:00:00Z`;
  const shoot = (day: number, statistics?: PictureStatistics) =>
    writePhoto(getDb(), { ...makePhoto(noonOf(day)), statistics });
  const read = () =>
    getDb().query(
      'select visibility, visibility_origin as origin, count(*)::int as n from rivage.photo group by 1, 2 order by 1, 2',
    );
  const judge = () => judgeVisibilities(getDb(), camera.id);

  it('comes back as it was measured, with the height of the sun', async () => {
    await shoot(1, clear);
    const [picture] = await readPictures(getDb(), camera.id);
    expect(picture?.sunAltitudeDeg).toBeGreaterThan(60);
    const { light, coarse, fine, ...means } = picture?.statistics ?? clear;
    expect({ ...means, light: [...light], coarse: [...coarse], fine: [...fine] }).toEqual({
      ...clear,
      ...{ light: [...clear.light], coarse: [...clear.coarse], fine: [...clear.fine] },
    });
  });

  it('is judged by the picture alone until the camera has a history, and anew when it has one', async () => {
    await shoot(1, hidden);
    for (let day = 2; day < 8; day++) await shoot(day, clear);
    await judge();
    expect(await read()).toEqual([{ visibility: 'usable', origin: 'picture', n: 7 }]);
    for (let day = 8; day < 15; day++) await shoot(day, clear);
    await judge();
    expect(await read()).toEqual([
      { visibility: 'blocked', origin: 'history', n: 1 },
      { visibility: 'usable', origin: 'history', n: 13 },
    ]);
  });

  it("keeps a person's word, and leaves photos alone whose picture was never measured", async () => {
    for (let day = 1; day < 15; day++) await shoot(day, day === 3 ? hidden : clear);
    await shoot(20);
    await getDb().query(
      "update rivage.photo set visibility = 'usable', visibility_origin = 'person' where taken_at = $1",
      [noonOf(3)],
    );
    await judge();
    expect(await read()).toEqual([
      { visibility: 'usable', origin: 'history', n: 13 },
      { visibility: 'usable', origin: 'person', n: 1 },
      { visibility: 'usable', origin: 'picture', n: 1 },
    ]);
  });

  it('begins a new history with each calibration that holds from a day on', async () => {
    for (let day = 1; day < 15; day++) await shoot(day, clear);
    for (let day = 15; day < 18; day++) await shoot(day, hidden);
    await getDb().query(
      `insert into rivage.calibration (camera_id, body, rmse_px, valid_from) values ($1, '{}', 1, null), ($1, '{}', 1, $2)`,
      [camera.id, '2026-07-15T00:00:00Z'],
    );
    await judge();
    expect(await read()).toEqual([
      { visibility: 'usable', origin: 'history', n: 14 },
      { visibility: 'usable', origin: 'picture', n: 3 },
    ]);
  });
});
