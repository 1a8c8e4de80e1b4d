import type { Vector3 } from './matrix.ts';

/** Where a lens puts a direction, in focal lengths right of and down from the centre, with derivatives over the direction. */
export interface Imaged {
  readonly x: number;
  readonly y: number;
  readonly xOver: Vector3;
  readonly yOver: Vector3;
}
