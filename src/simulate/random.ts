/** A seeded stream of random numbers. Streams with other names are independent, so that adding one changes no other. */
export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Normal with mean 0 and the given standard deviation. */
  normal(sigma: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** True with the given probability. */
  chance(probability: number): boolean;
}

/**
 * The stream of a name under a seed.
 * Source: state of splitmix32 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"), seeded by FNV-1a of the name.
 */
export function createRandom(seed: number, ...name: readonly (string | number)[]): Random {
  let state = hashName(`${seed}/${name.join('/')}`);
  const unit = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  return {
    unit,
    between: (low, high) => low + (high - low) * unit(),
    normal: (sigma) => sigma * Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    pick: (items) => items[Math.floor(unit() * items.length)] ?? items[0],
    chance: (probability) => unit() < probability,
  };
}

function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash;
}
