import type { Rgb } from '../../light/light.ts';
import type { Random } from '../../random.ts';

/** Kinds that a season's visitors carry. */
const carried = ['dome', 'tunnel', 'ridge'] as const;
/** All kinds: `cabin` is a family tent, `lean-to` a tarp with one side up. */
const tentKinds = [
  'dome',
  'geodesic',
  'tunnel',
  'cabin',
  'bivy',
  'ridge',
  'pyramid',
  'bell',
  'tarp',
  'lean-to',
] as const;
export type TentKind = (typeof tentKinds)[number];

/** How one tent looks: the same every time it is seen. Its folds and small things follow from its sizes. */
export interface TentDesign {
  readonly kind: TentKind;
  readonly lengthM: number;
  readonly widthM: number;
  readonly heightM: number;
  readonly fabric: Rgb;
  readonly second: Rgb;
  readonly open: boolean;
}

const fabrics: readonly [Rgb, ...Rgb[]] = [
  [0.1, 0.17, 0.06],
  [0.5, 0.16, 0.02],
  [0.52, 0.09, 0.04],
  [0.55, 0.4, 0.07],
  [0.05, 0.15, 0.32],
  [0.3, 0.31, 0.28],
  [0.16, 0.2, 0.11],
  [0.24, 0.19, 0.11],
  [0.04, 0.26, 0.27],
  [0.62, 0.6, 0.54],
];

/** Others that one meets: silver, white, sand, olive, black, dark red, violet, pale blue, lime. */
const moreFabrics: readonly [Rgb, ...Rgb[]] = [
  ...fabrics,
  [0.55, 0.56, 0.58],
  [0.78, 0.77, 0.72],
  [0.48, 0.4, 0.27],
  [0.1, 0.1, 0.045],
  [0.025, 0.026, 0.03],
  [0.28, 0.03, 0.03],
  [0.16, 0.07, 0.26],
  [0.25, 0.38, 0.5],
  [0.35, 0.5, 0.08],
  [0.6, 0.28, 0.04],
  [0.07, 0.1, 0.08],
  [0.36, 0.35, 0.3],
];

/** Chooses a small mountain tent. */
export function designTent(random: Random): TentDesign {
  const kind = random.pick(['dome', 'dome', ...carried.slice(1)] as [TentKind, ...TentKind[]]);
  const fabric = random.pick(fabrics);
  return {
    kind,
    lengthM: random.between(2.1, 2.7) + (kind === 'tunnel' ? 0.7 : 0),
    widthM: random.between(1.2, 2),
    heightM: random.between(0.95, 1.25),
    fabric,
    second: random.chance(0.4) ? random.pick(fabrics) : fabric,
    open: random.chance(0.35),
  };
}

/** Length, width and height of each kind, m: least and most. */
const sizesM: Readonly<Record<TentKind, readonly [Span, Span, Span]>> = {
  dome: [
    [2, 2.9],
    [1.3, 2.4],
    [0.95, 1.4],
  ],
  geodesic: [
    [2.6, 4.2],
    [2.4, 3.8],
    [1.2, 1.9],
  ],
  tunnel: [
    [2.6, 4.8],
    [1.3, 2.5],
    [0.9, 1.6],
  ],
  cabin: [
    [3.2, 5.5],
    [2.3, 3.4],
    [1.7, 2.2],
  ],
  bivy: [
    [2.1, 2.5],
    [0.7, 1],
    [0.45, 0.75],
  ],
  ridge: [
    [2, 2.9],
    [1.2, 2.1],
    [0.9, 1.6],
  ],
  pyramid: [
    [1.9, 3.2],
    [1.8, 3],
    [1.2, 1.8],
  ],
  bell: [
    [3.4, 5],
    [3.4, 5],
    [2.3, 3],
  ],
  tarp: [
    [2.4, 3.4],
    [1.8, 2.8],
    [0.9, 1.5],
  ],
  'lean-to': [
    [2.4, 3.4],
    [1.6, 2.4],
    [1, 1.7],
  ],
};

type Span = readonly [number, number];

/** Chooses any tent, tarp or bivy bag that one may meet, new or faded. */
export function designAnyTent(random: Random): TentDesign {
  const kind = random.pick<TentKind>(['dome', 'dome', 'dome', 'tunnel', 'tunnel', 'ridge', ...tentKinds]);
  const [length, width, height] = sizesM[kind].map(([low, high]) => random.between(low, high)) as [
    number,
    number,
    number,
  ];
  const fabric = fade(random.pick(moreFabrics), random);
  return {
    kind,
    lengthM: length,
    widthM: Math.min(width, length),
    heightM: height,
    fabric,
    second: random.chance(0.5) ? fade(random.pick(moreFabrics), random) : fabric,
    open: random.chance(0.55),
  };
}

/** Sun and dirt take some of a colour. */
function fade(colour: Rgb, random: Random): Rgb {
  const grey = 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2];
  const faded = random.chance(0.4) ? random.between(0.1, 0.6) : 0;
  const tone = random.between(0.7, 1.25);
  return colour.map((value) =>
    Math.min(0.88, (value + (grey * 0.7 + 0.1 - value) * faded) * tone * random.between(0.9, 1.1)),
  ) as unknown as Rgb;
}
