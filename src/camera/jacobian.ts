import { degreesPerRadian } from '../geo/angles.ts';
import type { Enu, Pixel } from '../geo/frames.ts';
import type { Camera, Lens } from './camera.ts';
import { distort, type Slopes, toPixel, verticalFocalPx } from './lens.ts';
import { dot, type Matrix3, multiplyVector, type Vector3 } from './matrix.ts';
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

function viewOf(camera: Camera): View {
  return {
    position: camera.pose.position,
    rotation: rotationFor(camera),
    lens: camera.lens,
    bendPerM: bendFor(camera),
  };
}

/** Where a view sees a point; undefined behind the camera. It may lie beyond where the lens folds back. */
export function see({ lens, rotation, position, bendPerM }: View, point: Enu): Pixel | undefined {
  const east = point.eastM - position.eastM;
  const north = point.northM - position.northM;
  const up = point.upM - position.upM + bendPerM * (east * east + north * north);
  const [x, y, z] = multiplyVector(rotation, [east, north, up]);
  return z > 0 ? toPixel(lens, distort(lens, { x: x / z, y: y / z })) : undefined;
}

/** Where a view sees a point, and the analytic derivatives; undefined behind the camera. */
export function linearise(view: View, point: Enu): Linearised | undefined {
  const { lens, rotation, position, bendPerM } = view;
  const east = point.eastM - position.eastM;
  const north = point.northM - position.northM;
  const up = point.upM - position.upM + bendPerM * (east * east + north * north);
  const c = multiplyVector(rotation, [east, north, up]);
  if (!(c[2] > 0)) return undefined;
  const slopes = { x: c[0] / c[2], y: c[1] / c[2] };
  const seen = distort(lens, slopes);
  const [fu, fv] = [lens.focalPx, verticalFocalPx(lens)];
  const lift = { east: 2 * bendPerM * east, north: 2 * bendPerM * north };
  const rows = new Float64Array(28);
  fillPose(rows, 0, overCameraPoint(fu * seen.dxdx, fu * seen.dxdy, slopes, c[2]), { c, rotation, lift });
  fillPose(rows, 14, overCameraPoint(fv * seen.dxdy, fv * seen.dydy, slopes, c[2]), { c, rotation, lift });
  fillLens(rows, 0, fu, slopes);
  fillLens(rows, 14, fv, slopes);
  rows[6] = seen.x;
  rows[20] = (lens.focalRatio ?? 1) * seen.y;
  rows[7] = 1;
  rows[22] = 1;
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
function overCameraPoint(overX: number, overY: number, { x, y }: Slopes, z: number): Vector3 {
  return [overX / z, overY / z, -(overX * x + overY * y) / z];
}

interface PoseChain {
  /** The point in the axes of the camera. */
  readonly c: Vector3;
  readonly rotation: Matrix3;
  /** How much more light lifts the point for a step away. */
  readonly lift: { readonly east: number; readonly north: number };
}

/** Columns of position and turn, from the derivative d over the point in the axes of the camera. */
function fillPose(rows: Float64Array, start: 0 | 14, d: Vector3, { c, rotation: r, lift }: PoseChain): void {
  // A camera that moves is a point that moves the other way.
  const up = d[0] * r[2] + d[1] * r[5] + d[2] * r[8];
  rows[start] = -(d[0] * r[0] + d[1] * r[3] + d[2] * r[6] + up * lift.east);
  rows[start + 1] = -(d[0] * r[1] + d[1] * r[4] + d[2] * r[7] + up * lift.north);
  rows[start + 2] = -up;
  // A turn a of the camera moves the point by c × a: over a, that is d × c.
  rows[start + 3] = d[1] * c[2] - d[2] * c[1];
  rows[start + 4] = d[2] * c[0] - d[0] * c[2];
  rows[start + 5] = d[0] * c[1] - d[1] * c[0];
}

/** Columns of k1, k2, k3, p1, p2. */
function fillLens(rows: Float64Array, start: 0 | 14, focalPx: number, { x, y }: Slopes): void {
  const own = start === 0 ? x : y;
  const s = x * x + y * y;
  const across = focalPx * 2 * x * y;
  const along = focalPx * (s + 2 * own * own);
  rows[start + 9] = focalPx * own * s;
  rows[start + 10] = focalPx * own * s * s;
  rows[start + 11] = focalPx * own * s * s * s;
  rows[start + 12] = start === 0 ? across : along;
  rows[start + 13] = start === 0 ? along : across;
}
