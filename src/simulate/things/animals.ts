import { addEllipsoid, addTube, emptyMesh, type Mesh, roughen, type Section, type Vec } from '../draw/mesh.ts';
import type { Rgb } from '../light/light.ts';
import type { Random } from '../random.ts';

export const animalKinds = ['sheep', 'cow', 'horse', 'goat', 'dog', 'marmot'] as const;
export type AnimalKind = (typeof animalKinds)[number];

/** Sizes of a kind, m, as shares of nothing: true lengths. */
interface Breed {
  /** From breast to rump. */
  readonly longM: number;
  /** Height of the back. */
  readonly backM: number;
  /** Half breadth and half depth of the trunk. */
  readonly broadM: number;
  readonly deepM: number;
  readonly neckM: number;
  readonly headM: number;
  readonly legM: number;
  readonly coats: readonly [Rgb, ...Rgb[]];
  readonly spotted: number;
}

const breeds: Readonly<Record<AnimalKind, Breed>> = {
  sheep: {
    ...{ longM: 0.95, backM: 0.72, broadM: 0.24, deepM: 0.25, neckM: 0.22, headM: 0.15, legM: 0.03 },
    ...{
      spotted: 0.1,
      coats: [
        [0.55, 0.5, 0.4],
        [0.65, 0.61, 0.53],
        [0.45, 0.4, 0.3],
        [0.06, 0.05, 0.04],
        [0.2, 0.13, 0.08],
      ],
    },
  },
  cow: {
    ...{ longM: 1.75, backM: 1.4, broadM: 0.36, deepM: 0.4, neckM: 0.5, headM: 0.26, legM: 0.065 },
    ...{
      spotted: 0.45,
      coats: [
        [0.3, 0.14, 0.05],
        [0.42, 0.27, 0.13],
        [0.5, 0.45, 0.37],
        [0.04, 0.035, 0.035],
        [0.25, 0.22, 0.2],
      ],
    },
  },
  horse: {
    ...{ longM: 1.7, backM: 1.5, broadM: 0.29, deepM: 0.33, neckM: 0.75, headM: 0.28, legM: 0.055 },
    ...{
      spotted: 0.1,
      coats: [
        [0.18, 0.08, 0.03],
        [0.3, 0.15, 0.06],
        [0.05, 0.04, 0.035],
        [0.5, 0.48, 0.44],
      ],
    },
  },
  goat: {
    ...{ longM: 0.85, backM: 0.75, broadM: 0.17, deepM: 0.19, neckM: 0.3, headM: 0.13, legM: 0.028 },
    ...{
      spotted: 0.25,
      coats: [
        [0.25, 0.15, 0.07],
        [0.12, 0.08, 0.05],
        [0.5, 0.47, 0.4],
        [0.05, 0.045, 0.04],
      ],
    },
  },
  dog: {
    ...{ longM: 0.62, backM: 0.55, broadM: 0.12, deepM: 0.14, neckM: 0.17, headM: 0.11, legM: 0.026 },
    ...{
      spotted: 0.25,
      coats: [
        [0.04, 0.035, 0.03],
        [0.35, 0.22, 0.1],
        [0.55, 0.52, 0.47],
        [0.15, 0.09, 0.05],
      ],
    },
  },
  marmot: {
    ...{ longM: 0.42, backM: 0.22, broadM: 0.11, deepM: 0.1, neckM: 0.05, headM: 0.06, legM: 0.025 },
    ...{
      spotted: 0,
      coats: [
        [0.2, 0.13, 0.07],
        [0.28, 0.2, 0.11],
        [0.15, 0.11, 0.08],
      ],
    },
  },
};

/** What an animal does; marmots also sit up. */
export const animalPostures = ['standing', 'grazing', 'lying'] as const;
export type AnimalPosture = (typeof animalPostures)[number];

