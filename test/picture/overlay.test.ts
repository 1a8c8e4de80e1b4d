import { expect, it } from 'vitest';
import { letteringWidth, letterPath } from '../../src/picture/lettering.ts';
import { drawBoxes } from '../../src/picture/overlay.ts';

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

it('draws small letters and accents as capitals, and leaves unknown ones blank', () => {
  expect(letterPath('é', 0, 0, 6)).toBe(letterPath('E', 0, 0, 6));
  expect(letterPath('漢', 0, 0, 6)).toBe('');
  expect(letteringWidth('AB', 6)).toBeCloseTo(11.2);
});
