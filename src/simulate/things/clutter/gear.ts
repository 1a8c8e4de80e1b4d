import {
  addCloth,
  addEllipsoid,
  addSheet,
  addTube,
  type Mesh,
  roughen,
  type Section,
  type Vec,
} from '../../draw/mesh.ts';
import type { Rgb } from '../../light/light.ts';
import type { Random } from '../../random.ts';
import { addPole, type Builder, dye } from './stuff.ts';

/** What visitors and shepherds leave lying. */
export const gear = {
  backpack: (mesh, random) => {
    const colour = dye(random);
    const at = (up: number, wide: number, deep: number): Section => ({ at: [0.1 * up, 0, up], wide, deep, colour });
    addTube(mesh, [at(0.08, 0.2, 0.14), at(0.3, 0.22, 0.16), at(0.55, 0.19, 0.13), at(0.66, 0.14, 0.1)], [0, 1, 0], 10);
    roughen(mesh, random, { byM: 0.012, tone: 0.2 });
  },
  roll: (mesh, random) => {
    const [long, thick] = [random.between(0.2, 0.35), random.between(0.07, 0.13)];
    const colour = dye(random);
    const at = (x: number): Section => ({ at: [x, 0, thick], wide: thick, deep: thick, colour });
    addTube(mesh, [at(-long), at(0), at(long)], [0, 1, 0], 10);
    roughen(mesh, random, { byM: 0.006, tone: 0.15 });
  },
  towel: (mesh, random) => {
    const [x, y] = [random.between(0.6, 1), random.between(0.35, 0.5)];
    const [colour, stripe] = [dye(random), dye(random)];
    const rows = Array.from({ length: 9 }, (_, j) =>
      Array.from({ length: 5 }, (_, i): Vec => [(j / 4 - 1) * x, (i / 2 - 1) * y, 0.03 + 0.03 * random.unit()]),
    );
    const striped = random.chance(0.4);
    addSheet(mesh, rows, (row) => (striped && Math.floor(row * 8) % 2 === 0 ? stripe : colour));
  },
  parasol: (mesh, random) => {
    const [highM, wide] = [random.between(1.6, 2.2), random.between(0.8, 1.3)];
    addPole(mesh, highM, 0.02, [0.6, 0.6, 0.6]);
    addCanopy(mesh, { wide, highM, dropM: random.between(0.25, 0.45), random });
  },
  umbrella: (mesh, random) =>
    addCanopy(mesh, { wide: random.between(0.45, 0.65), highM: random.between(0.35, 0.6), dropM: 0.28, random }),
  bale: (mesh, random) => {
    const wrapped = random.chance(0.5);
    const colour = wrapped
      ? random.pick<Rgb>([
          [0.6, 0.6, 0.58],
          [0.3, 0.42, 0.25],
          [0.03, 0.03, 0.03],
        ])
      : ([0.38, 0.29, 0.13] as Rgb);
    const at = (x: number, wide: number): Section => ({ at: [x, 0, 0.62], wide, deep: wide, colour });
    addTube(mesh, [at(-0.62, 0.05), at(-0.6, 0.58), at(0, 0.62), at(0.6, 0.58), at(0.62, 0.05)], [0, 1, 0], 16);
    roughen(mesh, random, { byM: 0.015, tone: 0.12 });
  },
  'covered heap': (mesh, random) => addHeap(mesh, random),
  'waste bag': (mesh, random) => {
    const colour = random.pick<Rgb>([
      [0.012, 0.012, 0.014],
      [0.02, 0.02, 0.025],
      [0.05, 0.1, 0.3],
      [0.5, 0.5, 0.5],
    ]);
    for (let i = 0; i < random.pick([1, 2, 3]); i++) {
      const at: Vec = [random.normal(0.25), random.normal(0.25), 0.22];
      addEllipsoid(mesh, at, [0.26, 0.24, 0.27], () => colour);
    }
    roughen(mesh, random, { byM: 0.025, tone: 0.5 });
  },
} satisfies Record<string, Builder>;

function addCanopy(
  mesh: Mesh,
  {
    wide,
    highM,
    dropM,
    random,
  }: { readonly wide: number; readonly highM: number; readonly dropM: number; readonly random: Random },
): void {
  const [first, second] = [dye(random), random.chance(0.5) ? dye(random) : undefined];
  const ribs = 8;
  const net = Array.from({ length: 5 }, (_, row) =>
    Array.from({ length: ribs * 2 + 1 }, (_, column): Vec => {
      const turn = (column / (ribs * 2)) * 2 * Math.PI;
      const out = row / 4;
      const sag = column % 2 === 1 ? 0.94 : 1;
      return [wide * out * sag * Math.cos(turn), wide * out * sag * Math.sin(turn), highM - dropM * out ** 1.8];
    }),
  );
  addCloth(mesh, net, [0, 0, highM - dropM * 2], (_, column) => ({
    colour: second && Math.floor(column * ribs) % 2 === 0 ? second : first,
    through: 0.25,
  }));
}

/** A tarpaulin or fleece over hay, wood or gear: cloth without a tent's shape. */
function addHeap(mesh: Mesh, random: Random): void {
  const [x, y, z] = [random.between(0.6, 1.6), random.between(0.5, 1), random.between(0.4, 1)];
  const colour = random.pick<Rgb>([
    [0.04, 0.12, 0.35],
    [0.06, 0.15, 0.07],
    [0.55, 0.55, 0.52],
    [0.03, 0.03, 0.03],
    [0.35, 0.28, 0.15],
  ]);
  const phases = Array.from({ length: 4 }, () => random.between(0, 6.3));
  const net = Array.from({ length: 9 }, (_, row) =>
    Array.from({ length: 25 }, (_, column): Vec => {
      const turn = (column / 24) * 2 * Math.PI;
      const rise = (row / 8) * (Math.PI / 2);
      const lump =
        1 +
        0.16 * Math.sin(3 * turn + (phases[0] as number)) +
        0.08 * Math.sin(7 * turn + 3 * rise + (phases[1] as number));
      const flat = Math.cos(rise) ** 0.6 * lump;
      return [
        x * flat * Math.cos(turn),
        y * flat * Math.sin(turn),
        z * Math.sin(rise) * (1 + 0.15 * Math.sin(2 * turn + (phases[2] as number))),
      ];
    }),
  );
  addCloth(mesh, net, [0, 0, 0.1], () => {
    const tone = random.between(0.85, 1.15);
    return { colour: [colour[0] * tone, colour[1] * tone, colour[2] * tone], through: 0.05 };
  });
}
