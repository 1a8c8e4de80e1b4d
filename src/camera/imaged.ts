import type { Vector3 } from './matrix.ts';

/** Where a lens puts a direction, in focal lengths right of and down from the centre, with derivatives over the direction. */
export interface Imaged {
  readonly x: number;
  readonly y: number;
  readonly xOver: Vector3;
  readonly yOver: Vector3;
}

/** Writes the direction, of length 1, that a lens puts at x, y; false beyond the radius where the lens folds back. */
export type WayBack = (x: number, y: number, out: Float64Array) => boolean;
