import { addBlock, addCloth, addTriangle, type Mesh, type Vec } from '../../draw/mesh.ts';
import type { Rgb } from '../../light/light.ts';
import { addPole, type Builder, dye, stone, wood } from './stuff.ts';

/** What people built by a lake. */
export const built = {
  sign: (mesh, random) => {
    const highM = random.between(1.3, 2.3);
    addPole(mesh, highM, 0.05, wood);
    const boards = random.pick([1, 1, 2, 3]);
    const colour = random.pick<Rgb>([wood, [0.6, 0.45, 0.05], [0.6, 0.6, 0.58], [0.05, 0.2, 0.08]]);
    for (let i = 0; i < boards; i++) {
      const half: Vec = [random.between(0.25, 0.5), 0.02, boards === 1 ? random.between(0.1, 0.35) : 0.07];
      addBlock(mesh, { at: [random.normal(0.1), 0.06, highM - 0.2 - 0.2 * i], half, colour, turn: random.normal(0.5) });
    }
  },
  post: (mesh, random) =>
    addPole(mesh, random.between(0.8, 2.2), random.between(0.05, 0.12), random.chance(0.7) ? wood : [0.5, 0.1, 0.05]),
  table: (mesh, random) => {
    const tone = random.between(0.8, 2.4);
    const colour: Rgb = [wood[0] * tone, wood[1] * tone, wood[2] * tone];
    addBlock(mesh, { at: [0, 0, 0.74], half: [0.9, 0.38, 0.03], colour });
    for (const y of [-0.7, 0.7]) addBlock(mesh, { at: [0, y, 0.45], half: [0.9, 0.14, 0.025], colour });
    for (const x of [-0.6, 0.6])
      addBlock(mesh, { at: [x, 0, 0.37], half: [0.05, 0.6, 0.36], colour: [0.08, 0.055, 0.03] });
  },
  bench: (mesh, random) => {
    const colour: Rgb = random.chance(0.6) ? wood : [0.3, 0.28, 0.25];
    addBlock(mesh, { at: [0, 0, 0.45], half: [0.8, 0.2, 0.03], colour });
    if (random.chance(0.6)) addBlock(mesh, { at: [0, -0.2, 0.75], half: [0.8, 0.03, 0.14], colour });
    for (const x of [-0.6, 0.6])
      addBlock(mesh, { at: [x, 0, 0.22], half: [0.06, 0.16, 0.22], colour: [0.12, 0.11, 0.1] });
  },
  hut: (mesh, random) => {
    const half: Vec = [random.between(1.2, 3), random.between(1, 2.2), random.between(0.9, 1.4)];
    const walls = random.pick<Rgb>([wood, stone(random), [0.45, 0.42, 0.36], [0.25, 0.08, 0.05]]);
    addBlock(mesh, { at: [0, 0, half[2]], half, colour: walls });
    addBlock(mesh, {
      at: [half[0] * 0.4, half[1], half[2] * 0.7],
      half: [0.4, 0.02, half[2] * 0.65],
      colour: [0.03, 0.025, 0.02],
    });
    addRoof(mesh, {
      half,
      riseM: random.between(0.5, 1.3),
      colour: random.pick<Rgb>([[0.2, 0.19, 0.18], [0.25, 0.08, 0.05], [0.35, 0.35, 0.36], wood]),
    });
  },
  flag: (mesh, random) => {
    const highM = random.between(1.5, 4);
    addPole(mesh, highM, 0.025, [0.5, 0.5, 0.5]);
    const colour = dye(random);
    const rows = Array.from({ length: 5 }, (_, j) =>
      Array.from({ length: 9 }, (_, i): Vec => [i * 0.11, 0.08 * Math.sin(i * 1.1 + j), highM - 0.1 - j * 0.14]),
    );
    addCloth(mesh, rows, [0, -9, 0], () => ({ colour, through: 0.25 }));
  },
  box: (mesh, random) => {
    const half: Vec = [random.between(0.2, 0.7), random.between(0.2, 0.5), random.between(0.12, 0.5)];
    addBlock(mesh, { at: [0, 0, half[2]], half, colour: random.chance(0.5) ? dye(random) : [0.5, 0.5, 0.5] });
  },
} satisfies Record<string, Builder>;

function addRoof(
  mesh: Mesh,
  { half, riseM, colour }: { readonly half: Vec; readonly riseM: number; readonly colour: Rgb },
): void {
  const [x, y, eaves] = [half[0] * 1.12, half[1] * 1.15, half[2] * 2];
  const inside: Vec = [0, 0, eaves - 1];
  const top = eaves + riseM;
  for (const side of [-1, 1]) {
    const [a, b]: [Vec, Vec] = [
      [-x, side * y, eaves],
      [x, side * y, eaves],
    ];
    addTriangle(mesh, [a, b, [x, 0, top]], colour, inside);
    addTriangle(mesh, [a, [x, 0, top], [-x, 0, top]], colour, inside);
    addTriangle(
      mesh,
      [
        [side * x, -y, eaves],
        [side * x, y, eaves],
        [side * x, 0, top],
      ],
      colour,
      inside,
    );
  }
}
