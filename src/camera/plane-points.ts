import type { LevelSurface } from '../geo/ray.ts';
import type { Camera } from './camera.ts';
import { undistortOf } from './lens.ts';
import { bendFor, rotationFor } from './project.ts';

/** Where many pixels meet a level surface. */
export interface PlanePoints {
  /** (n, 3), row-major: east, north, up, m; 0, 0, 0 where nothing is met. */
  readonly points: Float64Array;
  /** (n): 1 where the surface is met, else 0. */
  readonly met: Uint8Array;
}

/** What pixelToRay, meetLevel and pointOn say of pixels (n, 2), row-major u, v; for very many of them. */
export function planePoints(camera: Camera, level: LevelSurface, pixels: Float64Array): PlanePoints {
  const undistort = undistortOf(camera.lens);
  const { eastM, northM, upM } = camera.pose.position;
  const { eastBend, northBend } = level;
  const m = rotationFor(camera);
  const bendPerM = bendFor(camera);
  const a = upM + eastBend * eastM * eastM + northBend * northM * northM - level.upM;
  const n = pixels.length / 2;
  const found = { points: new Float64Array(3 * n), met: new Uint8Array(n) };
  const along = new Float64Array(3);
  for (let at = 0; a > 0 && at < n; at++) {
    if (!undistort(pixels[2 * at] ?? 0, pixels[2 * at + 1] ?? 0, along)) continue;
    const x = along[0] ?? 0;
    const y = along[1] ?? 0;
    const z = along[2] ?? 0;
    const east = m[0] * x + m[3] * y + m[6] * z;
    const north = m[1] * x + m[4] * y + m[7] * z;
    const up = m[2] * x + m[5] * y + m[8] * z;
    // Height over the surface: a + b·t + c·t², as in meetLevel.
    const sink = bendPerM * (east * east + north * north);
    const b = up + 2 * (eastBend * eastM * east + northBend * northM * north);
    const c = eastBend * east * east + northBend * north * north - sink;
    const below = Math.sqrt(Math.max(b * b - 4 * a * c, 0)) - b;
    if (b * b < 4 * a * c || !(below > 0)) continue;
    const t = (2 * a) / below;
    found.met[at] = 1;
    found.points[3 * at] = eastM + t * east;
    found.points[3 * at + 1] = northM + t * north;
    found.points[3 * at + 2] = upM + t * up - sink * t * t;
  }
  return found;
}
