import {
  type Axes,
  cross,
  dot,
  type Matrix3,
  multiplyTransposed,
  rotationBetween,
  scale,
  subtract,
  unit,
  type Vector3,
} from '../camera/matrix.ts';
import { realRoots } from './quartic.ts';

/** Where a camera stands and how it is turned, from three points. */
export interface Placed {
  readonly position: Vector3;
  /** From the axes of the points to those of the camera. */
  readonly rotation: Matrix3;
}

type Triple = readonly [Vector3, Vector3, Vector3];

/**
 * Poses (0–4) from which three points are seen in three directions of length 1.
 * Source: Grunert's equations as Haralick et al. (1994) give them, "Review and analysis of solutions of the three
 * point perspective pose estimation problem", IJCV 13, eq. 7–9.
 */
export function solveP3p(points: Triple, directions: Triple): readonly Placed[] {
  const [p1, p2, p3] = points;
  const [j1, j2, j3] = directions;
  const a2 = distance2(p2, p3);
  const b2 = distance2(p1, p3);
  const c2 = distance2(p1, p2);
  if (Math.min(a2, b2, c2) === 0) return [];
  const [cosA, cosB, cosC] = [dot(j2, j3), dot(j1, j3), dot(j1, j2)];
  const q = (a2 - c2) / b2;
  const quartic = [
    (q - 1) ** 2 - ((4 * c2) / b2) * cosA ** 2,
    4 * (q * (1 - q) * cosB - (1 - (a2 + c2) / b2) * cosA * cosC + ((2 * c2) / b2) * cosA ** 2 * cosB),
    2 *
      (q ** 2 -
        1 +
        2 * q ** 2 * cosB ** 2 +
        2 * ((b2 - c2) / b2) * cosA ** 2 -
        4 * ((a2 + c2) / b2) * cosA * cosB * cosC +
        2 * ((b2 - a2) / b2) * cosC ** 2),
    4 * (-q * (1 + q) * cosB + ((2 * a2) / b2) * cosC ** 2 * cosB - (1 - (a2 + c2) / b2) * cosA * cosC),
    (1 + q) ** 2 - ((4 * a2) / b2) * cosC ** 2,
  ] as const;
  return realRoots(quartic).flatMap((v) => {
    const below = 2 * (cosC - v * cosA);
    const u = ((q - 1) * v * v - 2 * q * cosB * v + 1 + q) / below;
    const s1 = Math.sqrt(b2 / (1 + v * v - 2 * v * cosB));
    if (!(v > 0 && u > 0 && Number.isFinite(s1) && Number.isFinite(u))) return [];
    return placeTriangle(points, [scale(j1, s1), scale(j2, u * s1), scale(j3, v * s1)]);
  });
}

/** The rotation and position that lay one triangle on another of the same shape. */
function placeTriangle(points: Triple, seen: Triple): readonly Placed[] {
  const from = frameOf(points);
  const to = frameOf(seen);
  if (!from || !to) return [];
  const rotation = rotationBetween(from, to);
  return [{ position: subtract(points[0], multiplyTransposed(rotation, seen[0])), rotation }];
}

/** Three axes of a triangle, each of length 1; undefined when its corners lie on a line. */
function frameOf([a, b, c]: Triple): Axes | undefined {
  const x = unit(subtract(b, a));
  const normal = cross(x, subtract(c, a));
  if (!(Math.hypot(...normal) > 1e-9)) return undefined;
  const z = unit(normal);
  return [x, cross(z, x), z];
}

function distance2(a: Vector3, b: Vector3): number {
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}
