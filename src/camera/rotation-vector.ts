import { type Matrix3, multiply, scale, type Vector3 } from './matrix.ts';

/** The rotation around an axis by its length, rad: what OpenCV's Rodrigues makes of a vector. Source: Rodrigues (1840). */
export function fromRotationVector(vector: Vector3): Matrix3 {
  const angle = Math.hypot(...vector);
  if (angle === 0) return [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const [x, y, z] = [vector[0] / angle, vector[1] / angle, vector[2] / angle];
  const [s, c] = [Math.sin(angle), Math.cos(angle)];
  const k = 1 - c;
  return [
    c + x * x * k,
    x * y * k - z * s,
    x * z * k + y * s,
    x * y * k + z * s,
    c + y * y * k,
    y * z * k - x * s,
    x * z * k - y * s,
    y * z * k + x * s,
    c + z * z * k,
  ];
}

/** The axis of a rotation, as long as its angle, 0–π rad. Source: through the quaternion, Shepperd (1978). */
export function toRotationVector([a, b, c, d, e, f, g, h, i]: Matrix3): Vector3 {
  // Four times the products of the quaternion (x, y, z, w) with itself; the row of its largest part loses no digits.
  const rows = [
    [1 + a - e - i, b + d, c + g, h - f],
    [b + d, 1 - a + e - i, f + h, c - g],
    [c + g, f + h, 1 - a - e + i, d - b],
    [h - f, c - g, d - b, 1 + a + e + i],
  ] as const;
  const largest = Math.max(...rows.map((row, at) => row[at] ?? 0));
  const [x, y, z, w] = rows.find((row, at) => row[at] === largest) ?? rows[3];
  const sine = Math.hypot(x, y, z);
  if (sine === 0) return [0, 0, 0];
  const angle = 2 * Math.atan2(sine, Math.abs(w));
  return scale([x, y, z], ((w < 0 ? -1 : 1) * angle) / sine);
}

/** The rotation of a camera, from the world to its axes, after it turned by `by` around its own axes (right, down, forward), rad. */
export function turnedBy(rotation: Matrix3, by: Vector3): Matrix3 {
  // Seen from the camera the world turns the other way.
  return multiply(fromRotationVector(scale(by, -1)), rotation);
}
