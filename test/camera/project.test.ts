import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Camera, Lens } from '../../src/camera/camera.ts';
import { imageOf, lensSees, toPixel, undistort } from '../../src/camera/lens.ts';
import type { Vector3 } from '../../src/camera/matrix.ts';
import { aimOf, rotationOf } from '../../src/camera/pose.ts';
import { pixelToRay, worldToPixel } from '../../src/camera/project.ts';
import { turnBetween } from '../../src/geo/angles.ts';
import { pointOn } from '../../src/geo/ray.ts';
import { cameras, lenses } from './cameras.ts';

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });

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

/** The direction at an angle from the axis of a camera, and around it, rad. */
function directionAt(angle: number, around: number): Vector3 {
  return [Math.sin(angle) * Math.cos(around), Math.sin(angle) * Math.sin(around), Math.cos(angle)];
}

const straight = lookNorth().lens;
const barrel: Lens = { ...straight, k1: -0.35 };
const fisheye = { kind: 'fisheye', focalPx: 600, centre: { u: 960, v: 540 }, k1: 0, k2: 0, k3: 0, k4: 0 } as const;
const folding: Lens = { ...fisheye, k1: -0.3 };

describe('a lens', () => {
  it('is undone to 1e-6 px inside its valid radius', () => {
    let worstPx = 0;
    fc.assert(
      fc.property(lenses, within(0, 1), within(0, 2 * Math.PI), (lens, share, around) => {
        const direction = directionAt(share * (lens.kind === 'fisheye' ? 2 : 0.98), around);
        const image = imageOf(lens, direction);
        fc.pre(lensSees(lens, direction) && image !== undefined && foldsLittle(lens, image));
        if (!image) return;
        const pixel = toPixel(lens, image);
        const back = undistort(lens, pixel);
        const again = back && imageOf(lens, back);
        const { u, v } = again ? toPixel(lens, again) : { u: Infinity, v: Infinity };
        worstPx = Math.max(worstPx, Math.hypot(u - pixel.u, v - pixel.v));
        expect(worstPx).toBeLessThan(1e-6);
      }),
      { numRuns: 2000 },
    );
    console.info(`undistort∘distort: ${worstPx.toExponential(1)} px at worst`);
  });

  it.each([
    ['Brown–Conrady', barrel, Math.atan(Math.sqrt(1 / (3 * 0.35)))],
    ['fisheye', folding, Math.sqrt(1 / (3 * 0.3))],
  ])('%s: a pixel beyond the radius where it folds back is refused', (_, lens, fold) => {
    expect(lensSees(lens, directionAt(fold - 1e-6, 1))).toBe(true);
    expect(lensSees(lens, directionAt(fold + 1e-6, 1))).toBe(false);
    const edge = (imageOf(lens, directionAt(fold, 0))?.x ?? 0) * lens.focalPx;
    expect(undistort(lens, { u: 960 + edge - 0.1, v: 540 })).toBeDefined();
    expect(undistort(lens, { u: 960 + edge + 0.1, v: 540 })).toBeUndefined();
    expect(pixelToRay({ ...lookNorth(), lens }, { u: 960, v: 540 + edge + 1 })).toBeUndefined();
    const beyond = { eastM: 100 * Math.tan(fold * 1.1), northM: 100, upM: 0 };
    expect(worldToPixel({ ...lookNorth(), lens }, beyond)).toBeUndefined();
  });
});

/** Tangential terms can fold the picture a little before the radial ones do. */
function foldsLittle(lens: Lens, { xOver, yOver }: { xOver: Vector3; yOver: Vector3 }): boolean {
  return lens.kind === 'fisheye' || xOver[0] * yOver[1] - xOver[1] * yOver[0] > 0.02;
}

describe('a fisheye', () => {
  it('puts equal angles at equal distances, without distortion, also behind its side', () => {
    for (const angle of [0, 0.5, 1, Math.PI / 2, 2]) {
      const seen = worldToPixel(
        { ...lookNorth(), lens: fisheye },
        { eastM: 100 * Math.sin(angle), northM: 100 * Math.cos(angle), upM: 0 },
      );
      expect(seen?.u).toBeCloseTo(960 + 600 * angle, 9);
      expect(seen?.v).toBeCloseTo(540, 9);
    }
    expect(worldToPixel({ ...lookNorth(), lens: fisheye }, { eastM: 60, northM: -100, upM: 0 })).toBeUndefined();
  });

  it('has the distortion of OpenCV', () => {
    // Source: cv::fisheye::projectPoints of OpenCV, the equation of its documentation for a point at (0.3, -0.4, 0.5).
    const lens = { ...fisheye, k1: 0.05, k2: -0.02, k3: 0.01, k4: -0.003 };
    const angle = Math.PI / 4;
    const far = angle * (1 + 0.05 * angle ** 2 - 0.02 * angle ** 4 + 0.01 * angle ** 6 - 0.003 * angle ** 8);
    const image = imageOf(lens, [0.3, -0.4, 0.5]);
    expect(image?.x).toBeCloseTo(0.6 * far, 12);
    expect(image?.y).toBeCloseTo(-0.8 * far, 12);
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
