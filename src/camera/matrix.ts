/** 3×3, row-major. */
export type Matrix3 = readonly [number, number, number, number, number, number, number, number, number];
export type Vector3 = readonly [number, number, number];
/** Three directions of length 1 at right angles, right-handed. */
export type Axes = readonly [Vector3, Vector3, Vector3];

export function multiplyVector(m: Matrix3, [x, y, z]: Vector3): Vector3 {
  return [m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z];
}

/** mᵀ·v: for a rotation, the way back. */
export function multiplyTransposed(m: Matrix3, [x, y, z]: Vector3): Vector3 {
  return [m[0] * x + m[3] * y + m[6] * z, m[1] * x + m[4] * y + m[7] * z, m[2] * x + m[5] * y + m[8] * z];
}

export function multiply(a: Matrix3, b: Matrix3): Matrix3 {
  const cell = (row: number, col: number) =>
    (a[row * 3] ?? 0) * (b[col] ?? 0) +
    (a[row * 3 + 1] ?? 0) * (b[col + 3] ?? 0) +
    (a[row * 3 + 2] ?? 0) * (b[col + 6] ?? 0);
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1), cell(2, 2)];
}

export function transpose(m: Matrix3): Matrix3 {
  return [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]];
}

/** The rotation that turns three axes of length 1 into three others, both right-handed. */
export function rotationBetween(from: Axes, to: Axes): Matrix3 {
  const rows = (axes: Axes): Matrix3 => [...axes[0], ...axes[1], ...axes[2]];
  return multiply(transpose(rows(to)), rows(from));
}

export function subtract(a: Vector3, b: Vector3): Vector3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function scale(v: Vector3, factor: number): Vector3 {
  return [v[0] * factor, v[1] * factor, v[2] * factor];
}

export function cross([ax, ay, az]: Vector3, [bx, by, bz]: Vector3): Vector3 {
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}

export function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function unit(v: Vector3): Vector3 {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
}
