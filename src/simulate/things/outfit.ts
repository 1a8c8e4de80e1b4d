import type { Rgb } from '../light/light.ts';
import type { Random } from '../random.ts';

/** How a person looks. Colours are linear RGB. */
export interface Outfit {
  readonly heightM: number;
  /** Breadth against the mean, 0.85–1.2. */
  readonly build: number;
  readonly skin: Rgb;
  readonly hair: Rgb;
  readonly longHair: boolean;
  readonly top: Rgb;
  readonly sleeves: 'long' | 'short';
  readonly bottom: Rgb;
  readonly legs: 'long' | 'short';
  readonly shoes: Rgb;
  readonly hat: Rgb | undefined;
  readonly pack: Rgb | undefined;
  /** Size of the pack: 1 is a day pack. */
  readonly packSize: number;
  readonly poles: boolean;
  /** Trunks or a swimsuit in the water and while sunbathing. */
  readonly swim: Rgb;
  readonly swimTop: boolean;
}

const skins: readonly [Rgb, ...Rgb[]] = [
  [0.62, 0.38, 0.27],
  [0.53, 0.31, 0.21],
  [0.68, 0.44, 0.33],
  [0.36, 0.2, 0.13],
  [0.17, 0.09, 0.06],
];
const hairs: readonly [Rgb, ...Rgb[]] = [
  [0.03, 0.02, 0.015],
  [0.07, 0.04, 0.02],
  [0.14, 0.08, 0.04],
  [0.33, 0.23, 0.11],
  [0.3, 0.29, 0.28],
];
/** Jackets, shirts and packs. */
const bright: readonly [Rgb, ...Rgb[]] = [
  [0.38, 0.045, 0.04],
  [0.05, 0.12, 0.34],
  [0.06, 0.23, 0.28],
  [0.5, 0.19, 0.05],
  [0.52, 0.4, 0.09],
  [0.09, 0.22, 0.09],
  [0.22, 0.07, 0.19],
  [0.68, 0.66, 0.62],
  [0.035, 0.038, 0.045],
  [0.45, 0.16, 0.2],
  [0.22, 0.34, 0.47],
  [0.19, 0.2, 0.21],
  [0.42, 0.41, 0.4],
  [0.12, 0.13, 0.16],
  [0.33, 0.31, 0.22],
  [0.06, 0.06, 0.11],
];
/** Trousers, shorts and shoes. */
const sober: readonly [Rgb, ...Rgb[]] = [
  [0.03, 0.032, 0.038],
  [0.05, 0.055, 0.07],
  [0.1, 0.095, 0.085],
  [0.19, 0.16, 0.11],
  [0.03, 0.05, 0.11],
  [0.09, 0.1, 0.05],
  [0.28, 0.25, 0.2],
  [0.07, 0.1, 0.17],
];

/** Dresses one person. Overnight hikers carry large packs. */
export function dress(random: Random, overnight: boolean): Outfit {
  const isChild = !overnight && random.chance(0.12);
  return {
    heightM: isChild ? random.between(1.1, 1.5) : Math.min(1.95, Math.max(1.5, 1.7 + random.normal(0.09))),
    build: random.between(0.88, 1.16),
    skin: random.pick(skins),
    hair: random.pick(hairs),
    longHair: random.chance(0.4),
    top: dyed(random.pick(bright), random),
    sleeves: random.chance(0.35) ? 'long' : 'short',
    bottom: dyed(random.chance(0.85) ? random.pick(sober) : random.pick(bright), random),
    legs: random.chance(0.5) ? 'long' : 'short',
    shoes: random.pick(sober),
    hat: random.chance(0.45) ? random.pick(random.chance(0.5) ? bright : sober) : undefined,
    pack: overnight || random.chance(0.72) ? dyed(random.pick(random.chance(0.5) ? bright : sober), random) : undefined,
    packSize: overnight ? random.between(1.2, 1.45) : random.between(0.8, 1.05),
    poles: random.chance(0.3),
    swim: random.pick(bright),
    swimTop: random.chance(0.5),
  };
}

/** No two garments have quite the same colour. */
function dyed(colour: Rgb, random: Random): Rgb {
  const tone = random.between(0.75, 1.25);
  return [colour[0] * tone * random.between(0.9, 1.1), colour[1] * tone, colour[2] * tone * random.between(0.9, 1.1)];
}
