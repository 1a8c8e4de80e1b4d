import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeSlice, toPhotoBox } from '../../src/detect/letterbox.ts';
import type { Manifest } from '../../src/detect/manifest.ts';
import { toTensor } from '../../src/detect/tensor.ts';

const side = fc.integer({ min: 8, max: 3000 });
const input = { widthPx: 512, heightPx: 512 };

it('keeps proportions to a pixel, fills one side and leaves none over', () => {
  fc.assert(
    fc.property(side, side, (widthPx, heightPx) => {
      const { sizePx } = placeSlice({ widthPx, heightPx }, input, 'letterbox');
      expect(Math.max(sizePx.widthPx, sizePx.heightPx)).toBe(512);
      const short = 512 * (Math.min(widthPx, heightPx) / Math.max(widthPx, heightPx));
      expect(Math.abs(Math.min(sizePx.widthPx, sizePx.heightPx) - Math.max(1, short))).toBeLessThanOrEqual(0.5);
    }),
  );
});

it('finds the whole slice again, wherever it lies', () => {
  fc.assert(
    fc.property(side, side, fc.constantFrom('letterbox' as const, 'stretch' as const), (w, h, fit) => {
      const slice = { x: 100, y: 40, w, h };
      const placement = placeSlice({ widthPx: w, heightPx: h }, input, fit);
      const all = { x: 0, y: 0, w: placement.sizePx.widthPx, h: placement.sizePx.heightPx };
      const back = toPhotoBox(all, placement, slice);
      for (const key of ['x', 'y', 'w', 'h'] as const) expect(back[key]).toBeCloseTo(slice[key], 6);
    }),
  );
});

it('lays channels in planes in the order asked, normalised, and greys what the photo does not cover', () => {
  const image = { sizePx: { widthPx: 1, heightPx: 1 }, rgb: Uint8Array.of(10, 20, 30) };
  const manifestInput: Manifest['input'] = {
    name: 'x',
    widthPx: 2,
    heightPx: 1,
    channels: 'BGR',
    mean: [0, 10, 20],
    std: [2, 1, 1],
    fit: 'letterbox',
  };
  expect([...toTensor(image, manifestInput)]).toEqual([15, 57, 10, 104, -10, 94]);
});