/** Builds an animal with its feet at the origin, facing +x. */
export function buildAnimal(kind: AnimalKind, posture: AnimalPosture, random: Random): Mesh {
  const breed = scaled(breeds[kind], random.between(kind === 'dog' ? 0.6 : 0.75, 1.12));
  const coat = toned(random.pick(breed.coats), random);
  const mesh = emptyMesh();
  if (kind === 'marmot' && posture === 'standing') addSitter(mesh, breed, coat);
  else addBeast(mesh, breed, { kind, posture, coat, random });
  if (random.chance(breed.spotted)) addSpots(mesh, breed, random);
  roughen(mesh, random, { byM: kind === 'sheep' ? 0.018 : 0.006, tone: kind === 'sheep' ? 0.2 : 0.12 });
  return mesh;
}

function scaled(breed: Breed, by: number): Breed {
  const { longM, backM, broadM, deepM, neckM, headM, legM } = breed;
  return {
    ...breed,
    ...{ longM: longM * by, backM: backM * by, broadM: broadM * by, deepM: deepM * by },
    ...{ neckM: neckM * by, headM: headM * by, legM: legM * by },
  };
}

function toned([r, g, b]: Rgb, random: Random): Rgb {
  const tone = random.between(0.7, 1.25);
  return [r * tone, g * tone * random.between(0.94, 1.06), b * tone];
}

interface Beast {
  readonly kind: AnimalKind;
  readonly posture: AnimalPosture;
  readonly coat: Rgb;
  readonly random: Random;
}

function addBeast(mesh: Mesh, breed: Breed, beast: Beast): void {
  const { longM, backM, broadM, deepM } = breed;
  const lies = beast.posture === 'lying';
  const middleM = lies ? deepM * 0.85 : backM - deepM;
  const trunk = (along: number, wide: number, deep: number, up = 0): Section => ({
    at: [along * longM, 0, middleM + up * deepM],
    wide: wide * broadM,
    deep: deep * deepM,
    colour: beast.coat,
  });
  addTube(
    mesh,
    [
      trunk(-0.5, 0.7, 0.7, 0.12),
      trunk(-0.36, 0.95, 0.9, 0.06),
      trunk(-0.05, 1.05, 1, -0.05),
      trunk(0.25, 0.95, 0.95),
      trunk(0.44, 0.72, 0.8, 0.05),
    ],
    [0, 1, 0],
    12,
  );
  if (!lies) addLegs(mesh, breed, beast, middleM);
  addHead(mesh, breed, beast, middleM);
  addTail(mesh, breed, beast, middleM);
}

function addLegs(
  mesh: Mesh,
  { longM, broadM, deepM, legM }: Breed,
  { coat, kind, random }: Beast,
  middleM: number,
): void {
  const dark: Rgb = kind === 'sheep' || kind === 'goat' ? [coat[0] * 0.5, coat[1] * 0.45, coat[2] * 0.4] : coat;
  for (const along of [-0.4, 0.36]) {
    for (const side of [-1, 1]) {
      const swing = random.between(-0.12, 0.12) * middleM;
      const leg = (x: number, up: number, by: number): Section => ({
        at: [along * longM + x, side * broadM * 0.55, up],
        wide: legM * by,
        deep: legM * by * 1.2,
        colour: dark,
      });
      const topM = middleM - 0.4 * deepM;
      addTube(mesh, [leg(0, topM, 1.9), leg(swing * 0.5, topM * 0.5, 1.05), leg(swing, 0.03, 0.9)], [0, 1, 0], 6);
    }
  }
}

