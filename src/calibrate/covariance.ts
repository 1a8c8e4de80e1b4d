import type { Camera } from '../camera/camera.ts';
import { factorise, invert, solve } from '../camera/cholesky.ts';
import { parameterNames, projectionJacobian } from '../camera/jacobian.ts';
import type { Enu } from '../geo/frames.ts';
import type { Mark, Prior } from './adjust.ts';

/** What a covariance is computed from: the marks of the solution, what moved in it, and what was held though in doubt. */
export interface Solved {
  readonly camera: Camera;
  readonly marks: readonly Mark[];
  readonly active: readonly number[];
  readonly priors: readonly Prior[];
  /** Parameters that were not solved and are known to their σ only. */
  readonly held: readonly Prior[];
}

export interface ParameterCovariance {
  /** Ascending. */
  readonly columns: readonly number[];
  /** (n, n), row-major, in the units of parameterNames. */
  readonly matrix: readonly number[];
}

/** Covariance of the solved parameters, (JᵀWJ + P)⁻¹, and of those held in doubt; undefined when the marks do not fix them. */
export function covarianceOf(solved: Solved): ParameterCovariance | undefined {
  const { active, held } = solved;
  const heldColumns = held.map(({ column }) => column);
  const factor = factorise(normalOver(solved, active, active), active.length);
  if (!factor) return undefined;
  const own = invert(factor);
  // A held parameter that is wrong by d moves the others by −N⁻¹·M·d, M their common normal matrix.
  const common = normalOver(solved, active, heldColumns);
  const pulls = held.map(({ sigma }, at) => {
    const pull = solve(
      factor,
      Float64Array.from(active, (_, row) => -(common[row * held.length + at] ?? 0)),
    );
    return (column: number) => sigma * (column === heldColumns[at] ? 1 : (pull[active.indexOf(column)] ?? 0));
  });
  const columns = [...heldColumns, ...active].sort((a, b) => a - b);
  const matrix = columns.flatMap((row) =>
    columns.map((col) => {
      const [i, k] = [active.indexOf(row), active.indexOf(col)];
      const fitted = i < 0 || k < 0 ? 0 : (own[i * active.length + k] ?? 0);
      return pulls.reduce((sum, pull) => sum + pull(row) * pull(col), fitted);
    }),
  );
  return { columns, matrix };
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
