import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blurBoxes, blurWhole } from '../../src/picture/blur.ts';
import { cropImage } from '../../src/picture/crop.ts';
import type { Image } from '../../src/picture/image.ts';

const size = { widthPx: 60, heightPx: 90 };
const noise = (seed: number): Image => {
  let state = seed >>> 0;
  const rgb = new Uint8Array(size.widthPx * size.heightPx * 3).map(() => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return { sizePx: size, rgb };
};

/** The same colours in another order inside every 2 × 2 block. */
function shuffleBlocks(image: Image): Image {
  const rgb = image.rgb.slice();
  const { widthPx, heightPx } = image.sizePx;
  for (let y = 0; y < heightPx; y += 2) {
    for (let x = 0; x < widthPx; x += 2) {
      const a = (y * widthPx + x) * 3;
      const b = ((y + 1) * widthPx + x + 1) * 3;
      rgb.set(image.rgb.subarray(a, a + 3), b);
      rgb.set(image.rgb.subarray(b, b + 3), a);
    }
  }
  return { ...image, rgb };
}

describe('blurring', () => {
  it('leaves every pixel away from the box as it was', () => {
    const image = noise(1);
    const hidden = blurBoxes(image, [{ x: 20, y: 30, w: 12, h: 36 }]);
    for (let y = 0; y < 90; y++) {
      for (let x = 0; x < 60; x++) {
        if (x > 15 && x < 36 && y > 25 && y < 70) continue;
        const at = (y * 60 + x) * 3;
        expect(hidden.rgb[at]).toBe(image.rgb[at]);
      }
    }
  });

  it('cannot be undone: pictures that differ inside a cell come out equal', () => {
    // On 48 × 48 px the cells are 8 px wide, so no 2 × 2 block lies in two of them.
    const box = { x: 0, y: 0, w: 48, h: 48 };
    const square = cropImage(noise(2), box);
    if (!square) throw new Error('no square');
    const shuffled = shuffleBlocks(square);
    expect(shuffled.rgb).not.toEqual(square.rgb);
    const one = blurBoxes(square, [box]);
    const other = blurBoxes(shuffled, [box]);
    expect(one.rgb).toEqual(other.rgb);
  });

  it('takes the detail away', () => {
    const hidden = cropImage(blurBoxes(noise(3), [{ x: 10, y: 10, w: 40, h: 60 }]), { x: 12, y: 12, w: 36, h: 56 });
    if (!hidden) throw new Error('no crop');
    let steps = 0;
    for (let i = 3; i < hidden.rgb.length; i += 3) {
      if (i % (36 * 3) !== 0) steps = Math.max(steps, Math.abs((hidden.rgb[i] ?? 0) - (hidden.rgb[i - 3] ?? 0)));
    }
    expect(steps).toBeLessThan(20);
  });

  it('takes any box, also outside the picture', () => {
    const real = fc.double({ min: -200, max: 200, noNaN: true });
    const length = fc.double({ min: 0, max: 300, noNaN: true });
    fc.assert(
      fc.property(real, real, length, length, (x, y, w, h) => {
        const image = noise(4);
        expect(blurBoxes(image, [{ x, y, w, h }]).rgb.length).toBe(image.rgb.length);
      }),
      { numRuns: 30 },
    );
  });

  it('hides a whole photo', () => {
    const image = noise(5);
    expect(blurWhole(image).rgb).not.toEqual(image.rgb);
  });
});
