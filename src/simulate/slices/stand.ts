import type { Mesh } from '../draw/mesh.ts';
import type { Thing } from '../draw/thing.ts';
import type { View } from '../draw/view.ts';
import type { Scene } from '../light/scene.ts';
import type { Random } from '../random.ts';
import type { Site } from '../world/site.ts';
import type { Ground } from '../world/trail.ts';
import type { SliceLabel } from './labels.ts';

/** A thing in a slice and what it is; undefined: scenery that nobody would take for anything. */
export interface Subject {
  readonly thing: Thing;
  readonly truth: { readonly label: SliceLabel; readonly kind: string } | undefined;
}

/** The ground under subjects. */
export interface Footing {
  upM(eastM: number, northM: number): number;
  /** Metres from the shore, negative in the water. */
  offshoreM(eastM: number, northM: number): number;
  /** Of the water; 0 on land. */
  depthM(eastM: number, northM: number): number;
}

/** The ground of a simulated site. */
export function footingOf({ grid, shore, terrain }: Site): Footing {
  return {
    upM: grid.upM,
    offshoreM: shore.offshoreM,
    depthM: (eastM, northM) => Math.max(0, -terrain.heightM(eastM, northM)),
  };
}

/** Where subjects stand, and in what light. */
export interface Stage {
  readonly footing: Footing;
  readonly view: View;
  readonly scene: Scene;
}

/** A place where something would be of a size to see. */
export interface Spot extends Ground {
  readonly isWater: boolean;
  /** Vertical part of the ground's normal, 0–1. */
  readonly flatness: number;
}

/** Puts subjects at a spot and around it. */
export type Act = (stage: Stage, spot: Spot, random: Random) => readonly Subject[];

/** A place some metres beside another. */
export function near({ eastM, northM }: Ground, random: Random, [fromM, toM]: readonly [number, number]): Ground {
  const turn = random.between(0, 2 * Math.PI);
  const away = random.between(fromM, toM);
  return { eastM: eastM + away * Math.cos(turn), northM: northM + away * Math.sin(turn) };
}

/** Stands a mesh upright on the ground. */
export function standUp({ footing }: Stage, mesh: Mesh, { eastM, northM }: Ground, turn: number): Thing {
  return { mesh, stand: { eastM, northM, upM: footing.upM(eastM, northM), turn }, inWater: false };
}

/** Stands a mesh on the ground so that it follows its slope; the mesh is changed. */
export function layDown(stage: Stage, mesh: Mesh, place: Ground, turn: number): Thing {
  const { footing } = stage;
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const rise = (x: number, y: number): number =>
    (footing.upM(place.eastM + x, place.northM + y) - footing.upM(place.eastM - x, place.northM - y)) / 2;
  const [slopeX, slopeY] = [rise(c, s), rise(-s, c)];
  for (let i = 0; i < mesh.positions.length; i += 3) {
    const by = slopeX * (mesh.positions[i] as number) + slopeY * (mesh.positions[i + 1] as number);
    mesh.positions[i + 2] = (mesh.positions[i + 2] as number) + by;
  }
  return standUp(stage, mesh, place, turn);
}

/** A mesh on or in the water. */
export function float(mesh: Mesh, place: Ground, upM: number, turn: number): Thing {
  return { mesh, stand: { eastM: place.eastM, northM: place.northM, upM, turn }, inWater: true };
}
