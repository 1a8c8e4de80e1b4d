import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Camera, Lens } from '../../src/camera/camera.ts';
import { type ParameterName, parameterNames, projectionJacobian } from '../../src/camera/jacobian.ts';
import { pixelToRay, worldToPixel } from '../../src/camera/project.ts';
import { rayJacobian } from '../../src/camera/ray-jacobian.ts';
import type { Enu, Pixel } from '../../src/geo/frames.ts';
import { pointOn } from '../../src/geo/ray.ts';
import { cameras } from './cameras.ts';

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const lacking: Readonly<Record<Lens['kind'], readonly ParameterName[]>> = {
  'brown-conrady': ['k4'],
  fisheye: ['p1', 'p2'],
};
const width = parameterNames.length;

/** The same camera with one parameter changed by `step`. */
function nudge(camera: Camera, name: ParameterName, step: number): Camera {
  const { pose, lens } = camera;
  if (name === 'eastM' || name === 'northM' || name === 'upM') {
    return { ...camera, pose: { ...pose, position: { ...pose.position, [name]: pose.position[name] + step } } };
  }
  if (name === 'headingDeg' || name === 'pitchDeg' || name === 'rollDeg') {
    return { ...camera, pose: { ...pose, [name]: pose[name] + step } };
  }
  if (name === 'u0') return { ...camera, lens: { ...lens, centre: { ...lens.centre, u: lens.centre.u + step } } };
  if (name === 'v0') return { ...camera, lens: { ...lens, centre: { ...lens.centre, v: lens.centre.v + step } } };
  const value = (lens as unknown as Record<ParameterName, number>)[name];
  return { ...camera, lens: { ...lens, [name]: value + step } };
}

/** Half the distance between two pixels, a step. */
function slope(plus: Pixel, minus: Pixel, step: number): readonly [number, number] {
  return [(plus.u - minus.u) / (2 * step), (plus.v - minus.v) / (2 * step)];
}

/** A camera, and a point that it sees well inside the valid radius of its lens. */
const sights = fc
  .record({ camera: cameras, u: within(300, 1600), v: within(150, 900), t: within(20, 3000) })
  .map(({ camera, u, v, t }) => {
    const ray = pixelToRay(camera, { u, v });
    return { camera: { ...camera, refraction: 0.9 }, point: ray && pointOn(ray, t) };
  })
  .filter((sight): sight is { camera: Camera & { refraction: number }; point: Enu } => sight.point !== undefined);

/** How far an analytic derivative is from a difference, as a share of the larger of it and 1. */
function off(analytic: number, difference: number): number {
  return Math.abs(analytic - difference) / Math.max(1, Math.abs(difference));
}

describe('the analytic Jacobian of the projection', () => {
  it.each(parameterNames.map((name, column) => [name, column] as const))(
    'agrees with differences over %s, for lenses of both kinds',
    (name, column) => {
      fc.assert(
        fc.property(sights, ({ camera, point }) => {
          const rows = projectionJacobian(camera, point)?.rows;
          fc.pre(rows !== undefined);
          const [du, dv] = [rows?.[column] ?? Infinity, rows?.[width + column] ?? Infinity];
          if (lacking[camera.lens.kind].includes(name)) {
            expect([du, dv]).toEqual([0, 0]);
            return;
          }
          const step = name === 'focalPx' ? 1e-2 : 1e-4;
          const plus = worldToPixel(nudge(camera, name, step), point);
          const minus = worldToPixel(nudge(camera, name, -step), point);
          fc.pre(plus !== undefined && minus !== undefined);
          if (!plus || !minus) return;
          const [u, v] = slope(plus, minus, step);
          expect(off(du, u)).toBeLessThan(1e-5);
          expect(off(dv, v)).toBeLessThan(1e-5);
        }),
        { numRuns: 200 },
      );
    },
  );

  it.each(['eastM', 'northM', 'upM'] as const)('agrees with differences over %s of the point', (axis) => {
    fc.assert(
      fc.property(sights, ({ camera, point }) => {
        const rows = projectionJacobian(camera, point)?.rows;
        const column = parameterNames.indexOf(axis);
        const plus = worldToPixel(camera, { ...point, [axis]: point[axis] + 1e-3 });
        const minus = worldToPixel(camera, { ...point, [axis]: point[axis] - 1e-3 });
        fc.pre(rows !== undefined && plus !== undefined && minus !== undefined);
        if (!rows || !plus || !minus) return;
        // A point that moves is a camera that moves the other way.
        const [u, v] = slope(plus, minus, 1e-3);
        expect(off(-(rows[column] ?? 9), u)).toBeLessThan(1e-5);
        expect(off(-(rows[width + column] ?? 9), v)).toBeLessThan(1e-5);
      }),
      { numRuns: 200 },
    );
  });

  it('sees no point behind the camera', () => {
    fc.assert(
      fc.property(cameras, within(10, 1000), (camera, t) => {
        const ray = pixelToRay(camera, camera.lens.centre);
        const behind = ray && pointOn({ ...ray, bendPerM: 0 }, -t);
        expect(behind && projectionJacobian(camera, behind)).toBeUndefined();
        expect(behind).toBeDefined();
      }),
    );
  });
});

