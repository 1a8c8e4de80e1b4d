import { expect, it } from 'vitest';
import { worldToPixel } from '../../src/camera/project.ts';
import { chiSquare95 } from '../../src/geo/ellipse.ts';
import { toEnu } from '../../src/geo/plane.ts';
import { levelAt } from '../../src/geo/ray.ts';
import { buildPlaneGround } from '../../src/locate/ground.ts';
import { locateFoot } from '../../src/locate/locate-detection.ts';
import { calibrate, drawCamera, drawSeen, origin, randomFrom } from './scene.ts';

it('draws ellipses that hold 93–97 % of the true places, 20–800 m away', () => {
  const random = randomFrom(7);
  let inside = 0;
  let count = 0;
  for (let scene = 0; scene < 150; scene++) {
    const camera = drawCamera(random);
    const calibration = calibrate(camera, random, 8 + (scene % 8));
    const ground = buildPlaneGround(calibration, origin.heightM, 0.1, 5000);
    for (let draw = 0; draw < 8; draw++) {
      const level = levelAt(origin, origin.heightM + 0.1 * random.normal());
      const flat = drawSeen(camera, random, [20, 800], 0);
      const upM = level.upM - level.eastBend * flat.eastM ** 2 - level.northBend * flat.northM ** 2;
      const truth = { ...flat, upM };
      const pixel = worldToPixel(camera, truth);
      if (!pixel) continue;
      const clicked = { u: pixel.u + 1.5 * random.normal(), v: pixel.v + 1.5 * random.normal() };
      const sighting = locateFoot(ground, { pixel: clicked, sigmaUPx: 1.5, sigmaVPx: 1.5, extentSigmaM: 0 });
      count++;
      if (sighting.kind === 'no-sighting') continue;
      const found = toEnu(origin, { ...sighting.point, heightM: sighting.heightM });
      const [e, n] = [found.eastM - truth.eastM, found.northM - truth.northM];
      const { eeM2, enM2, nnM2 } = sighting.covariance;
      if ((e * e * nnM2 - 2 * e * n * enM2 + n * n * eeM2) / (eeM2 * nnM2 - enM2 * enM2) <= chiSquare95) inside++;
    }
  }

  expect(inside / count).toBeGreaterThan(0.93);
  expect(inside / count).toBeLessThan(0.97);
});
