import { addSheet, emptyMesh, type Mesh, type Vec } from '../draw/mesh.ts';
import type { Rgb } from '../light/light.ts';

/** Builds a towel spread on the ground. */
export function buildTowel(colour: Rgb): Mesh {
  const mesh = emptyMesh();
  const rows = [-0.42, 0, 0.42].map((y) => [-0.9, 0, 0.9].map((x): Vec => [x, y, 0.03]));
  addSheet(mesh, rows, () => colour);
  return mesh;
}
