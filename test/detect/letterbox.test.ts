import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Manifest } from '../../src/detect/manifest.ts';
import { placeSlice, toPhotoBox } from '../../src/detect/network/letterbox.ts';
import { toTensor } from '../../src/detect/network/tensor.ts';

const fits = fc.constantFrom('letterbox' as const, 'stretch' as const);
const places = fc.constantFrom('top-left' as const, 'centre' as const);
const side = fc.integer({ min: 8, max: 3000 });
const input = { widthPx: 512, heightPx: 512, fit: 'letterbox', place: 'top-left' } as const;

it('keeps proportions to a pixel, fills one side and leaves none over', () => {
  fc.assert(
    fc.property(side, side, (widthPx, heightPx) => {
      const { sizePx } = placeSlice({ widthPx, heightPx }, input);
      expect(Math.max(sizePx.widthPx, sizePx.heightPx)).toBe(512);
      const short = 512 * (Math.min(widthPx, heightPx) / Math.max(widthPx, heightPx));
      expect(Math.abs(Math.min(sizePx.widthPx, sizePx.heightPx) - Math.max(1, short))).toBeLessThanOrEqual(0.5);
    }),
  );
});

it('finds the whole slice again, wherever it lies', () => {
  fc.assert(
    fc.property(side, side, fits, places, (w, h, fit, place) => {
      const slice = { x: 100, y: 40, w, h };
      const placement = placeSlice({ widthPx: w, heightPx: h }, { ...input, fit, place });
      const all = { x: placement.x, y: placement.y, w: placement.sizePx.widthPx, h: placement.sizePx.heightPx };
      const back = toPhotoBox(all, placement, slice);
      for (const key of ['x', 'y', 'w', 'h'] as const) expect(back[key]).toBeCloseTo(slice[key], 6);
    }),
  );
});

it('leaves as much on both sides of a slice in the centre', () => {
  const wide = placeSlice({ widthPx: 200, heightPx: 100 }, { ...input, place: 'centre' });
  expect(wide).toMatchObject({ x: 0, y: 128, sizePx: { widthPx: 512, heightPx: 256 } });
  expect(toPhotoBox({ x: 256, y: 256, w: 10, h: 10 }, wide, { x: 1000, y: 0, w: 200, h: 100 })).toMatchObject({
    x: 1100,
    y: 50,
  });
});

const asked: Manifest['input'] = {
  name: 'x',
  widthPx: 2,
  heightPx: 1,
  channels: 'BGR',
  mean: [0, 10, 20],
  std: [2, 1, 1],
  fit: 'letterbox',
  place: 'top-left',
  fill: [114, 114, 114],
  layout: 'NCHW',
};
const onePixel = { sizePx: { widthPx: 1, heightPx: 1 }, rgb: Uint8Array.of(10, 20, 30) };

it('lays channels in planes in the order asked, normalised, and greys what the photo does not cover', () => {
  expect([...toTensor(onePixel, asked)]).toEqual([15, 57, 10, 104, -10, 94]);
});

it('lays channels side by side where a network asks for it', () => {
  expect([...toTensor(onePixel, { ...asked, layout: 'NHWC' })]).toEqual([15, 10, -10, 57, 104, 94]);
});

it('lays the photo where its place is, on the colour asked', () => {
  const filled = toTensor(onePixel, { ...asked, fill: [1, 2, 3] }, { x: 1, y: 0 });
  expect([...filled]).toEqual([1.5, 15, -8, 10, -19, -10]);
});
