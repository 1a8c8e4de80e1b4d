import { emptyMesh, type Mesh } from '../../draw/mesh.ts';
import type { Random } from '../../random.ts';
import { built } from './built.ts';
import { gear } from './gear.ts';
import { natural } from './natural.ts';

const builders = { ...natural, ...built, ...gear };

export type ClutterKind = keyof typeof builders;
export const clutterKinds = Object.keys(builders) as [ClutterKind, ...ClutterKind[]];

/** Builds a thing that one could take for something else. */
export function buildClutter(kind: ClutterKind, random: Random): Mesh {
  const mesh = emptyMesh();
  builders[kind](mesh, random);
  return mesh;
}
