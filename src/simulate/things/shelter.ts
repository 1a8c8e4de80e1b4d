import {
  addEllipsoid,
  addSheet,
  addTriangle,
  addTube,
  emptyMesh,
  type Mesh,
  plus,
  type Section,
  type Vec,
} from '../draw/mesh.ts';
import type { Rgb } from '../light/light.ts';
import type { Random } from '../random.ts';

export type TentKind = 'dome' | 'ridge' | 'tunnel';

/** How one tent looks: the same every time it is seen. */
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

/** Chooses a small mountain tent. */
export function designTent(random: Random): TentDesign {
  const kind = random.pick(['dome', 'dome', 'tunnel', 'ridge'] as const);
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

/** Builds a tent with its middle at the origin, its length along x, its door toward +x. */
export function buildTent(design: TentDesign): Mesh {
  const mesh = emptyMesh();
  builders[design.kind](mesh, design);
  addGuys(mesh, design);
  return mesh;
}

const builders: Readonly<Record<TentKind, (mesh: Mesh, design: TentDesign) => void>> = {
  dome: buildDome,
  ridge: buildRidge,
  tunnel: buildTunnel,
};

/** Two crossing arches; the fabric sags between them. */
function buildDome(mesh: Mesh, { lengthM, widthM, heightM, fabric, second, open }: TentDesign): void {
  const [rows, columns] = [9, 33];
  const net = Array.from({ length: rows }, (_, row) => {
    const rise = (row / (rows - 1)) * (Math.PI / 2);
    return Array.from({ length: columns }, (_, column): Vec => {
      const turn = (column / (columns - 1)) * 2 * Math.PI;
      const sag = 1 - 0.09 * Math.cos(2 * turn) ** 2 * Math.sin(2 * rise) - 0.02 * Math.sin(14 * turn) * Math.cos(rise);
      const square = 1 / Math.max(Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))) ** 0.45;
      const flat = Math.cos(rise) ** 0.85 * sag * square;
      return [
        (lengthM / 2) * flat * Math.cos(turn),
        (widthM / 2) * flat * Math.sin(turn),
        heightM * Math.sin(rise) ** 0.9 * sag,
      ];
    });
  });
  addSheet(mesh, net, (up, around) => {
    const isDoor = open && up < 0.6 && (around < 0.05 || around > 0.95);
    if (isDoor) return [0.02, 0.02, 0.022];
    if (up < 0.08) return shaded(second, 0.55);
    const onPole = Math.abs(Math.sin(2 * Math.PI * (2 * around + 0.25))) < 0.22;
    return shaded(up > 0.62 ? second : fabric, onPole ? 0.72 : 1);
  });
}

/** Two upright poles and a ridge that hangs between them. */
function buildRidge(mesh: Mesh, { lengthM, widthM, heightM, fabric, second, open }: TentDesign): void {
  const columns = 9;
  const ridge = (share: number): Vec => [(share - 0.5) * lengthM * 0.86, 0, heightM * (1 - 0.3 * share * (1 - share))];
  const wall = (side: 1 | -1): Vec[][] =>
    Array.from({ length: 5 }, (_, row) => {
      const down = row / 4;
      return Array.from({ length: columns }, (_, column): Vec => {
        const top = ridge(column / (columns - 1));
        const foot: Vec = [(column / (columns - 1) - 0.5) * lengthM, (side * widthM) / 2, 0.02];
        const slack = -0.07 * Math.sin(down * Math.PI);
        return [
          top[0] + (foot[0] - top[0]) * down,
          foot[1] * down + side * slack,
          top[2] + (foot[2] - top[2]) * down + slack,
        ];
      });
    });
  addSheet(mesh, side(wall(1), true), () => fabric);
  addSheet(mesh, side(wall(-1), false), () => fabric);
  for (const end of [0, 1] as const) {
    const top = ridge(end);
    const x = (end - 0.5) * lengthM;
    const colour: Rgb = open && end === 1 ? [0.025, 0.025, 0.03] : shaded(second, 0.9);
    const feet: readonly [Vec, Vec] = [
      [x, widthM / 2, 0.02],
      [x, -widthM / 2, 0.02],
    ];
    addTriangle(mesh, [top, ...feet], colour, [0, 0, 0.3]);
  }
}

/** Puts the rows in the order that makes the normals point outwards. */
function side(rows: Vec[][], reverse: boolean): Vec[][] {
  return reverse ? [...rows].reverse() : rows;
}

