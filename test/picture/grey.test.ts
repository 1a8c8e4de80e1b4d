import { expect, it } from 'vitest';
import { toGrey } from '../../src/picture/grey.ts';

const colour = { red: [255, 0, 0], green: [0, 255, 0], blue: [0, 0, 255], white: [255, 255, 255] } as const;

it('weighs colours as eyes do', () => {
  const rgb = Uint8Array.from([...colour.red, ...colour.green, ...colour.blue, ...colour.white]);
  const { grey, factor } = toGrey({ sizePx: { widthPx: 4, heightPx: 1 }, rgb });
  expect([...grey]).toEqual([77, 149, 29, 255]);
  expect(factor).toBe(1);
});

it('makes a wide picture smaller by whole blocks, and leaves out rows and columns that fill none', () => {
  const sizePx = { widthPx: 4801, heightPx: 7 };
  const rgb = new Uint8Array(sizePx.widthPx * sizePx.heightPx * 3).fill(90);
  // The block of the last but one column and the second row of blocks: u 4794–4796, v 3–5.
  for (const v of [3, 4, 5])
    for (let u = 4794; u < 4797; u++) rgb.fill(210, 3 * (v * 4801 + u), 3 * (v * 4801 + u + 1));
  const { sizePx: smaller, grey, factor } = toGrey({ sizePx, rgb });
  expect([smaller, factor]).toEqual([{ widthPx: 1600, heightPx: 2 }, 3]);
  expect([...grey.subarray(-3)]).toEqual([90, 210, 90]);
  expect(grey.filter((value) => value !== 90)).toHaveLength(1);
});
