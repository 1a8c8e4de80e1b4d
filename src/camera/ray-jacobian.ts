import type { Enu, Pixel, Ray } from '../geo/frames.ts';
import { pointOn } from '../geo/ray.ts';
import type { Camera } from './camera.ts';
import { parameterNames, projectionJacobian } from './jacobian.ts';
import { cross, dot } from './matrix.ts';
import { pixelToRay } from './project.ts';

/** A ray and how its direction turns with its pixel and with each parameter of the camera. */
export interface LinearisedRay {
  readonly ray: Ray;
  /** (3, 2) row-major: east, north, up of the direction over u and v, per px. */
  readonly overPixel: Float64Array;
  /** (3, 15) row-major: the same over parameterNames, angles per degree; 0 over the position, which moves the origin instead. */
  readonly overCamera: Float64Array;
}

/**
 * pixelToRay with its analytic derivatives; undefined where there is no ray. By the inverse function theorem: the
 * direction moves so that its pixel does what is asked, and its length stays 1.
 */
export function rayJacobian(camera: Camera, pixel: Pixel): LinearisedRay | undefined {
  const ray = pixelToRay(camera, pixel);
  if (!ray) return undefined;
  // A point at distance 1, seen without refraction: its direction is the ray's.
  const rows = projectionJacobian({ ...camera, refraction: 0 }, pointOn({ ...ray, bendPerM: 0 }, 1))?.rows;
  const back = rows && invertOnSphere(rows, ray.direction);
  if (!rows || !back) return undefined;
  const n = parameterNames.length;
  const overCamera = new Float64Array(3 * n);
  for (let axis = 0; axis < 3; axis++) {
    // A parameter that would move the pixel is met by the direction that moves it back.
    for (let column = 3; column < n; column++) {
      const [u = 0, v = 0] = back.subarray(2 * axis, 2 * axis + 2);
      overCamera[axis * n + column] = -(u * (rows[column] ?? 0) + v * (rows[n + column] ?? 0));
    }
  }
  return { ray, overPixel: back, overCamera };
}

/** (3, 2): how a direction d moves for a step of u and of v, from how u and v move with the point, which is minus their columns of position. */
function invertOnSphere(rows: Float64Array, d: Enu): Float64Array | undefined {
  const n = parameterNames.length;
  // a and b, the gradients of u and v, have no part along d; the dual of a in their plane is b × d / (a × b · d).
  const a = [-(rows[0] ?? 0), -(rows[1] ?? 0), -(rows[2] ?? 0)] as const;
  const b = [-(rows[n] ?? 0), -(rows[n + 1] ?? 0), -(rows[n + 2] ?? 0)] as const;
  const along = [d.eastM, d.northM, d.upM] as const;
  const byU = cross(b, along);
  const byV = cross(along, a);
  const volume = dot(a, byU);
  if (volume === 0) return undefined;
  return Float64Array.from([0, 1, 2].flatMap((axis) => [(byU[axis] ?? 0) / volume, (byV[axis] ?? 0) / volume]));
}
