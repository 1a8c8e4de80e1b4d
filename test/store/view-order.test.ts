import { expect, it } from 'vitest';
import { sortViews } from '../../src/store/view-order.ts';

const view = (name: string, ...from: string[]) => ({
  name,
  text: from.map((other) => `from rivage.${other}\n`).join(''),
});

it('puts a view after every view that it reads', () => {
  const sorted = sortViews([view('a', 'c', 'lake'), view('b'), view('c', 'b', 'b_long'), view('b_long')]);
  expect(sorted.map((file) => file.name)).toEqual(['b', 'b_long', 'c', 'a']);
});

it('says which views need each other', () => {
  expect(() => sortViews([view('a', 'b'), view('b', 'a')])).toThrow('a, b');
});
