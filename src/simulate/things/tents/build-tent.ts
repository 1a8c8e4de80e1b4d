import { addTube, emptyMesh, type Mesh, plus, type Section, type Vec } from '../../draw/mesh.ts';
import type { Random } from '../../random.ts';
import { type Cloth, clothOf, shaded } from './cloth.ts';
import { addDome } from './dome.ts';
import { addPyramid } from './pyramid.ts';
import { addRidge, addTarp } from './ridge.ts';
import type { TentDesign, TentKind } from './tent-design.ts';
import { addTunnel } from './tunnel.ts';

/** A tent with its middle at the origin, its length along x, its door toward +x; its cords apart, as nobody counts them in. */
export interface TentMeshes {
  readonly tent: Mesh;
  readonly cords: Mesh;
}

const builders: Readonly<Record<TentKind, (mesh: Mesh, cloth: Cloth) => void>> = {
  dome: addDome,
  geodesic: addDome,
  tunnel: addTunnel,
  cabin: addTunnel,
  bivy: addTunnel,
  ridge: addRidge,
  pyramid: addPyramid,
  bell: addPyramid,
  tarp: addTarp,
  'lean-to': addTarp,
};

/** Builds a tent. */
export function buildTent(design: TentDesign): TentMeshes {
  const cloth = clothOf(design);
  const tent = emptyMesh();
  builders[design.kind](tent, cloth);
  const cords = emptyMesh();
  addGuys(cords, cloth);
  return { tent, cords };
}

/** Whitens what faces the sky, as frost does; `share` 0–1. */
export function addFrost({ colours, normals }: Mesh, share: number, random: Random): void {
  for (let i = 0; i < colours.length; i += 3) {
    const up = Math.max(0, ((normals[i + 2] as number) - 0.15) / 0.85);
    const white = Math.min(1, share * Math.min(1, up * 1.6) * random.between(0.75, 1.1));
    for (let c = 0; c < 3; c++) colours[i + c] = (colours[i + c] as number) * (1 - white) + 0.72 * white;
  }
}

function addGuys(mesh: Mesh, { design, random }: Cloth): void {
  const { lengthM, widthM, heightM, kind } = design;
  const isBivy = kind === 'bivy';
  const longM = random.between(0.35, 0.9);
  const colour = shaded(
    random.pick([
      [0.4, 0.4, 0.36],
      [0.7, 0.6, 0.1],
      [0.05, 0.05, 0.05],
      [0.6, 0.2, 0.05],
    ]),
    1,
  );
  for (const [x, y] of [
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ] as const) {
    if (isBivy || random.chance(0.15)) continue;
    const from: Vec = [(x * lengthM) / 2.6, (y * widthM) / 3.2, heightM * 0.6];
    const to: Vec = plus([(x * lengthM) / 2, (y * widthM) / 2, 0], [x * longM, y * longM * 0.9, 0]);
    const cord = (at: Vec): Section => ({ at, wide: 0.004, deep: 0.004, colour });
    addTube(mesh, [cord(from), cord(to)], [0, 0, 1], 3);
  }
}
