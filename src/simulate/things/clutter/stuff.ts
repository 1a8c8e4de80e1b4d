import { addTube, type Mesh, type Section } from '../../draw/mesh.ts';
import type { Rgb } from '../../light/light.ts';
import type { Random } from '../../random.ts';

/** Builds one thing that is no tent, person, boat or animal, at the origin. */
export type Builder = (mesh: Mesh, random: Random) => void;

export const wood: Rgb = [0.16, 0.1, 0.055];

/** Any colour that cloth or plastic has. */
export function dye(random: Random): Rgb {
  const bright = random.between(0.15, 0.7);
  return [bright * random.unit(), bright * random.unit(), bright * random.unit()];
}

/** An upright pole on the ground. */
export function addPole(mesh: Mesh, highM: number, thick: number, colour: Rgb): void {
  const at = (up: number): Section => ({ at: [0, 0, up], wide: thick, deep: thick, colour });
  addTube(mesh, [at(0), at(highM / 2), at(highM)], [0, 1, 0], 7);
}

/** A tone of rock, dark to light. */
export function stone(random: Random): Rgb {
  const tone = random.between(0.05, 0.5);
  return [tone, tone * random.between(0.9, 1), tone * random.between(0.78, 1)];
}
