import type { Enu, Pixel, Ray } from '../geo/frames.ts';
import { bendOf, meanRefraction } from '../geo/refraction.ts';
import type { Camera } from './camera.ts';
import { imageOf, lensSees, toPixel, undistortOf } from './lens.ts';
import { type Matrix3, multiplyVector, type Vector3 } from './matrix.ts';
import { rotationOf } from './pose.ts';

/** Where pixelToRay keeps a direction between two steps: an array of its own for each pixel would halve its speed. */
const along = new Float64Array(3);

/** The light path that ends at a pixel; undefined beyond the radius where the lens folds back. */
export function pixelToRay(camera: Camera, pixel: Pixel): Ray | undefined {
  if (!undistortOf(camera.lens)(pixel.u, pixel.v, along)) return undefined;
  const x = along[0] ?? 0;
  const y = along[1] ?? 0;
  const z = along[2] ?? 0;
  const m = rotationFor(camera);
  const direction = {
    eastM: m[0] * x + m[3] * y + m[6] * z,
    northM: m[1] * x + m[4] * y + m[7] * z,
    upM: m[2] * x + m[5] * y + m[8] * z,
  };
  return { origin: camera.pose.position, direction, bendPerM: bendFor(camera) };
}

/** Where a point is seen; undefined behind the camera and where the lens folds back. It may lie outside the picture. */
export function worldToPixel(camera: Camera, point: Enu): Pixel | undefined {
  const direction = multiplyVector(rotationFor(camera), seenFrom(camera, point));
  const image = lensSees(camera.lens, direction) ? imageOf(camera.lens, direction) : undefined;
  return image && toPixel(camera.lens, image);
}

/** From the camera to where a point seems to be: light that bends down lifts it, m. */
function seenFrom(camera: Camera, point: Enu): Vector3 {
  const { position } = camera.pose;
  const east = point.eastM - position.eastM;
  const north = point.northM - position.northM;
  return [east, north, point.upM - position.upM + bendFor(camera) * (east * east + north * north)];
}

/** How much light sinks on its way to this camera: see Ray.bendPerM. */
export function bendFor(camera: Camera): number {
  return bendOf(camera.refraction ?? meanRefraction.k);
}

const rotations = new WeakMap<Camera['pose'], Matrix3>();

/** The camera's rotation, kept with its pose: a frame has thousands of pixels and one pose. */
export function rotationFor({ pose }: Camera): Matrix3 {
  const known = rotations.get(pose);
  if (known) return known;
  const rotation = rotationOf(pose);
  rotations.set(pose, rotation);
  return rotation;
}
