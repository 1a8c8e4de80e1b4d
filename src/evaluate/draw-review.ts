import { ServiceError } from '../errors.ts';

/** Something that was chosen by chance, and how many of its kind it stands for: 1 / its chance. */
export interface Drawn<Item> {
  readonly item: Item;
  readonly weight: number;
}

/**
 * Chooses `count` items by chance, of every stratum some: as many as go by the square root of its size, so that rare
 * ones can be judged too. All items of a stratum have the same chance, and none has none: a sum over the chosen ones,
 * each times its weight, is right on average for all.
 * Source: power allocation with exponent ½ (Bankier 1988), shared out by D'Hondt's rule.
 * @throws ServiceError review-too-few
 */
export function drawReview<Item>(
  items: readonly Item[],
  stratumOf: (item: Item) => string,
  { count, unit }: { readonly count: number; readonly unit: () => number },
): readonly Drawn<Item>[] {
  const strata = groupBy(items, stratumOf);
  if (count < strata.length) throw new ServiceError('review-too-few', { count, strata: strata.length });
  const shares = shareOut(
    strata.map(({ length }) => length),
    Math.min(count, items.length),
  );
  return strata.flatMap((members, at) => {
    const share = shares[at] ?? 0;
    return drawSome(members, share, unit).map((item) => ({ item, weight: members.length / share }));
  });
}

/** In the order of the names of their strata, so that the order of the items does not matter. */
function groupBy<Item>(items: readonly Item[], stratumOf: (item: Item) => string): readonly (readonly Item[])[] {
  const strata = new Map<string, Item[]>();
  for (const item of items) {
    const name = stratumOf(item);
    const there = strata.get(name);
    if (there) there.push(item);
    else strata.set(name, [item]);
  }
  return [...strata].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, members]) => members);
}

/** How many of each stratum are chosen: one at least, all at most. */
function shareOut(sizes: readonly number[], count: number): readonly number[] {
  const shares = sizes.map(() => 1);
  for (let given = sizes.length; given < count; given++) {
    let [neediest, most] = [0, -Infinity];
    sizes.forEach((size, at) => {
      const share = shares[at] ?? 0;
      const need = share < size ? Math.sqrt(size) / share : -Infinity;
      if (need > most) [neediest, most] = [at, need];
    });
    shares[neediest] = (shares[neediest] ?? 0) + 1;
  }
  return shares;
}

/** `count` of some items, in their order; every choice is as likely. Source: selection sampling (Knuth, TAOCP 2, 3.4.2, S). */
function drawSome<Item>(items: readonly Item[], count: number, unit: () => number): readonly Item[] {
  let wanted = count;
  return items.filter((_, at) => {
    const taken = unit() * (items.length - at) < wanted;
    if (taken) wanted--;
    return taken;
  });
}
