import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { thumbnailSizePx } from '../../src/ingest/picture-statistics.ts';
import { judgeVisibility } from '../../src/ingest/visibility.ts';
import { decodePicture, resize } from '../../src/picture/codec.ts';
import type { Image } from '../../src/picture/image.ts';
import { veil } from '../support/spoil-picture.ts';

const { widthPx, heightPx } = thumbnailSizePx;

function paint(luminanceAt: (x: number, y: number) => number): Image {
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let pixel = 0; pixel < widthPx * heightPx; pixel++) {
    const value = luminanceAt(pixel % widthPx, Math.floor(pixel / widthPx));
    rgb.fill(Math.max(0, Math.min(255, value)), 3 * pixel, 3 * pixel + 3);
  }
  return { sizePx: thumbnailSizePx, rgb };
}

const checks = (x: number, y: number) => ((x >> 3) + (y >> 3)) % 2;

describe('visibility', () => {
  it('of a textured frame is usable, even if calm water and sky are half of it', () => {
    expect(judgeVisibility(paint((x, y) => (y > 128 ? 120 : 80 + 40 * checks(x, y)))).visibility).toBe('usable');
  });

  it('of an even frame is fog, although the camera printed its strip under it', () => {
    expect(judgeVisibility(paint((x, y) => (y >= 224 ? 255 * checks(x, y) : 190))).visibility).toBe('fog');
  });

  it('of a frame at night is dark, whatever its noise', () => {
    expect(judgeVisibility(paint((x, y) => 5 + 20 * checks(x, y))).visibility).toBe('dark');
  });
});

const shared = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const isThere = existsSync(shared);
if (!isThere) console.warn('Skipped: visibility of real photos, as ../shared is not there.');
const fixedCameras = ['photos/alpine_fixed', 'finse_webcam', 'photos/beach_fixed_camera/images'];

describe.skipIf(!isThere)('visibility of real photos', async () => {
  const thumbnails: Image[] = [];
  for (const folder of isThere ? fixedCameras : []) {
    for (const name of (await readdir(shared + folder)).filter((entry) => entry.endsWith('.jpg'))) {
      thumbnails.push(await resize(await decodePicture(`${shared}${folder}/${name}`), thumbnailSizePx));
    }
  }

  it('is usable by day', () => {
    expect(thumbnails.length).toBeGreaterThan(20);
    expect(thumbnails.map((image) => judgeVisibility(image).visibility).filter((word) => word !== 'usable')).toEqual(
      [],
    );
  });

  it('is fog behind a veil that leaves a twentieth of the contrast, all of them', () => {
    expect(
      thumbnails.map((image) => judgeVisibility(veil(image, 0.05)).visibility).every((word) => word === 'fog'),
    ).toBe(true);
  });

  it('is dark six stops under', () => {
    const dim = thumbnails.map((image) => ({ ...image, rgb: image.rgb.map((value) => value * 2 ** (-6 / 2.2)) }));
    expect(dim.map((image) => judgeVisibility(image).visibility).filter((word) => word !== 'dark').length).toBe(0);
  });
});
