import { ServiceError } from '../errors.ts';
import { type Crs, getCrs } from '../geo/crs.ts';
import type { PlaneOrigin, SizePx } from '../geo/frames.ts';
import { northInGrid } from '../geo/grid-north.ts';
import { fromEnu, turnEnu } from '../geo/plane.ts';
import type { Camera, Lens } from './camera.ts';
import { verticalFocalPx } from './lens.ts';
import {
  type Matrix3,
  multiply,
  multiplyTransposed,
  multiplyVector,
  scale,
  transpose,
  type Vector3,
} from './matrix.ts';
import { aimOf, rotationOf } from './pose.ts';
import { fromRotationVector, toRotationVector } from './rotation-vector.ts';

/**
 * A camera as OpenCV has it: x = K·distort(R·X + t), R the rotation of `rvec`, t `tvec`. Its pixel (0, 0) is the centre
 * of the first pixel, which is (0.5, 0.5) here. Source: OpenCV, calib3d, "Detailed Description".
 */
export interface OpenCvCamera {
  /** Which functions it is for: cv::projectPoints or cv::fisheye::projectPoints. */
  readonly model: 'pinhole' | 'fisheye';
  /** K, 3×3 row-major, px. */
  readonly cameraMatrix: readonly number[];
  /** k1 k2 p1 p2 [k3 [k4 k5 k6 [s1 s2 s3 s4 [τx τy]]]]; of a fisheye k1 k2 k3 k4. */
  readonly distortion: readonly number[];
  /** From the axes of the world to those of the camera. */
  readonly rvec: Vector3;
  /** Where the camera sees the origin of the world, m. */
  readonly tvec: Vector3;
}

/** The world of an OpenCV pose: east, north and height in a projected CRS, less an offset that keeps numbers small, m. */
export interface OpenCvWorld {
  readonly epsg: number;
  readonly offset: Vector3;
}

/** Between the centre of OpenCV's first pixel and the corner of the picture, px. */
const pixelShift = 0.5;

/**
 * A camera for OpenCV. The world is flat there: beside the scale of the map and the curvature of the Earth this is
 * right to about 0.1 px at 1 km. Refraction has no place in it.
 * @throws ServiceError opencv-crs
 */
export function toOpenCv({ origin, pose, lens }: Camera, { epsg, offset }: OpenCvWorld): OpenCvCamera {
  const crs = getMetric(epsg);
  const place = fromEnu(origin, pose.position);
  const { x, y } = crs.fromLngLat(place);
  const own = turnAxes(rotationOf(pose), origin, place);
  const rotation = multiply(own, fromGrid(crs, place));
  const seen: Vector3 = [x - offset[0], y - offset[1], place.heightM - offset[2]];
  return {
    model: lens.kind === 'fisheye' ? 'fisheye' : 'pinhole',
    cameraMatrix: [
      ...[lens.focalPx, 0, lens.centre.u - pixelShift],
      ...[0, verticalFocalPx(lens), lens.centre.v - pixelShift],
      ...[0, 0, 1],
    ],
    distortion:
      lens.kind === 'fisheye' ? [lens.k1, lens.k2, lens.k3, lens.k4] : [lens.k1, lens.k2, lens.p1, lens.p2, lens.k3],
    rvec: toRotationVector(rotation),
    tvec: scale(multiplyVector(rotation, seen), -1),
  };
}

/**
 * A camera from OpenCV, its plane at the camera.
 * @throws ServiceError opencv-crs, opencv-lens
 */
export function fromOpenCv(given: OpenCvCamera, { epsg, offset }: OpenCvWorld, sizePx: SizePx): Camera {
  const crs = getMetric(epsg);
  const rotation = fromRotationVector(given.rvec);
  const [x, y, z] = multiplyTransposed(rotation, scale(given.tvec, -1));
  const origin = { ...crs.toLngLat({ x: x + offset[0], y: y + offset[1] }), heightM: z + offset[2] };
  const pose = aimOf(multiply(rotation, transpose(fromGrid(crs, origin))));
  return { origin, pose: { position: { eastM: 0, northM: 0, upM: 0 }, ...pose }, lens: lensOf(given), sizePx };
}

function getMetric(epsg: number): Crs {
  const crs = getCrs(epsg);
  if (crs.geographic || crs.metresPerUnit !== 1) throw new ServiceError('opencv-crs', { epsg, name: crs.name });
  return crs;
}

/** The rotation from the axes of a projected CRS to east, north and up at a place. */
function fromGrid(crs: Crs, place: PlaneOrigin): Matrix3 {
  const angle = northInGrid(crs, place);
  const [s, c] = [Math.sin(angle), Math.cos(angle)];
  return [c, -s, 0, s, c, 0, 0, 0, 1];
}

/** A rotation from one tangent plane to the camera as one from another plane. */
function turnAxes(r: Matrix3, from: PlaneOrigin, to: PlaneOrigin): Matrix3 {
  const turn = (eastM: number, northM: number, upM: number): Vector3 => {
    const turned = turnEnu({ eastM, northM, upM }, from, to);
    return [turned.eastM, turned.northM, turned.upM];
  };
  return [...turn(r[0], r[1], r[2]), ...turn(r[3], r[4], r[5]), ...turn(r[6], r[7], r[8])];
}

function lensOf({ model, cameraMatrix, distortion }: OpenCvCamera): Lens {
  const [focalPx = 0, skew = 0, u = 0, , focalVPx = 0, v = 0] = cameraMatrix;
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, ...extra] = distortion;
  const count = distortion.length;
  if (skew !== 0) throw new ServiceError('opencv-lens', { what: `skew (${skew})` });
  if (!(model === 'fisheye' ? count === 4 : [4, 5, 8, 12, 14].includes(count)) || extra.some((value) => value !== 0)) {
    throw new ServiceError('opencv-lens', { what: `${model} ${distortion.join(', ')}` });
  }
  const optics = {
    focalPx,
    ...(focalVPx === focalPx ? {} : { focalRatio: focalVPx / focalPx }),
    centre: { u: u + pixelShift, v: v + pixelShift },
    k1: first,
    k2: second,
  };
  return model === 'fisheye'
    ? { kind: 'fisheye', ...optics, k3: third, k4: fourth }
    : { kind: 'brown-conrady', ...optics, k3: fifth, p1: third, p2: fourth };
}
