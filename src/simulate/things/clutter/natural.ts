import {
  addEllipsoid,
  addMesh,
  addTriangle,
  addTube,
  emptyMesh,
  type Mesh,
  roughen,
  type Section,
  type Vec,
} from '../../draw/mesh.ts';
import type { Rgb } from '../../light/light.ts';
import type { Random } from '../../random.ts';
import { boulder } from '../../world/rocks.ts';
import { type Builder, wood } from './stuff.ts';

/** What nature puts by a lake. */
export const natural = {
  boulder: (mesh, random) => {
    const sizeM = random.between(0.7, 2.8);
    const half: Vec = [
      sizeM * random.between(0.4, 0.65),
      sizeM * random.between(0.35, 0.6),
      sizeM * random.between(0.3, 0.6),
    ];
    addMesh(mesh, boulder(sizeM, half, random));
    tint(mesh, random.pick([0.4, 0.7, 1, 1, 1.6, 2.4]));
  },
  'pointed rock': (mesh, random) => {
    const highM = random.between(0.8, 2);
    const half: Vec = [highM * random.between(0.5, 1), highM * random.between(0.4, 0.8), highM * 0.8];
    addMesh(mesh, boulder(2, half, random));
    pinch(mesh, random.between(0.5, 0.9));
    tint(mesh, random.pick([0.5, 1, 1, 1.7, 2.2]));
  },
  cairn: (mesh, random) => {
    let up = 0;
    for (let layer = 0; layer < 6; layer++) {
      const sizeM = 0.75 - 0.09 * layer;
      const half: Vec = [sizeM * 0.5, sizeM * 0.45, 0.12];
      addMesh(mesh, boulder(sizeM, half, random), [random.normal(0.04), random.normal(0.04), up]);
      up += 0.17;
    }
  },
  'snow patch': (mesh, random) => {
    const parts = random.pick([1, 2, 3, 4]);
    for (let i = 0; i < parts; i++) {
      const half: Vec = [random.between(0.5, 2.2), random.between(0.4, 1.4), random.between(0.06, 0.3)];
      addEllipsoid(mesh, [random.normal(0.9), random.normal(0.7), 0], half, () => [0.74, 0.76, 0.79]);
    }
    roughen(mesh, random, { byM: 0.04, tone: 0.05 });
  },
  log: (mesh, random) => {
    const [long, thick] = [random.between(0.8, 2.5), random.between(0.08, 0.25)];
    const tone = random.between(0.6, 2.2);
    const colour: Rgb = [wood[0] * tone, wood[1] * tone, wood[2] * tone];
    const at = (x: number): Section => ({ at: [x, 0, thick * 0.8], wide: thick, deep: thick, colour });
    addTube(mesh, [at(-long), at(-long / 3), at(long / 3), at(long)], [0, 1, 0], 9);
    roughen(mesh, random, { byM: 0.015, tone: 0.25 });
  },
  bush: (mesh, random) => {
    const tone = random.between(0.5, 1.5);
    for (let i = 0; i < 9; i++) {
      const r = random.between(0.2, 0.5);
      const at: Vec = [random.normal(0.45), random.normal(0.45), r * 0.7 + random.between(0, 0.5)];
      addEllipsoid(mesh, at, [r, r, r * 0.85], () => [0.045 * tone, 0.075 * tone, 0.02 * tone]);
    }
    roughen(mesh, random, { byM: 0.06, tone: 0.55 });
  },
  pine: (mesh, random) => {
    const highM = random.between(1.5, 9);
    const wide = highM * random.between(0.14, 0.26);
    const tone = random.between(0.4, 1.3);
    const colour: Rgb = [0.03 * tone, 0.055 * tone, 0.02 * tone];
    const trunk = (up: number): Section => ({
      at: [0, 0, up],
      wide: 0.025 * highM,
      deep: 0.025 * highM,
      colour: [0.07, 0.05, 0.035],
    });
    addTube(mesh, [trunk(0), trunk(highM * 0.3)], [0, 1, 0], 6);
    const tiers = random.pick([5, 7, 9]);
    for (let tier = 0; tier < tiers; tier++) {
      const share = tier / tiers;
      const by = wide * (1 - share) * random.between(0.8, 1.15);
      const layer = (up: number, out: number): Section => ({
        at: [0, 0, highM * (0.1 + 0.9 * share + up)],
        wide: by * out,
        deep: by * out,
        colour,
      });
      addTube(mesh, [layer(0, 0.3), layer(0.02, 1), layer(0.9 / tiers, 0.25)], [0, 1, 0], 12);
    }
    roughen(mesh, random, { byM: 0.12 * wide, tone: 0.5 });
  },
} satisfies Record<string, Builder>;

/** Grass and herbs that hide the foot of what stands behind them. */
export function buildTuft(random: Random): Mesh {
  const mesh = emptyMesh();
  const dry = random.unit();
  const highM = random.between(0.12, 0.45);
  for (let blade = 0; blade < 26; blade++) {
    const at: Vec = [random.normal(0.16), random.normal(0.16), 0];
    const tip: Vec = [at[0] + random.normal(0.12), at[1] + random.normal(0.12), highM * random.between(0.5, 1.1)];
    const turn = random.between(0, Math.PI);
    const [x, y] = [0.02 * Math.cos(turn), 0.02 * Math.sin(turn)];
    const tone = random.between(0.6, 1.5);
    const colour: Rgb = [(0.06 + 0.13 * dry) * tone, (0.09 + 0.06 * dry) * tone, 0.03 * tone];
    addTriangle(mesh, [[at[0] - x, at[1] - y, 0], [at[0] + x, at[1] + y, 0], tip], colour, [at[0], at[1], -0.5]);
  }
  return mesh;
}

function tint({ colours }: Mesh, by: number): void {
  for (let i = 0; i < colours.length; i++) colours[i] = Math.min(0.75, (colours[i] as number) * by);
}

/** Draws the top of a thing together; `by` 1 makes it a point. */
function pinch({ positions }: Mesh, by: number): void {
  const topM = positions.reduce((most, value, i) => (i % 3 === 2 ? Math.max(most, value) : most), 0);
  for (let i = 0; i < positions.length; i += 3) {
    const left = 1 - by * Math.max(0, (positions[i + 2] as number) / topM);
    for (let c = 0; c < 2; c++) positions[i + c] = (positions[i + c] as number) * left;
  }
}
