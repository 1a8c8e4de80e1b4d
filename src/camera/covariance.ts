import type { Enu } from '../geo/frames.ts';
import type { Mark, Prior } from './adjust.ts';
import type { Camera } from './camera.ts';
import { factorise, invert, solve } from './cholesky.ts';
import { parameterNames, projectionJacobian } from './jacobian.ts';

/** What a covariance is computed from: the marks of the solution, and what moved in it. */
export interface Solved {
  readonly camera: Camera;
  readonly marks: readonly Mark[];
  readonly active: readonly number[];
  readonly priors: readonly Prior[];
  /** One standard deviation of each coordinate of a position that was not solved, m; 0: it is exact. */
  readonly fixedPositionSigmaM: number;
}

export interface ParameterCovariance {
  readonly columns: readonly number[];
  /** (n, n), row-major, in the units of parameterNames. */
  readonly matrix: readonly number[];
}

const positionColumns: readonly number[] = [0, 1, 2];

/** Covariance of the solved parameters, (JᵀWJ + P)⁻¹, and of a position that was held; undefined when the marks do not fix them. */
export function covarianceOf(solved: Solved): ParameterCovariance | undefined {
  const { active, fixedPositionSigmaM } = solved;
  const considered = active.includes(0) || !(fixedPositionSigmaM > 0) ? [] : positionColumns;
  const factor = factorise(normalOver(solved, active, active), active.length);
  if (!factor) return undefined;
  const own = invert(factor);
  if (considered.length === 0) return { columns: active, matrix: [...own] };
  // A held position that is wrong by d moves the others by −N⁻¹·M·d, M their common normal matrix.
  const common = normalOver(solved, active, considered);
  const pulls = considered.map((_, at) =>
    solve(
      factor,
      Float64Array.from(active, (__, row) => -(common[row * considered.length + at] ?? 0)),
    ),
  );
  const variance = fixedPositionSigmaM ** 2;
  const n = considered.length + active.length;
  const matrix = Array.from({ length: n * n }, (_, cell) => {
    const row = Math.floor(cell / n) - considered.length;
    const col = (cell % n) - considered.length;
    if (row < 0 && col < 0) return row === col ? variance : 0;
    if (row < 0) return variance * (pulls[row + considered.length]?.[col] ?? 0);
    if (col < 0) return variance * (pulls[col + considered.length]?.[row] ?? 0);
    const pulled = pulls.reduce((sum, pull) => sum + (pull[row] ?? 0) * (pull[col] ?? 0), 0);
    return (own[row * active.length + col] ?? 0) + variance * pulled;
  });
  return { columns: [...considered, ...active], matrix };
}

/** JᵀWJ between two sets of columns, with the priors where a column meets itself. */
function normalOver({ camera, marks, priors }: Solved, rows: readonly number[], cols: readonly number[]): Float64Array {
  const normal = new Float64Array(rows.length * cols.length);
  const m = parameterNames.length;
  for (const { point, sigmaPx } of marks) {
    const jacobian = jacobianAt(camera, point);
    rows.forEach((row, i) => {
      cols.forEach((col, k) => {
        const at = i * cols.length + k;
        const [u, v] = [
          (jacobian[row] ?? 0) * (jacobian[col] ?? 0),
          (jacobian[m + row] ?? 0) * (jacobian[m + col] ?? 0),
        ];
        normal[at] = (normal[at] ?? 0) + (u + v) / sigmaPx ** 2;
      });
    });
  }
  for (const { column, sigma } of priors) {
    const at = rows.indexOf(column) * cols.length + cols.indexOf(column);
    if (rows.includes(column) && cols.includes(column)) normal[at] = (normal[at] ?? 0) + 1 / sigma ** 2;
  }
  return normal;
}

function jacobianAt(camera: Camera, point: Enu): Float64Array {
  return projectionJacobian(camera, point)?.rows ?? new Float64Array(2 * parameterNames.length);
}
