import fc from 'fast-check';
import type { BrownConradyLens, Camera, FisheyeLens, Lens } from '../../src/camera/camera.ts';

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const optics = {
  focalRatio: within(0.98, 1.02),
  centre: fc.record({ u: within(800, 1100), v: within(450, 650) }),
};

const brownConradyLenses: fc.Arbitrary<BrownConradyLens> = fc.record({
  kind: fc.constant('brown-conrady' as const),
  focalPx: within(400, 5000),
  ...optics,
  k1: within(-0.4, 0.3),
  k2: within(-0.2, 0.3),
  k3: within(-0.05, 0.05),
  p1: within(-2e-3, 2e-3),
  p2: within(-2e-3, 2e-3),
});

/** Around the equidistant lens, as far as orthographic and straight ones lie. */
const fisheyeLenses: fc.Arbitrary<FisheyeLens> = fc.record({
  kind: fc.constant('fisheye' as const),
  focalPx: within(250, 1500),
  ...optics,
  k1: within(-0.17, 0.3),
  k2: within(-0.05, 0.1),
  k3: within(-0.02, 0.02),
  k4: within(-0.005, 0.005),
});

export const lenses: fc.Arbitrary<Lens> = fc.oneof(brownConradyLenses, fisheyeLenses);

const poses: fc.Arbitrary<Camera['pose']> = fc.record({
  position: fc.record({ eastM: within(-50, 50), northM: within(-50, 50), upM: within(-20, 40) }),
  headingDeg: within(0, 359.999),
  pitchDeg: within(-85, 60),
  rollDeg: within(-170, 170),
});

/** Full-HD cameras with lenses of both kinds, turned any way. */
export const cameras: fc.Arbitrary<Camera> = fc.record({
  origin: fc.constant({ lng: 6.1, lat: 45.2, heightM: 2100 }),
  pose: poses,
  lens: lenses,
  sizePx: fc.constant({ widthPx: 1920, heightPx: 1080 }),
});
