import { expect, it } from 'vitest';
import { shrinkTo } from '../../src/picture/codec.ts';
import { letteringWidth, letterPath } from '../../src/picture/lettering.ts';
import { drawBoxes } from '../../src/picture/overlay.ts';
import { drawShapes } from '../../src/picture/shapes.ts';

it('draws a box and its text where they belong', async () => {
  const sizePx = { widthPx: 120, heightPx: 80 };
  const black = { sizePx, rgb: new Uint8Array(120 * 80 * 3) };
  const box = { x: 30, y: 40, w: 40, h: 30 };
  const drawn = await drawBoxes(black, [{ box, text: 'person 0.42', colour: '#ff0000' }]);
  const red = (x: number, y: number): number => drawn.rgb[(y * 120 + x) * 3] ?? 0;
  expect(red(30, 55)).toBeGreaterThan(100);
  expect(red(50, 55)).toBe(0);
  let plate = 0;
  for (let x = 30; x < 100; x++) for (let y = 25; y < 38; y++) plate += red(x, y) > 60 ? 1 : 0;
  expect(plate).toBeGreaterThan(40);
});

it('draws small letters as capitals with their accents, and leaves unknown ones blank', () => {
  expect(letterPath('e', 0, 0, 6)).toBe(letterPath('E', 0, 0, 6));
  const accent = letterPath('é', 0, 0, 6).replace(letterPath('E', 0, 0, 6), '');
  // Over the letter, from the right down to the middle.
  expect(accent).toBe('M2.8 -1.8L1.6 -0.8');
  expect(letterPath('\u00e7', 0, 0, 6)).not.toBe(letterPath('c', 0, 0, 6));
  expect(letterPath('漢', 0, 0, 6)).toBe('');
  expect(letteringWidth('ÀB', 6)).toBeCloseTo(11.2);
});

it('draws lines, circles, plates and texts', async () => {
  const sizePx = { widthPx: 100, heightPx: 60 };
  const grey = { sizePx, rgb: new Uint8Array(100 * 60 * 3).fill(100) };
  const drawn = await drawShapes(grey, [
    {
      kind: 'line',
      pixels: [
        { u: 5, v: 10.5 },
        { u: 5.2, v: 10.5 },
        { u: 95, v: 10.5 },
      ],
      colour: '#ff0000',
      widthPx: 3,
    },
    { kind: 'circle', centre: { u: 30, v: 40 }, radiusPx: 8, colour: '#00ff00', widthPx: 2 },
    { kind: 'plate', box: { x: 60, y: 30, w: 30, h: 20 }, opacity: 1 },
    { kind: 'text', at: { u: 65, v: 35 }, text: 'I', heightPx: 12, colour: '#ffffff' },
  ]);
  const at = (x: number, y: number) => [...drawn.rgb.subarray((y * 100 + x) * 3, (y * 100 + x) * 3 + 3)];
  expect(at(50, 10)).toEqual([255, 0, 0]);
  expect(at(50, 20)).toEqual([100, 100, 100]);
  expect(at(38, 40)[1]).toBeGreaterThan(200);
  expect(at(30, 40)).toEqual([100, 100, 100]);
  expect(at(86, 45)).toEqual([0, 0, 0]);
  expect(at(69, 41)[0]).toBeGreaterThan(150);
});

it('makes an image narrower, never wider', async () => {
  const image = { sizePx: { widthPx: 100, heightPx: 60 }, rgb: new Uint8Array(100 * 60 * 3) };
  expect((await shrinkTo(image, 50)).sizePx).toEqual({ widthPx: 50, heightPx: 30 });
  expect(await shrinkTo(image, 200)).toBe(image);
  expect(await shrinkTo(image, undefined)).toBe(image);
});
