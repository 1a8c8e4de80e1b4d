import { expect, it } from 'vitest';
import { readAhead } from '../../src/pipeline/read-ahead.ts';

const always = () => true;

async function collect<Thing>(things: AsyncIterable<Thing>): Promise<readonly Thing[]> {
  const all: Thing[] = [];
  for await (const thing of things) all.push(thing);
  return all;
}

it.each([[[]], [['a']], [['a', 'b']], [['a', 'b', 'c']]])('gives %j in order', async (items) => {
  for (const isSmall of [always, () => false]) {
    expect(await collect(readAhead(items, async (item) => item.toUpperCase(), isSmall))).toEqual(
      items.map((item) => item.toUpperCase()),
    );
  }
});

it.each([
  { what: 'one ahead', isSmall: always, begunAtEach: [2, 3, 4, 4] },
  { what: 'none ahead where memory is short', isSmall: () => false, begunAtEach: [1, 2, 3, 4] },
])('reads $what', async ({ isSmall, begunAtEach }) => {
  let begun = 0;
  const seen: number[] = [];
  for await (const _ of readAhead([1, 2, 3, 4], async () => begun++, isSmall)) seen.push(begun);
  expect(seen).toEqual(begunAtEach);
});

it('tells of a failure at the turn of the thing that failed, after those before it', async () => {
  const seen: number[] = [];
  const read = async (item: number) => (item === 3 ? Promise.reject(new Error('three')) : item);
  const all = async () => {
    for await (const thing of readAhead([1, 2, 3, 4], read, always)) seen.push(thing);
  };
  await expect(all()).rejects.toThrow('three');
  expect(seen).toEqual([1, 2]);
});

it('leaves nothing at work behind one who stops', async () => {
  let working = 0;
  const read = async (item: number) => {
    working++;
    await new Promise((resolve) => setTimeout(resolve, 5));
    working--;
    return item;
  };
  for await (const thing of readAhead([1, 2, 3], read, always)) {
    expect(thing).toBe(1);
    break;
  }
  expect(working).toBe(0);
});
