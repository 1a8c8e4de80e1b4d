import { addBlock, addEllipsoid, addTube, emptyMesh, type Mesh, type Section, type Vec } from '../draw/mesh.ts';
import type { Rgb } from '../light/light.ts';
import type { Random } from '../random.ts';

/** Boats that a season's visitors carry. */
export type BoatKind = 'packraft' | 'board';
export const anyBoatKinds = ['packraft', 'board', 'kayak', 'canoe', 'rowing boat', 'dinghy'] as const;
export type AnyBoatKind = (typeof anyBoatKinds)[number];

/** Builds a boat afloat at the origin, its bow toward +x. */
export function buildBoat(kind: AnyBoatKind, colour: Rgb): Mesh {
  const mesh = emptyMesh();
  builders[kind](mesh, colour);
  return mesh;
}

const builders: Readonly<Record<AnyBoatKind, (mesh: Mesh, colour: Rgb) => void>> = {
  packraft: (mesh, colour) => addRing(mesh, colour, 1),
  dinghy: (mesh, colour) => addRing(mesh, colour, 1.5),
  board: addBoard,
  kayak: addKayak,
  canoe: (mesh, colour) => addHull(mesh, colour, { longM: 4.6, broadM: 0.43, highM: 0.34 }),
  'rowing boat': (mesh, colour) => addHull(mesh, colour, { longM: 3.6, broadM: 0.68, highM: 0.5 }),
};

/** Turns a boat upside down, as it lies on a shore. */
export function overturn({ positions, normals }: Mesh): void {
  const highM = positions.reduce((most, value, i) => (i % 3 === 2 ? Math.max(most, value) : most), 0);
  for (let i = 0; i < positions.length; i += 3) {
    positions[i + 2] = highM - (positions[i + 2] as number);
    positions[i + 1] = -(positions[i + 1] as number);
    normals[i + 2] = -(normals[i + 2] as number);
    normals[i + 1] = -(normals[i + 1] as number);
  }
}

/** A colour of plastic, rubber or wood. */
export function chooseHullColour(random: Random): Rgb {
  const [r, g, b] = random.pick<Rgb>([
    [0.62, 0.09, 0.03],
    [0.65, 0.42, 0.03],
    [0.04, 0.2, 0.5],
    [0.1, 0.35, 0.12],
    [0.7, 0.7, 0.68],
    [0.25, 0.14, 0.06],
    [0.03, 0.03, 0.035],
    [0.05, 0.3, 0.35],
    [0.3, 0.32, 0.33],
    [0.5, 0.2, 0.3],
  ]);
  const tone = random.between(0.7, 1.2);
  return [r * tone, g * tone, b * tone];
}

function addBoard(mesh: Mesh, colour: Rgb): void {
  const deck = (x: number, wide: number): Section => ({ at: [x, 0, 0.07], wide, deep: 0.07, colour });
  addTube(mesh, [deck(-1.5, 0.24), deck(-0.9, 0.36), deck(0.3, 0.4), deck(1.1, 0.28), deck(1.6, 0.08)], [0, 1, 0], 12);
}

function addRing(mesh: Mesh, colour: Rgb, by: number): void {
  const ring = Array.from({ length: 17 }, (_, i): Vec => {
    const turn = (i / 16) * 2 * Math.PI;
    return [
      1.05 * by * Math.cos(turn) * (1 + 0.12 * Math.cos(turn)),
      0.38 * by * Math.sin(turn),
      0.13 + 0.06 * Math.cos(turn) ** 2,
    ];
  });
  for (let i = 0; i + 1 < ring.length; i++) {
    const tube = (at: Vec): Section => ({ at, wide: 0.15, deep: 0.15, colour });
    addTube(mesh, [tube(ring[i] as Vec), tube(ring[i + 1] as Vec)], [0, 0, 1], 8);
  }
  addEllipsoid(mesh, [0, 0, 0.05], [0.9 * by, 0.3 * by, 0.05], () => [0.05, 0.05, 0.05]);
}

function addKayak(mesh: Mesh, colour: Rgb): void {
  const hull = (x: number, wide: number, up = 0.1): Section => ({
    at: [x, 0, up],
    wide,
    deep: wide * 0.5 + 0.03,
    colour,
  });
  const sections = [hull(-1.7, 0.05, 0.2), hull(-1, 0.23), hull(0, 0.31), hull(1, 0.23), hull(1.8, 0.05, 0.2)];
  addTube(mesh, sections, [0, 1, 0], 12);
  addEllipsoid(mesh, [-0.15, 0, 0.25], [0.42, 0.22, 0.05], () => [0.015, 0.015, 0.015]);
}

/** An open hull with its dark inside and thwarts. */
function addHull(
  mesh: Mesh,
  colour: Rgb,
  { longM, broadM, highM }: { readonly longM: number; readonly broadM: number; readonly highM: number },
): void {
  const hull = (share: number, wide: number, rise: number): Section => ({
    at: [share * longM, 0, highM * (0.3 + rise)],
    wide: wide * broadM,
    deep: highM * 0.62,
    colour,
  });
  addTube(
    mesh,
    [hull(-0.48, 0.25, 0.16), hull(-0.33, 0.8, 0.02), hull(0, 1, 0), hull(0.33, 0.75, 0.03), hull(0.49, 0.08, 0.2)],
    [0, 1, 0],
    14,
  );
  addEllipsoid(mesh, [0, 0, highM * 0.82], [longM * 0.4, broadM * 0.82, highM * 0.2], () => [0.05, 0.042, 0.035]);
  for (const share of [-0.22, 0.12]) {
    addBlock(mesh, {
      at: [share * longM, 0, highM * 1.02],
      half: [0.11, broadM * 0.85, 0.02],
      colour: [colour[0] * 0.6 + 0.06, colour[1] * 0.6 + 0.05, colour[2] * 0.6 + 0.04],
    });
  }
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
