/** The factor of a symmetric positive-definite matrix. */
export interface CholeskyFactor {
  readonly n: number;
  /** (n, n), row-major; only the lower triangle is used. */
  readonly lower: Float64Array;
}

/**
 * Factor L of A = L·Lᵀ, from the lower triangle of A, (n, n), row-major; undefined when A is not positive definite to
 * working precision.
 * @param lower where to write L: of the size of A.
 */
export function factorise(a: Float64Array, n: number, lower = new Float64Array(n * n)): CholeskyFactor | undefined {
  for (let row = 0; row < n; row++) {
    for (let col = 0; col <= row; col++) {
      let sum = get(a, row * n + col);
      for (let k = 0; k < col; k++) sum -= get(lower, row * n + k) * get(lower, col * n + k);
      if (row !== col) {
        lower[row * n + col] = sum / get(lower, col * n + col);
      } else if (sum > 1e-14 * get(a, row * n + row)) {
        lower[row * n + row] = Math.sqrt(sum);
      } else {
        return undefined;
      }
    }
  }
  return { n, lower };
}

/** x of A·x = b. */
export function solve({ n, lower }: CholeskyFactor, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let row = 0; row < n; row++) {
    let sum = get(x, row);
    for (let k = 0; k < row; k++) sum -= get(lower, row * n + k) * get(x, k);
    x[row] = sum / get(lower, row * n + row);
  }
  for (let row = n - 1; row >= 0; row--) {
    let sum = get(x, row);
    for (let k = row + 1; k < n; k++) sum -= get(lower, k * n + row) * get(x, k);
    x[row] = sum / get(lower, row * n + row);
  }
  return x;
}

/** A⁻¹, (n, n), row-major. */
export function invert(factor: CholeskyFactor): Float64Array {
  const { n } = factor;
  const inverse = new Float64Array(n * n);
  for (let col = 0; col < n; col++) {
    const unit = new Float64Array(n);
    unit[col] = 1;
    const x = solve(factor, unit);
    for (let row = 0; row < n; row++) inverse[row * n + col] = get(x, row);
  }
  return inverse;
}

function get(array: Float64Array, at: number): number {
  return array[at] ?? 0;
}
