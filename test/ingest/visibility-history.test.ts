import { readdir } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measurePicture, thumbnailSizePx } from '../../src/ingest/picture-statistics.ts';
import { judgeAgainstHistory, type PhotoOfHistory } from '../../src/ingest/visibility-history.ts';
import { decodePicture, resize } from '../../src/picture/codec.ts';
import type { Image } from '../../src/picture/image.ts';
import { describeWithReferenceData, referencePath } from '../support/reference-data.ts';
import { cover, veil, wet } from '../support/spoil-picture.ts';

const { widthPx, heightPx } = thumbnailSizePx;
const rows = 8;

/** A calm sky over a shore: grass, stones and water, with as much light and noise as wished. */
function paintShore(seed: number, light = 1): Image {
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  let state = seed + 1;
  for (let pixel = 0; pixel < widthPx * heightPx; pixel++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const x = pixel % widthPx;
    const y = Math.floor(pixel / widthPx);
    const stones = ((((x >> 3) * 7919 + (y >> 3) * 104729) % 97) / 97) * 70 + ((x * 31 + y * 17) % 11) * 3;
    const value = y < heightPx / rows ? 180 : 70 + stones;
    rgb.fill(Math.min(255, value * light + (state % 5)), 3 * pixel, 3 * pixel + 3);
  }
  return { sizePx: thumbnailSizePx, rgb };
}

const noon = Date.UTC(2025, 6, 1, 12);
const day = 86_400_000;

function shot(image: Image, atMs: number, change: Partial<PhotoOfHistory> = {}): PhotoOfHistory {
  return {
    ...{ takenAt: new Date(atMs), sunAltitudeDeg: 60, view: 'a', isMoved: false, statistics: measurePicture(image) },
    ...change,
  };
}

/** Twenty clear photos, one a day. */
const clear = Array.from({ length: 20 }, (_, index) =>
  shot(paintShore(index, 0.8 + 0.02 * (index % 10)), noon + index * day),
);

function judge(image: Image, change: Partial<PhotoOfHistory> = {}): string {
  const [judged] = judgeAgainstHistory([shot(image, noon + 10.1 * day, change), ...clear]);
  return `${judged?.visibility} by ${judged?.origin}`;
}

const shore = paintShore(99);
const whole = { x: 0, y: 0, w: 1, h: 1 };
const skin = [60, 45, 40] as const;

