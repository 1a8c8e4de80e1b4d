import { parameterNames, projectionJacobian } from '../camera/jacobian.ts';
import type { KnownCamera } from '../camera/known-camera.ts';
import type { Enu } from '../geo/frames.ts';

/** One standard deviation of where a calibration sees a point, in the worst direction at most, px. */
export function pixelSigma({ camera, free, covariance }: KnownCamera, point: Enu): number {
  const rows = projectionJacobian(camera, point)?.rows;
  if (!rows) return 0;
  const columns = free.map((name) => parameterNames.indexOf(name as (typeof parameterNames)[number]));
  let variance = 0;
  for (const start of [0, parameterNames.length]) {
    columns.forEach((a, i) => {
      columns.forEach((b, k) => {
        variance += (rows[start + a] ?? 0) * (rows[start + b] ?? 0) * (covariance[i * columns.length + k] ?? 0);
      });
    });
  }
  return Math.sqrt(Math.max(0, variance));
}
