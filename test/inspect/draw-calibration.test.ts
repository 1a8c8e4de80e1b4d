import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../src/errors.ts';
import { drawCalibration } from '../../src/inspect/draw-calibration.ts';
import type { Image } from '../../src/picture/image.ts';
import { calibrate, drawCamera, randomFrom } from '../locate/scene.ts';

const random = randomFrom(3);
const camera = drawCamera(random);
const solved = calibrate(camera, random, 8);
const grey = ({ widthPx, heightPx }: Image['sizePx']): Image => ({
  sizePx: { widthPx, heightPx },
  rgb: new Uint8Array(widthPx * heightPx * 3).fill(90),
});

/** Pixels of nearly one colour within so many px of a place. */
function count(
  { rgb, sizePx }: Image,
  [r, g, b]: readonly [number, number, number],
  { u, v }: { u: number; v: number },
) {
  let found = 0;
  for (let y = Math.round(v) - 8; y <= v + 8; y++) {
    for (let x = Math.round(u) - 8; x <= u + 8; x++) {
      const at = (y * sizePx.widthPx + x) * 3;
      const off = Math.hypot((rgb[at] ?? 0) - r, (rgb[at + 1] ?? 0) - g, (rgb[at + 2] ?? 0) - b);
      if (off < 60) found++;
    }
  }
  return found;
}

const yellow = [255, 212, 0] as const;
const red = [255, 59, 48] as const;

describe('the picture of a calibration', () => {
  it('marks each point where it was clicked, the ones left out in another colour', async () => {
    const gcps = solved.gcps.map((gcp, at) => (at === 2 ? { ...gcp, outlier: true } : gcp));
    const calibration = { ...solved, gcps };
    const drawn = await drawCalibration({ image: grey(camera.sizePx), calibration, language: 'en' });
    for (const { pixel, outlier } of gcps) {
      expect(count(drawn, outlier ? red : yellow, pixel)).toBeGreaterThan(10);
    }
    expect(drawn.sizePx).toEqual(camera.sizePx);
    const none = await drawCalibration({ image: grey(camera.sizePx), calibration: solved, language: 'en' });
    for (const { pixel } of gcps) expect(count(none, red, pixel)).toBe(0);
  });

  it('says so in French', async () => {
    const [en, fr] = await Promise.all(
      (['en', 'fr'] as const).map((language) =>
        drawCalibration({ image: grey(camera.sizePx), calibration: solved, language }),
      ),
    );
    expect(en?.rgb).not.toEqual(fr?.rgb);
  });

  it('refuses a photo of another size than the camera was solved for', async () => {
    const image = grey({ widthPx: 640, heightPx: 360 });
    const thrown = await drawCalibration({ image, calibration: solved, language: 'en' }).catch((error) => error);
    expect(thrown).toBeInstanceOf(ServiceError);
    expect(thrown).toMatchObject({ code: 'photo-other-size', params: { photo: '640×360', camera: '1920×1080' } });
  });
});