describe('visibility by the history of the camera', () => {
  it('is usable of each clear photo, in dull light and bright', () => {
    expect(judgeAgainstHistory(clear).map(({ visibility }) => visibility)).toEqual(clear.map(() => 'usable'));
    for (const light of [0.6, 0.8, 1, 1.2]) expect(judge(paintShore(5, light))).toBe('usable by history');
  });

  it.each<[string, string, Image, Partial<PhotoOfHistory>?]>([
    ['fog', 'a veil that leaves a tenth of the contrast', veil(shore, 0.1)],
    ['fog', 'a veil that leaves a fifth', veil(shore, 0.2)],
    ['blocked', 'a hand before the right half', cover(shore, { x: 0.5, y: 0, w: 0.5, h: 1 }, skin)],
    ['blocked', 'a hand before all of it', cover(shore, whole, [16, 12, 11])],
    ['blocked', 'snow on the lower part of the housing', cover(shore, { x: 0, y: 0.6, w: 1, h: 0.4 }, [225, 228, 232])],
    ['wet', 'a drop on the lens', wet(shore, [{ x: 0.5, y: 0.6, r: 0.25 }], 0.004)],
    ['wet', 'breath on all of the lens', wet(shore, [{ x: 0.5, y: 0.5, r: 2 }], 0.004)],
    ['dark', 'night', paintShore(99, 0.1), { sunAltitudeDeg: -30 }],
    ['usable', 'a rucksack in a corner', cover(shore, { x: 0, y: 0.7, w: 0.2, h: 0.3 }, skin)],
    ['usable', 'cloud on what is far', cover(shore, { x: 0, y: 0, w: 1, h: 0.3 }, [190, 192, 195])],
  ])('is %s: %s', (visibility, _what, image, change = {}) => {
    expect(judge(image, change).split(' ')[0]).toBe(visibility);
  });

  it('goes by the picture alone where too few photos were taken in like light, of that view or about that time', () => {
    const blocked = cover(shore, { x: 0.5, y: 0, w: 0.5, h: 1 }, skin);
    for (const change of [{ sunAltitudeDeg: 0 }, { view: 'b' }, { takenAt: new Date(noon + 50 * day) }]) {
      expect(judge(blocked, change)).toBe('usable by picture');
    }
    expect(judgeAgainstHistory(clear.slice(0, 11)).every(({ origin }) => origin === 'picture')).toBe(true);
    expect(judgeAgainstHistory(clear.slice(0, 12)).every(({ origin }) => origin === 'history')).toBe(true);
  });

  it('does not hold a camera that looks elsewhere against its usual view, nor learns from it', () => {
    const elsewhere = cover(shore, { x: 0, y: 0.3, w: 1, h: 0.4 }, skin);
    expect(judge(elsewhere, { isMoved: true })).toBe('usable by picture');
    const turned = Array.from({ length: 60 }, (_, index) => shot(elsewhere, noon + index * 1000, { isMoved: true }));
    const [judged] = judgeAgainstHistory([shot(elsewhere, noon + 10 * day), ...turned, ...clear]);
    expect(judged?.visibility).toBe('blocked');
  });

  it('learns what is usual although two photos in five are bad', () => {
    const bad = Array.from({ length: 13 }, (_, index) =>
      shot(wet(paintShore(index), [{ x: 0.5, y: 0.5, r: 2 }], 0.004), noon + (index + 0.2) * day),
    );
    const judged = judgeAgainstHistory([...clear, ...bad]).map(({ visibility }) => visibility);
    expect(judged).toEqual([...clear.map(() => 'usable'), ...bad.map(() => 'wet')]);
  });

  it('is the same in whatever order the photos come', () => {
    const photos = [...clear, shot(veil(shore, 0.15), noon), shot(cover(shore, whole, skin), noon + 3 * day)];
    const asMap = (judged: ReturnType<typeof judgeAgainstHistory>) =>
      new Map(judged.map(({ photo, visibility, origin }) => [photo, `${visibility} ${origin}`]));
    const expected = asMap(judgeAgainstHistory(photos));
    fc.assert(
      fc.property(fc.shuffledSubarray(photos, { minLength: photos.length }), (shuffled) => {
        const judged = asMap(judgeAgainstHistory(shuffled));
        for (const photo of photos) expect(judged.get(photo)).toBe(expected.get(photo));
      }),
      { numRuns: 20 },
    );
  });
});

describeWithReferenceData('visibility of real cameras by their own history', 'data/photos', () => {
  it.each([
    ['alpine_fixed', 'cypress'],
    ['beach_fixed_camera/images', ''],
  ])('is usable of each photo of %s, and fog behind a veil', async (folder, begin) => {
    const from = referencePath(`data/photos/${folder}`);
    const names = (await readdir(from)).filter((name) => name.startsWith(begin) && name.endsWith('.jpg'));
    expect(names.length).toBeGreaterThan(9);
    const images: Image[] = [];
    for (const name of names) images.push(await resize(await decodePicture(`${from}/${name}`), thumbnailSizePx));
    const shots = images.map((image) => shot(image, noon));
    for (const [index, image] of images.entries()) {
      // ten others are too few for a history, so each is there twice
      const others = shots.filter((_, other) => other !== index).flatMap((one) => [one, one]);
      const judge = (one: Image) => judgeAgainstHistory([shot(one, noon), ...others])[0]?.visibility;
      expect([names[index], judge(image), judge(veil(image, 0.15))]).toEqual([names[index], 'usable', 'fog']);
    }
  });
});