function addHead(
  mesh: Mesh,
  { longM, deepM, neckM, headM }: Breed,
  { posture, coat, kind, random }: Beast,
  middleM: number,
): void {
  const grazes = posture === 'grazing';
  const rise = grazes ? random.between(-1.1, -0.75) : random.between(0.35, kind === 'horse' ? 1 : 0.8);
  const reach = grazes ? Math.max(neckM, Math.hypot(middleM * 0.75, neckM) * 0.85) : neckM;
  const from: Vec = [0.42 * longM, 0, middleM + 0.3 * deepM];
  const to: Vec = [
    from[0] + reach * Math.cos(rise),
    random.between(-0.2, 0.2) * reach,
    Math.max(headM * 0.5, from[2] + reach * Math.sin(rise)),
  ];
  const round = (at: Vec, by: number, colour: Rgb): Section => ({ at, wide: by, deep: by * 1.15, colour });
  addTube(mesh, [round(from, deepM * 0.55, coat), round(to, headM * 0.5, coat)], [0, 1, 0], 9);
  const face: Rgb = random.chance(0.4) ? [coat[0] * 0.35, coat[1] * 0.32, coat[2] * 0.3] : coat;
  const nose: Vec = [to[0] + headM * (grazes ? 0.45 : 1.15), to[1], to[2] - headM * (grazes ? 0.75 : 0.45)];
  addTube(mesh, [round(to, headM * 0.48, face), round(nose, headM * 0.27, face)], [0, 1, 0], 8);
  for (const side of [-1, 1]) {
    const ear: Vec = [to[0], to[1] + side * headM * 0.6, to[2] + headM * 0.3];
    addEllipsoid(mesh, ear, [headM * 0.12, headM * 0.34, headM * 0.12], () => face);
    if ((kind === 'cow' && headM > 0.24) || kind === 'goat') {
      const horn = (up: number, by: number): Section =>
        round(
          [to[0] - up * 0.3, to[1] + side * headM * (0.3 + up * 0.8), to[2] + headM * 0.4 + up * headM * 1.4],
          by,
          [0.3, 0.26, 0.2],
        );
      addTube(mesh, [horn(0, headM * 0.09), horn(1, headM * 0.03)], [1, 0, 0], 5);
    }
  }
}

function addTail(mesh: Mesh, { longM, deepM, headM }: Breed, { kind, coat, random }: Beast, middleM: number): void {
  const up = kind === 'dog' ? random.between(-0.3, 0.9) : -0.9;
  const long = { sheep: 0.15, cow: 0.8, horse: 0.75, goat: 0.12, dog: 0.32, marmot: 0.16 }[kind];
  const round = (at: Vec, by: number): Section => ({ at, wide: by, deep: by, colour: coat });
  const root: Vec = [-0.52 * longM, 0, middleM + 0.5 * deepM];
  const tip: Vec = [root[0] - long * 0.4, 0, Math.max(0.03, root[2] + long * up)];
  addTube(mesh, [round(root, headM * 0.2), round(tip, kind === 'horse' ? headM * 0.22 : headM * 0.12)], [0, 1, 0], 6);
}

/** A marmot on its haunches. */
function addSitter(mesh: Mesh, { longM, broadM, headM }: Breed, coat: Rgb): void {
  const round = (up: number, by: number, x = 0): Section => ({ at: [x, 0, up], wide: by, deep: by, colour: coat });
  addTube(
    mesh,
    [round(0.06, broadM), round(longM * 0.4, broadM * 0.95), round(longM * 0.85, broadM * 0.6, 0.03)],
    [0, 1, 0],
    9,
  );
  addEllipsoid(mesh, [0.07, 0, longM * 1.05], [headM * 1.3, headM, headM], () => coat);
}

/** White or dark patches, as waves across the body. */
function addSpots({ positions, colours }: Mesh, { longM }: Breed, random: Random): void {
  const spot: Rgb = random.chance(0.7) ? [0.6, 0.57, 0.52] : [0.03, 0.03, 0.03];
  const [a, b, c] = [random.between(3, 8), random.between(0, 6.3), random.between(0, 6.3)];
  const limit = random.between(-0.2, 0.5);
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = positions.slice(i, i + 3) as [number, number, number];
    const wave = Math.sin((a * x) / longM + b + 2 * y) + Math.sin((a * 1.3 * z) / longM + c - (2 * x) / longM);
    if (wave > limit) for (let k = 0; k < 3; k++) colours[i + k] = spot[k] as number;
  }
}
