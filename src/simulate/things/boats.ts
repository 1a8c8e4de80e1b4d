import { addEllipsoid, addTube, emptyMesh, type Mesh, type Section, type Vec } from '../draw/mesh.ts';
import type { Rgb } from '../light/light.ts';

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
