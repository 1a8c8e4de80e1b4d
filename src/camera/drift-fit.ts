import { factorise, invert, solve } from './cholesky.ts';
import type { Vector3 } from './matrix.ts';

/** A patch found again: how far it lies from where a turn puts it, and how that place moves with the turn. */
export interface Shift {
  readonly u: number;
  readonly v: number;
  /** ∂u and ∂v over a small further turn, px/rad. */
  readonly uOver: Vector3;
  readonly vOver: Vector3;
}

/** A small further turn on which patches agree. */
export interface Consensus {
  /** Around right, down and forward, rad. */
  readonly by: Vector3;
  /** (3, 3), rad². */
  readonly covariance: Float64Array;
  readonly agreeing: number;
  /** Of a coordinate of those that agree, px. */
  readonly sigmaPx: number;
}

/** Residual, px, up to which a patch agrees. */
const agreesPx = 1.5;

/** The turn on which most shifts agree, from pairs of them, and then refined on those; undefined: no pair fixes one. */
export function fitTurn(shifts: readonly Shift[]): Consensus | undefined {
  let best: Vector3 | undefined;
  let most = 0;
  for (let step = 1; step < shifts.length; step = 2 * step + 1) {
    for (let at = 0; at < shifts.length; at++) {
      const pair = [shifts[at], shifts[(at + step) % shifts.length]].filter((shift) => shift !== undefined);
      const by = solveTurn(pair, [1, 1])?.by;
      const count = by ? shifts.filter((shift) => residualPx(shift, by) < 2 * agreesPx).length : 0;
      if (count > most) [best, most] = [by, count];
    }
  }
  return best && refine(shifts, best);
}

function refine(shifts: readonly Shift[], start: Vector3): Consensus | undefined {
  let by = start;
  for (let round = 0; round < 8; round++) {
    // Geman–McClure: what is far off loses its say.
    const weights = shifts.map((shift) => 1 / (1 + (residualPx(shift, by) / agreesPx) ** 2) ** 2);
    const solved = solveTurn(shifts, weights);
    if (!solved) return undefined;
    by = solved.by;
  }
  const kept = shifts.filter((shift) => residualPx(shift, by) < agreesPx);
  const squares = kept.reduce((sum, shift) => sum + residualPx(shift, by) ** 2, 0);
  const inverse = solveTurn(
    kept,
    kept.map(() => 1),
  )?.inverse;
  if (!inverse || kept.length < 3) return undefined;
  const variance = squares / (2 * kept.length - 3);
  return {
    by,
    covariance: inverse.map((cell) => cell * variance),
    agreeing: kept.length,
    sigmaPx: Math.sqrt(variance),
  };
}

/** Weighted least squares; `inverse` is that of the normal matrix. */
function solveTurn(shifts: readonly Shift[], weights: readonly number[]) {
  const normal = new Float64Array(9);
  const right = new Float64Array(3);
  shifts.forEach(({ u, v, uOver, vOver }, index) => {
    const weight = weights[index] ?? 0;
    for (let row = 0; row < 3; row++) {
      const [du, dv] = [(uOver[row] as number) * weight, (vOver[row] as number) * weight];
      right[row] = (right[row] as number) + du * u + dv * v;
      for (let col = 0; col < 3; col++)
        normal[row * 3 + col] =
          (normal[row * 3 + col] as number) + du * (uOver[col] as number) + dv * (vOver[col] as number);
    }
  });
  const factor = factorise(normal, 3);
  if (!factor) return undefined;
  const [x = 0, y = 0, z = 0] = solve(factor, right);
  return { by: [x, y, z] as Vector3, inverse: invert(factor) };
}

function residualPx({ u, v, uOver, vOver }: Shift, [a, b, c]: Vector3): number {
  return Math.hypot(u - uOver[0] * a - uOver[1] * b - uOver[2] * c, v - vOver[0] * a - vOver[1] * b - vOver[2] * c);
}
