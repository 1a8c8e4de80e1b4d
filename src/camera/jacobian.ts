import { degreesPerRadian } from '../geo/angles.ts';
import type { Enu, Pixel } from '../geo/frames.ts';
import type { Camera, Lens } from './camera.ts';
import { imageOf, overDistortion, toPixel, verticalFocalPx } from './lens.ts';
import { dot, type Matrix3, multiplyVector, scale, type Vector3 } from './matrix.ts';
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
  'k4',
] as const;
export type ParameterName = (typeof parameterNames)[number];

/** Columns of a row of a Jacobian, and where in it the turn, the focal length, the centre and the distortion begin. */
const width = parameterNames.length;
const [turnColumn, focalColumn, centreColumn, distortionColumn] = [3, 6, 7, 9] as const;

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
  /** (2, 15), row-major: ∂u, ∂v over `parameterNames`, but columns 3–5 over a small turn of the camera around its own axes, rad. */
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

/** Where a view sees a point; undefined where the lens has no image of it. It may lie beyond where the lens folds back. */
export function see(view: View, point: Enu): Pixel | undefined {
  const image = imageOf(view.lens, directionTo(view, point));
  return image && toPixel(view.lens, image);
}

/** To where a point seems to be, in the axes of the camera, m. */
function directionTo({ rotation, position, bendPerM }: View, point: Enu): Vector3 {
  const east = point.eastM - position.eastM;
  const north = point.northM - position.northM;
  return multiplyVector(rotation, [east, north, point.upM - position.upM + bendPerM * (east * east + north * north)]);
}

/**
 * Where a view sees a point, and the analytic derivatives; undefined where the lens has no image of it.
 * @param rows where to write the derivatives: those of the call before are lost. All calls with one array fill all of it.
 */
export function linearise(view: View, point: Enu, rows = new Float64Array(2 * width)): Linearised | undefined {
  const { lens, bendPerM } = view;
  const direction = directionTo(view, point);
  const image = imageOf(lens, direction);
  if (!image) return undefined;
  const fu = lens.focalPx;
  const fv = verticalFocalPx(lens);
  // How much more light lifts the point for a step away.
  const liftEast = 2 * bendPerM * (point.eastM - view.position.eastM);
  const liftNorth = 2 * bendPerM * (point.northM - view.position.northM);
  const approach = { direction, rotation: view.rotation, liftEast, liftNorth };
  fillPose(rows, 0, scale(image.xOver, fu), approach);
  fillPose(rows, width, scale(image.yOver, fv), approach);
  rows[focalColumn] = image.x;
  rows[width + focalColumn] = (lens.focalRatio ?? 1) * image.y;
  rows[centreColumn] = 1;
  rows[width + centreColumn + 1] = 1;
  const over = overDistortion(lens, direction);
  const xOver = over[0] ?? [];
  const yOver = over[1] ?? [];
  for (let at = 0; at < width - distortionColumn; at++) {
    rows[distortionColumn + at] = fu * (xOver[at] ?? 0);
    rows[width + distortionColumn + at] = fv * (yOver[at] ?? 0);
  }
  return { pixel: toPixel(lens, image), rows };
}

/** ∂u and ∂v over `parameterNames`, (2, 15), row-major, angles per degree; undefined where the lens has no image of it. */
export function projectionJacobian(camera: Camera, point: Enu): Linearised | undefined {
  const linearised = linearise(viewOf(camera), point);
  if (!linearised) return undefined;
  const axes = turnAxes(camera.pose);
  const rows = Float64Array.from(linearised.rows);
  for (const start of [turnColumn, width + turnColumn]) {
    const turn: Vector3 = [rows[start] ?? 0, rows[start + 1] ?? 0, rows[start + 2] ?? 0];
    rows.set([dot(turn, axes.heading), dot(turn, axes.pitch), dot(turn, axes.roll)].map(perDegree), start);
  }
  return { pixel: linearised.pixel, rows };
}

function perDegree(perRadian: number): number {
  return perRadian / degreesPerRadian;
}

/** A point as a view meets it: to where it seems to be, in the axes of the camera, and how much more light lifts it for a step away. */
interface Approach {
  readonly direction: Vector3;
  readonly rotation: Matrix3;
  readonly liftEast: number;
  readonly liftNorth: number;
}

/** Columns of position and turn, from the derivative d over the point in the axes of the camera. */
function fillPose(rows: Float64Array, start: number, d: Vector3, approach: Approach): void {
  const { direction: c, rotation: r, liftEast, liftNorth } = approach;
  // A camera that moves is a point that moves the other way.
  const up = d[0] * r[2] + d[1] * r[5] + d[2] * r[8];
  rows[start] = -(d[0] * r[0] + d[1] * r[3] + d[2] * r[6] + up * liftEast);
  rows[start + 1] = -(d[0] * r[1] + d[1] * r[4] + d[2] * r[7] + up * liftNorth);
  rows[start + 2] = -up;
  // A turn a of the camera moves the point by c × a: over a, that is d × c.
  rows[start + 3] = d[1] * c[2] - d[2] * c[1];
  rows[start + 4] = d[2] * c[0] - d[0] * c[2];
  rows[start + 5] = d[0] * c[1] - d[1] * c[0];
}
