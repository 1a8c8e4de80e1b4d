import { describe, expect, it } from 'vitest';
import type { Camera } from '../../src/camera/camera.ts';
import { parameterNames, projectionJacobian } from '../../src/camera/jacobian.ts';
import { worldToPixel } from '../../src/camera/project.ts';

const camera: Camera = {
  origin: { lng: 6, lat: 45, heightM: 2000 },
  pose: { position: { eastM: 3, northM: -4, upM: 12 }, headingDeg: 63, pitchDeg: -7.5, rollDeg: 4 },
  lens: {
    kind: 'brown-conrady',
    focalPx: 1442,
    focalRatio: 1.01,
    centre: { u: 984, v: 548 },
    k1: -0.3,
    k2: 0.11,
    k3: -0.02,
    p1: 8e-4,
    p2: -5e-4,
  },
  sizePx: { widthPx: 1920, heightPx: 1080 },
  refraction: 0.9,
};
const point = { eastM: 1200, northM: 310, upM: -90 };

/** The same camera with one parameter changed by `step`. */
function nudge(name: (typeof parameterNames)[number], step: number): Camera {
  const { pose, lens } = camera;
  if (name === 'eastM' || name === 'northM' || name === 'upM') {
    return { ...camera, pose: { ...pose, position: { ...pose.position, [name]: pose.position[name] + step } } };
  }
  if (name === 'headingDeg' || name === 'pitchDeg' || name === 'rollDeg') {
    return { ...camera, pose: { ...pose, [name]: pose[name] + step } };
  }
  if (name === 'u0') return { ...camera, lens: { ...lens, centre: { ...lens.centre, u: lens.centre.u + step } } };
  if (name === 'v0') return { ...camera, lens: { ...lens, centre: { ...lens.centre, v: lens.centre.v + step } } };
  return { ...camera, lens: { ...lens, [name]: lens[name] + step } };
}

describe('the analytic Jacobian of the projection', () => {
  it.each(parameterNames.map((name, column) => [name, column] as const))(
    'agrees with differences over %s',
    (name, column) => {
      const step = name === 'focalPx' ? 1e-2 : 1e-4;
      const plus = worldToPixel(nudge(name, step), point);
      const minus = worldToPixel(nudge(name, -step), point);
      const rows = projectionJacobian(camera, point)?.rows ?? new Float64Array(28);
      const scale = Math.max(1, Math.abs(rows[column] ?? 0), Math.abs(rows[14 + column] ?? 0));
      expect(Math.abs(((plus?.u ?? 0) - (minus?.u ?? 0)) / (2 * step) - (rows[column] ?? 9)) / scale).toBeLessThan(
        1e-6,
      );
      expect(Math.abs(((plus?.v ?? 0) - (minus?.v ?? 0)) / (2 * step) - (rows[14 + column] ?? 9)) / scale).toBeLessThan(
        1e-6,
      );
    },
  );

  it('sees no point behind the camera', () => {
    expect(projectionJacobian(camera, { eastM: -1200, northM: -600, upM: 0 })).toBeUndefined();
  });
});