/** Three hoops along its length, lower at the back. */
function buildTunnel(mesh: Mesh, { lengthM, widthM, heightM, fabric, second, open }: TentDesign): void {
  const [rows, columns] = [17, 15];
  const net = Array.from({ length: rows }, (_, row) => {
    const along = row / (rows - 1);
    const hoop = 0.78 + 0.22 * Math.sin(Math.min(1, along * 1.25) * (Math.PI / 2));
    const end = Math.min(1, along * 5, (1 - along) * 6) ** 0.5;
    const sag = 1 - 0.06 * Math.abs(Math.sin(along * 3 * Math.PI));
    return Array.from({ length: columns }, (_, column): Vec => {
      const arch = (column / (columns - 1)) * Math.PI;
      const size = hoop * sag * (0.08 + 0.92 * end);
      return [
        (along - 0.5) * lengthM,
        (-widthM / 2) * Math.cos(arch) * (0.35 + 0.65 * size),
        heightM * Math.sin(arch) ** 0.75 * size,
      ];
    });
  });
  addSheet(
    mesh,
    net.map((row) => [...row].reverse()),
    (along) => {
      if (open && along > 0.93) return [0.02, 0.02, 0.022];
      return along > 0.68 ? second : shaded(fabric, Math.abs(Math.sin(along * 3 * Math.PI)) < 0.12 ? 0.75 : 1);
    },
  );
}

function addGuys(mesh: Mesh, { lengthM, widthM, heightM }: TentDesign): void {
  for (const [x, y] of [
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ] as const) {
    const from: Vec = [(x * lengthM) / 2.6, (y * widthM) / 3.2, heightM * 0.62];
    const to: Vec = plus([(x * lengthM) / 2, (y * widthM) / 2, 0], [x * 0.55, y * 0.5, 0]);
    const cord = (at: Vec): Section => ({ at, wide: 0.005, deep: 0.005, colour: [0.4, 0.4, 0.36] });
    addTube(mesh, [cord(from), cord(to)], [0, 0, 1], 3);
  }
}

export type BoatKind = 'packraft' | 'board';

/** Builds a packraft or a paddle board afloat at the origin, its bow toward +x. */
export function buildBoat(kind: BoatKind, colour: Rgb): Mesh {
  const mesh = emptyMesh();
  if (kind === 'board') {
    const deck = (x: number, wide: number): Section => ({ at: [x, 0, 0.07], wide, deep: 0.07, colour });
    addTube(
      mesh,
      [deck(-1.5, 0.24), deck(-0.9, 0.36), deck(0.3, 0.4), deck(1.1, 0.28), deck(1.6, 0.08)],
      [0, 1, 0],
      12,
    );
    return mesh;
  }
  const ring = Array.from({ length: 17 }, (_, i): Vec => {
    const turn = (i / 16) * 2 * Math.PI;
    return [
      1.05 * Math.cos(turn) * (1 + 0.12 * Math.cos(turn)),
      0.38 * Math.sin(turn),
      0.13 + 0.06 * Math.cos(turn) ** 2,
    ];
  });
  for (let i = 0; i + 1 < ring.length; i++) {
    const tube = (at: Vec): Section => ({ at, wide: 0.15, deep: 0.15, colour });
    addTube(mesh, [tube(ring[i] as Vec), tube(ring[i + 1] as Vec)], [0, 0, 1], 8);
  }
  addEllipsoid(mesh, [0, 0, 0.05], [0.9, 0.3, 0.05], () => [0.05, 0.05, 0.05]);
  return mesh;
}

/** Builds a paddle held by someone who sits or stands in a boat, m over the water. */
export function buildPaddle(upM: number, tilt: number): Mesh {
  const mesh = emptyMesh();
  const [c, s] = [Math.cos(tilt), Math.sin(tilt)];
  const at = (along: number): Vec => [0.35, along * c, upM + along * s];
  const rod = (along: number, wide: number): Section => ({
    at: at(along),
    wide,
    deep: 0.014,
    colour: wide > 0.02 ? [0.6, 0.3, 0.04] : [0.05, 0.05, 0.05],
  });
  addTube(
    mesh,
    [rod(-1.05, 0.08), rod(-0.7, 0.09), rod(-0.65, 0.015), rod(0.65, 0.015), rod(0.7, 0.09), rod(1.05, 0.08)],
    [1, 0, 0],
    6,
  );
  return mesh;
}

/** Builds a towel spread on the ground. */
export function buildTowel(colour: Rgb): Mesh {
  const mesh = emptyMesh();
  const rows = [-0.42, 0, 0.42].map((y) => [-0.9, 0, 0.9].map((x): Vec => [x, y, 0.03]));
  addSheet(mesh, rows, () => colour);
  return mesh;
}

function shaded(colour: Rgb, by: number): Rgb {
  return [colour[0] * by, colour[1] * by, colour[2] * by];
}
