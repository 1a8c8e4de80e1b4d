import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Camera, Lens } from '../../src/camera/camera.ts';
import { distort, foldRadius, toPixel, undistort } from '../../src/camera/lens.ts';
import { aimOf, rotationOf } from '../../src/camera/pose.ts';
import { pixelToRay, worldToPixel } from '../../src/camera/project.ts';
import { turnBetween } from '../../src/geo/angles.ts';
import { pointOn } from '../../src/geo/ray.ts';

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const lenses: fc.Arbitrary<Lens> = fc.record({
  kind: fc.constant('brown-conrady' as const),
  focalPx: within(400, 5000),
  focalRatio: within(0.98, 1.02),
  centre: fc.record({ u: within(800, 1100), v: within(450, 650) }),
  k1: within(-0.4, 0.3),
  k2: within(-0.2, 0.3),
  k3: within(-0.05, 0.05),
  p1: within(-2e-3, 2e-3),
  p2: within(-2e-3, 2e-3),
});
const cameras: fc.Arbitrary<Camera> = fc.record({
  origin: fc.constant({ lng: 6.1, lat: 45.2, heightM: 2100 }),
  pose: fc.record({
    position: fc.record({ eastM: within(-50, 50), northM: within(-50, 50), upM: within(-20, 40) }),
    headingDeg: within(0, 359.999),
    pitchDeg: within(-85, 60),
    rollDeg: within(-170, 170),
  }),
  lens: lenses,
  sizePx: fc.constant({ widthPx: 1920, heightPx: 1080 }),
});

/** A camera whose every sign is its own: looks north, level, without distortion. */
function lookNorth(turn: Partial<Camera['pose']> = {}): Camera {
  const lens = {
    kind: 'brown-conrady',
    focalPx: 1000,
    centre: { u: 960, v: 540 },
    k1: 0,
    k2: 0,
    k3: 0,
    p1: 0,
    p2: 0,
  } as const;
  const pose = { position: { eastM: 0, northM: 0, upM: 0 }, headingDeg: 0, pitchDeg: 0, rollDeg: 0, ...turn };
  return {
    origin: { lng: 0, lat: 45, heightM: 0 },
    pose,
    lens,
    sizePx: { widthPx: 1920, heightPx: 1080 },
    refraction: 0,
  };
}

describe('the signs of the camera', () => {
  it.each([
    ['east of the view is right', {}, { eastM: 10, northM: 100, upM: 0 }, { u: 1060, v: 540 }],
    ['up is up in the picture', {}, { eastM: 0, northM: 100, upM: 10 }, { u: 960, v: 440 }],
    ['heading turns clockwise', { headingDeg: 90 }, { eastM: 100, northM: 0, upM: 0 }, { u: 960, v: 540 }],
    ['pitch looks up', { pitchDeg: 45 }, { eastM: 0, northM: 100, upM: 100 }, { u: 960, v: 540 }],
    ['rolled clockwise, up is left', { rollDeg: 90 }, { eastM: 0, northM: 100, upM: 10 }, { u: 860, v: 540 }],
  ])('%s', (_, turn, point, pixel) => {
    const seen = worldToPixel(lookNorth(turn), point);
    expect(seen?.u).toBeCloseTo(pixel.u, 9);
    expect(seen?.v).toBeCloseTo(pixel.v, 9);
  });

  it('sees nothing behind itself', () => {
    expect(worldToPixel(lookNorth(), { eastM: 0, northM: -100, upM: 0 })).toBeUndefined();
  });

  it('sees a far point lifted by refraction, by k·d²/2R', () => {
    const flat = worldToPixel(lookNorth(), { eastM: 0, northM: 5000, upM: 0 });
    const bent = worldToPixel({ ...lookNorth(), refraction: 0.13 }, { eastM: 0, northM: 5000, upM: 0 });
    const lift = (0.13 * 5000 ** 2) / (2 * 6371009);
    expect((flat?.v ?? 0) - (bent?.v ?? 0)).toBeCloseTo((1000 * lift) / 5000, 6);
  });
});

describe('a lens', () => {
  it('is undone to 1e-6 px inside its valid radius', () => {
    fc.assert(
      fc.property(lenses, within(0, 0.97), within(0, 2 * Math.PI), (lens, share, angle) => {
        const radius = share * Math.min(foldRadius(lens), 1.5);
        const seen = distort(lens, { x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
        // Tangential terms can fold the picture a little before the radial ones do.
        fc.pre(seen.dxdx * seen.dydy - seen.dxdy ** 2 > 0.02);
        const pixel = toPixel(lens, seen);
        const back = undistort(lens, pixel);
        fc.pre(back !== undefined || share < 0.9);
        const again = toPixel(lens, distort(lens, back ?? { x: 9, y: 9 }));
        expect(Math.hypot(again.u - pixel.u, again.v - pixel.v)).toBeLessThan(1e-6);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses a pixel beyond the radius where it folds back', () => {
    const lens: Lens = { ...lookNorth().lens, k1: -0.35 };
    const fold = foldRadius(lens);
    expect(fold).toBeCloseTo(Math.sqrt(1 / (3 * 0.35)), 9);
    const edge = fold * (1 - 0.35 * fold * fold) * 1000;
    expect(undistort(lens, { u: 960 + edge - 0.1, v: 540 })).toBeDefined();
    expect(undistort(lens, { u: 960 + edge + 0.1, v: 540 })).toBeUndefined();
    expect(pixelToRay({ ...lookNorth(), lens }, { u: 960, v: 540 + edge + 1 })).toBeUndefined();
    expect(worldToPixel({ ...lookNorth(), lens }, { eastM: 100 * fold * 1.2, northM: 100, upM: 0 })).toBeUndefined();
  });
});

describe('projection', () => {
  it('is the way back of a ray, at any distance, with refraction', () => {
    fc.assert(
      fc.property(cameras, within(1, 1919), within(1, 1079), within(1, 8000), (camera, u, v, t) => {
        const ray = pixelToRay(camera, { u, v });
        fc.pre(ray !== undefined);
        if (!ray) return;
        const seen = worldToPixel(camera, pointOn(ray, t));
        expect(Math.hypot((seen?.u ?? 0) - u, (seen?.v ?? 0) - v)).toBeLessThan(1e-6);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps angles between rays whatever the pose', () => {
    fc.assert(
      fc.property(cameras, cameras, within(600, 1300), within(300, 800), ({ lens, ...one }, other, u, v) => {
        const cosine = (camera: Camera) => {
          const a = pixelToRay(camera, { u, v })?.direction;
          const b = pixelToRay(camera, { u: 960, v: 540 })?.direction;
          return a && b ? a.eastM * b.eastM + a.northM * b.northM + a.upM * b.upM : 0;
        };
        expect(cosine({ ...one, lens })).toBeCloseTo(cosine({ ...one, lens, pose: other.pose }), 12);
      }),
    );
  });

  it('gives back the aim of its rotation', () => {
    fc.assert(
      fc.property(cameras, ({ pose }) => {
        const aim = aimOf(rotationOf(pose));
        expect(Math.abs(turnBetween(pose.headingDeg, aim.headingDeg))).toBeLessThan(1e-9);
        expect(aim.pitchDeg).toBeCloseTo(pose.pitchDeg, 9);
        expect(aim.rollDeg).toBeCloseTo(pose.rollDeg, 9);
      }),
    );
  });
});
