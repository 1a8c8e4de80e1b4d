import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePicture, encodeJpeg, encodePng } from '../../src/picture/codec.ts';
import type { Image } from '../../src/picture/image.ts';
import { publishPictures } from '../../src/publish/pictures.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rivage-pictures-'));
const workspace = path.join(folder, 'workspace');
const pictures = publishPictures([workspace]);
const box = { x: 40, y: 40, w: 20, h: 20 };
const found = [{ labels: ['person'], detections: [{ label: 'person', confidence: 0.06, box }] }];

/** Single-pixel black and white columns: the finest detail that a picture can hold. */
function stripes(widthPx: number, heightPx: number): Image {
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let index = 0; index < rgb.length; index++) rgb[index] = Math.floor(index / 3) % 2 ? 255 : 0;
  return { sizePx: { widthPx, heightPx }, rgb };
}

/** Mean difference between neighbours in a part of a picture: 255 for stripes, about 0 when blurred. */
function detail(image: Image, part: { x: number; y: number; w: number; h: number }): number {
  let sum = 0;
  for (let v = part.y; v < part.y + part.h; v++) {
    for (let u = part.x; u < part.x + part.w - 1; u++) {
      const at = (v * image.sizePx.widthPx + u) * 3;
      sum += Math.abs((image.rgb[at] ?? 0) - (image.rgb[at + 3] ?? 0));
    }
  }
  return sum / (part.h * (part.w - 1));
}

beforeAll(async () => {
  mkdirSync(path.join(workspace, 'photos'), { recursive: true });
  writeFileSync(path.join(workspace, 'photos/a.png'), await encodePng(stripes(200, 150)));
  writeFileSync(path.join(folder, 'secret.jpg'), await encodeJpeg(stripes(20, 20)));
  symlinkSync(path.join(folder, 'secret.jpg'), path.join(workspace, 'photos/link.jpg'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('published pictures', () => {
  it('hide a possible person and leave the rest sharp', async () => {
    const image = await decodePicture(await pictures.photo({ path: 'photos/a.png', looks: found }, undefined));
    expect(detail(image, box)).toBeLessThan(12);
    expect(detail(image, { x: 120, y: 100, w: 40, h: 40 })).toBeGreaterThan(150);
  });

  it('hide all of a photo that nobody looked at', async () => {
    const image = await decodePicture(await pictures.photo({ path: 'photos/a.png', looks: [] }, undefined));
    expect(detail(image, { x: 5, y: 5, w: 190, h: 140 })).toBeLessThan(12);
  });

  it('hide persons in crops too, also those who only stand beside the box', async () => {
    const beside = { x: 70, y: 40, w: 20, h: 20 };
    const crop = await decodePicture(await pictures.crop({ path: 'photos/a.png', looks: found }, beside, undefined));
    expect(crop.sizePx.widthPx).toBeGreaterThanOrEqual(96);
    // The crop's left edge is at 80 − 48 = 32 px, its upper one at 2 px: the person is at (8, 38).
    expect(detail(crop, { x: 8, y: 38, w: 20, h: 20 })).toBeLessThan(12);
    expect(detail(crop, { x: 60, y: 70, w: 30, h: 20 })).toBeGreaterThan(150);
  });

  it('are as wide as asked, and never larger than the photo', async () => {
    const width = async (wish: number) =>
      (await decodePicture(await pictures.photo({ path: 'photos/a.png', looks: found }, wish))).sizePx;
    expect(await width(100)).toEqual({ widthPx: 100, heightPx: 75 });
    expect(await width(4000)).toEqual({ widthPx: 200, heightPx: 150 });
  });

  it('are never made from a file outside the folders, by dots or by a link', async () => {
    const ask = (file: string) => pictures.photo({ path: file, looks: [] }, undefined);
    await expect(ask('../secret.jpg')).rejects.toMatchObject({ code: 'outside-folders' });
    await expect(ask('photos/link.jpg')).rejects.toMatchObject({ code: 'outside-folders' });
    await expect(ask('/etc/passwd')).rejects.toMatchObject({ code: 'outside-folders' });
    await expect(ask('photos/none.jpg')).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('may come from a camera folder that is named beside the workspace', async () => {
    const both = publishPictures([workspace, folder]);
    await expect(both.photo({ path: '../secret.jpg', looks: [] }, undefined)).resolves.toBeInstanceOf(Uint8Array);
  });
});
