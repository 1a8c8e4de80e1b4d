import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readFocal } from '../../src/ingest/exif.ts';

const sizePx = { widthPx: 120, heightPx: 80 };

/** A photo of 120 × 80 px with these EXIF tags; rationals as '6/1'. */
function photoWith(tags: Readonly<Record<string, string>>): Promise<Uint8Array> {
  return sharp({ create: { width: 120, height: 80, channels: 3, background: 'grey' } })
    .withExif({ IFD2: tags })
    .jpeg()
    .toBuffer();
}

/** The bytes with the width and height of the EXIF (tags 0xA002, 0xA003) made fifty times larger: sharp writes its own. */
function takenLarger(photo: Uint8Array): Uint8Array {
  const view = new DataView(photo.buffer, photo.byteOffset, photo.length);
  let found = 0;
  for (let at = 0; at + 12 <= photo.length && found < 2; at++) {
    if (view.getUint32(at + 4, true) !== 1 || view.getUint16(at + 2, true) !== 4) continue;
    if (![0xa002, 0xa003].includes(view.getUint16(at, true))) continue;
    view.setUint32(at + 8, 50 * view.getUint32(at + 8, true), true);
    found++;
  }
  expect(found).toBe(2);
  return photo;
}

describe('the focal length that a photo tells', () => {
  it('comes from its 35 mm equivalent, by the diagonal', async () => {
    const found = await readFocal(await photoWith({ FocalLengthIn35mmFilm: '36', FocalLength: '6/1' }), sizePx);
    expect(found?.focalMm).toBe(6);
    expect(found?.px?.focalPx).toBeCloseTo(120, 6);
    expect((found?.px?.sigmaPx ?? 0) / 120).toBeCloseTo(0.051, 3);
  });

  it('comes rather from the pitch of its sensor, whatever size the photo was made since', async () => {
    // 6000 px at 500 px a mm: a sensor of 12 mm, here under 120 px.
    const tags = { FocalLength: '6/1', FocalPlaneXResolution: '5000/1', FocalPlaneResolutionUnit: '3' };
    const wide = { ...tags, FocalLengthIn35mmFilm: '40' };
    const found = await readFocal(takenLarger(await photoWith(wide)), sizePx);
    expect(found?.px?.focalPx).toBeCloseTo(60, 6);
    const nonsense = { ...wide, FocalPlaneXResolution: '5/1' };
    expect((await readFocal(await photoWith(nonsense), sizePx))?.px?.focalPx).toBeCloseTo((40 / 36) * 120, 6);
  });

  it('may be in mm alone, or nothing', async () => {
    const found = await readFocal(await photoWith({ FocalLength: '6/1' }), sizePx);
    expect(found).toEqual({ focalMm: 6, px: undefined });
    expect(await readFocal(await photoWith({}), sizePx)).toBeUndefined();
    expect(await readFocal(new Uint8Array([1, 2, 3]), sizePx)).toBeUndefined();
  });
});