describe('the analytic Jacobian of a ray', () => {
  /** Directions of two cameras' rays as differences over twice a step; undefined where one has no ray. */
  function difference(plus: Camera, minus: Camera, pixel: readonly [Pixel, Pixel], step: number) {
    const [one, other] = [pixelToRay(plus, pixel[0])?.direction, pixelToRay(minus, pixel[1])?.direction];
    if (!one || !other) return undefined;
    return [one.eastM - other.eastM, one.northM - other.northM, one.upM - other.upM].map((d) => d / (2 * step));
  }

  /** Where a lens nearly folds back its rays turn so fast with the pixel that no difference is a derivative. */
  function growsWell({ camera, u, v }: { camera: Camera; u: number; v: number }): boolean {
    const overU = difference(
      camera,
      camera,
      [
        { u: u + 1, v },
        { u: u - 1, v },
      ],
      1,
    );
    const overV = difference(
      camera,
      camera,
      [
        { u, v: v + 1 },
        { u, v: v - 1 },
      ],
      1,
    );
    return Math.hypot(...(overU ?? [Infinity]), ...(overV ?? [Infinity])) * camera.lens.focalPx < 4;
  }

  const pixels = fc.record({ camera: cameras, u: within(300, 1600), v: within(150, 900) }).filter(growsWell);

  it('agrees with differences over the pixel, and keeps the length 1', () => {
    fc.assert(
      fc.property(pixels, ({ camera, u, v }) => {
        const found = rayJacobian(camera, { u, v });
        fc.pre(found !== undefined);
        if (!found) return;
        const step = 0.01;
        const overU = difference(
          camera,
          camera,
          [
            { u: u + step, v },
            { u: u - step, v },
          ],
          step,
        );
        const overV = difference(
          camera,
          camera,
          [
            { u, v: v + step },
            { u, v: v - step },
          ],
          step,
        );
        fc.pre(overU !== undefined && overV !== undefined);
        const { eastM, northM, upM } = found.ray.direction;
        [overU, overV].forEach((over, column) => {
          const analytic = [0, 1, 2].map((axis) => found.overPixel[2 * axis + column] ?? Infinity);
          // A ray is good to 1e-7 px: over two steps of 0.01 px, at 250 px or more to the radian, that is 4e-8 at most.
          analytic.forEach((value, axis) => {
            expect(Math.abs(value - (over?.[axis] ?? Infinity))).toBeLessThan(4e-8);
          });
          const [e = 1, n = 1, up = 1] = analytic;
          expect(Math.abs(e * eastM + n * northM + up * upM)).toBeLessThan(1e-12);
        });
      }),
      { numRuns: 300 },
    );
  });

  it.each(parameterNames.map((name, column) => [name, column] as const))(
    'agrees with differences over %s, for lenses of both kinds',
    (name, column) => {
      fc.assert(
        fc.property(pixels, ({ camera, u, v }) => {
          const found = rayJacobian(camera, { u, v });
          // The way back of a wide lens bends fast with its terms.
          const step = name === 'focalPx' ? 1e-2 : /^[kp]\d/.test(name) ? 3e-7 : 1e-4;
          const over = difference(
            nudge(camera, name, step),
            nudge(camera, name, -step),
            [
              { u, v },
              { u, v },
            ],
            step,
          );
          fc.pre(found !== undefined && over !== undefined && !lacking[camera.lens.kind].includes(name));
          for (let axis = 0; axis < 3; axis++) {
            const analytic = found?.overCamera[axis * width + column] ?? Infinity;
            expect(off(analytic, over?.[axis] ?? Infinity)).toBeLessThan(3e-5);
          }
        }),
        { numRuns: 100 },
      );
    },
  );
});
