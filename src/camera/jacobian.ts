import { degreesPerRadian } from '../geo/angles.ts';
import type { Enu, Pixel } from '../geo/frames.ts';
import type { Camera, Lens } from './camera.ts';
import { distort, toPixel, verticalFocalPx } from './lens.ts';
import { cross, dot, type Matrix3, multiplyVector, type Vector3 } from './matrix.ts';
import { turnAxes } from './pose.ts';
import { bendFor, rotationFor } from './project.ts';

/** What a pixel depends on, besides its point: the columns of every Jacobian and covariance, in this order. */
export const parameterNames = [
  'eastM',
  'northM',
  'upM',
  'headingDeg',
  'pitchDeg',
  'rollDeg',
  'focalPx',
  'u0',
  'v0',
  'k1',
  'k2',
  'k3',
  'p1',
  'p2',
] as const;
export type ParameterName = (typeof parameterNames)[number];

/** Columns of the position and of the turn in a row of a Jacobian. */
const turnColumn = 3;

/** A camera as a solver moves it: with a rotation in place of angles. */
export interface View {
  readonly position: Enu;
  /** From east-north-up to the axes of the camera. */
  readonly rotation: Matrix3;
  readonly lens: Lens;
  readonly bendPerM: number;
}

/** A pixel and how it moves with each parameter. */
export interface Linearised {
  readonly pixel: Pixel;
  /** (2, 14), row-major: ∂u, ∂v over `parameterNames`, but columns 3–5 over a small turn of the camera around its own axes, rad. */
  readonly rows: Float64Array;
}

export function viewOf(camera: Camera): View {
  return {
    position: camera.pose.position,
    rotation: rotationFor(camera),
    lens: camera.lens,
    bendPerM: bendFor(camera),
  };
}

/** Where a view sees a point, and the analytic derivatives; undefined behind the camera. */
export function linearise(view: View, point: Enu): Linearised | undefined {
  const { lens, rotation, position, bendPerM } = view;
  const east = point.eastM - position.eastM;
  const north = point.northM - position.northM;
  const up = point.upM - position.upM + bendPerM * (east * east + north * north);
  const c = multiplyVector(rotation, [east, north, up]);
  if (!(c[2] > 0)) return undefined;
  const [x, y] = [c[0] / c[2], c[1] / c[2]];
  const seen = distort(lens, { x, y });
  const [fu, fv] = [lens.focalPx, verticalFocalPx(lens)];
  // Over the point in the axes of the camera.
  const du = overCameraPoint(fu * seen.dxdx, fu * seen.dxdy, x, y, c[2]);
  const dv = overCameraPoint(fv * seen.dxdy, fv * seen.dydy, x, y, c[2]);
  const lift: readonly [number, number] = [2 * bendPerM * east, 2 * bendPerM * north];
  const rows = new Float64Array(28);
  rows.set(overPosition(du, rotation, lift), 0);
  rows.set(overPosition(dv, rotation, lift), 14);
  // A turn a of the camera moves the point by c × a: over a, that is du × c.
  rows.set(cross(du, c), turnColumn);
  rows.set(cross(dv, c), 14 + turnColumn);
  rows.set([seen.x, 1, 0, ...overLens(fu, x, x, y)], 6);
  rows.set([(lens.focalRatio ?? 1) * seen.y, 0, 1, ...overLens(fv, y, x, y)], 20);
  // ∂/∂p1 and ∂/∂p2 are each other's mirror.
  const s = x * x + y * y;
  rows.set([fu * 2 * x * y, fu * (s + 2 * x * x)], 12);
  rows.set([fv * (s + 2 * y * y), fv * 2 * x * y], 26);
  return { pixel: toPixel(lens, seen), rows };
}

/** ∂u and ∂v over `parameterNames`, (2, 14), row-major, angles per degree; undefined behind the camera. */
export function projectionJacobian(camera: Camera, point: Enu): Linearised | undefined {
  const linearised = linearise(viewOf(camera), point);
  if (!linearised) return undefined;
  const axes = turnAxes(camera.pose);
  const rows = Float64Array.from(linearised.rows);
  for (const start of [turnColumn, 14 + turnColumn]) {
    const turn: Vector3 = [rows[start] ?? 0, rows[start + 1] ?? 0, rows[start + 2] ?? 0];
    rows.set([dot(turn, axes.heading), dot(turn, axes.pitch), dot(turn, axes.roll)].map(perDegree), start);
  }
  return { pixel: linearised.pixel, rows };
}

function perDegree(perRadian: number): number {
  return perRadian / degreesPerRadian;
}

/** Chain of slopes x = X/Z, y = Y/Z. */
function overCameraPoint(overX: number, overY: number, x: number, y: number, z: number): Vector3 {
  return [overX / z, overY / z, -(overX * x + overY * y) / z];
}

/** A camera that moves is a point that moves the other way; light lifts it with its distance. */
function overPosition(d: Vector3, r: Matrix3, lift: readonly [number, number]): Vector3 {
  const up = d[0] * r[2] + d[1] * r[5] + d[2] * r[8];
  return [
    -(d[0] * r[0] + d[1] * r[3] + d[2] * r[6] + up * lift[0]),
    -(d[0] * r[1] + d[1] * r[4] + d[2] * r[7] + up * lift[1]),
    -up,
  ];
}

/** Over k1, k2, k3: focal · slope · r², r⁴, r⁶. */
function overLens(focalPx: number, slope: number, x: number, y: number): readonly [number, number, number] {
  const s = x * x + y * y;
  return [focalPx * slope * s, focalPx * slope * s * s, focalPx * slope * s * s * s];
}
