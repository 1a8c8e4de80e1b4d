import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planePoints } from '../../src/camera/plane-points.ts';
import { pixelToRay } from '../../src/camera/project.ts';
import { levelAt, meetLevel, pointOn } from '../../src/geo/ray.ts';
import { cameras } from './cameras.ts';

it('puts many pixels on a plane where one by one they lie, to 1e-9 m, in 1 km and nearer', () => {
  const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  let metCount = 0;
  fc.assert(
    fc.property(
      cameras,
      fc.array(fc.tuple(within(0, 1920), within(0, 1080)), { minLength: 5, maxLength: 20 }),
      within(2000, 2110),
      (camera, pixels, heightM) => {
        const level = levelAt(camera.origin, heightM);
        const { points, met } = planePoints(camera, level, Float64Array.from(pixels.flat()));
        pixels.forEach(([u, v], at) => {
          const ray = pixelToRay(camera, { u, v });
          const rangeM = ray && meetLevel(ray, level);
          expect(met[at]).toBe(rangeM === undefined ? 0 : 1);
          if (!ray || rangeM === undefined) return;
          metCount++;
          const point = pointOn(ray, rangeM);
          const [eastM = 9, northM = 9, upM = 9] = points.subarray(3 * at, 3 * at + 3);
          const offM = Math.hypot(eastM - point.eastM, northM - point.northM, upM - point.upM);
          expect(offM).toBeLessThan(1e-9 * Math.max(1, rangeM / 1000));
        });
      },
    ),
    { numRuns: 500 },
  );
  expect(metCount).toBeGreaterThan(100);
});
