import { describe, expect, it } from 'vitest';
import type { Gcp } from '../../src/calibrate/gcp.ts';
import { calibrateFromGcps } from '../../src/calibrate/resection.ts';
import type { Camera, FisheyeLens } from '../../src/camera/camera.ts';
import { pixelToRay, worldToPixel } from '../../src/camera/project.ts';
import { turnBetween } from '../../src/geo/angles.ts';
import { fromEnu, toEnu } from '../../src/geo/plane.ts';
import { pointOn } from '../../src/geo/ray.ts';
import { origin, randomFrom } from '../locate/scene.ts';

const lens: FisheyeLens = {
  kind: 'fisheye',
  focalPx: 620,
  centre: { u: 963, v: 537 },
  k1: 0.04,
  k2: -0.012,
  k3: 0.004,
  k4: -0.0008,
};
const camera: Camera = {
  origin,
  pose: { position: { eastM: 1, northM: -2, upM: 25 }, headingDeg: 205, pitchDeg: -14, rollDeg: 2 },
  lens,
  sizePx: { widthPx: 1920, heightPx: 1080 },
};

/** GCPs all over a picture of 170° that were clicked with an error of `sigmaPx`. */
function gcpsOf(count: number, sigmaPx: number): readonly Gcp[] {
  const random = randomFrom(5);
  return Array.from({ length: count }, (_, at) => {
    const pixel = { u: random.between(20, 1900), v: random.between(20, 1060) };
    const ray = pixelToRay(camera, pixel);
    if (!ray) throw new Error('the lens sees less than the picture');
    const point = pointOn(ray, 20 * 30 ** random.uniform());
    const clicked = { u: pixel.u + sigmaPx * random.normal(), v: pixel.v + sigmaPx * random.normal() };
    return { name: `p${at}`, pixel: clicked, position: fromEnu(origin, point), sigmaM: 0 };
  });
}

const known = { sizePx: camera.sizePx, position: { ...fromEnu(origin, camera.pose.position), sigmaM: 0.5 } };

describe('a camera with a fisheye', () => {
  it('is found from 40 points, its lens too, with nothing known of heading and focal length', () => {
    const solved = calibrateFromGcps({ ...known, gcps: gcpsOf(40, 0.5), lens: { kind: 'fisheye' } });
    expect(solved.free).toEqual(expect.arrayContaining(['k1', 'k2', 'k3', 'k4']));
    expect(solved.free).not.toContain('p1');
    expect(solved.rmsePx).toBeLessThan(1);
    expect(Math.abs(turnBetween(solved.camera.pose.headingDeg, 205))).toBeLessThan(0.1);
    // What counts is where it sees things: a term of the lens alone may be traded for another.
    for (const gcp of gcpsOf(60, 0)) {
      const ray = pixelToRay(camera, gcp.pixel);
      const place = fromEnu(origin, ray ? pointOn(ray, 200) : camera.pose.position);
      const seen = worldToPixel(solved.camera, toEnu(solved.camera.origin, place));
      expect(Math.hypot((seen?.u ?? 0) - gcp.pixel.u, (seen?.v ?? 0) - gcp.pixel.v)).toBeLessThan(3);
    }
  });

  it('is found exactly from faultless points', () => {
    const free = ['angles', 'focal', 'position', 'centre', 'k1', 'k2', 'k3', 'k4'] as const;
    const request = { ...known, gcps: gcpsOf(40, 0), lens: { kind: 'fisheye' as const }, free };
    const solved = calibrateFromGcps(request);
    expect(solved.rmsePx).toBeLessThan(0.05);
  });

  it('is not told by a straight lens, which sees less than 180°', () => {
    expect(() => calibrateFromGcps({ ...known, gcps: gcpsOf(40, 0.5), keepAll: true })).toThrow(/40 ground control/);
  });

  it('has no tangential terms, and the straight one no k4', () => {
    const gcps = gcpsOf(40, 0.5);
    expect(() => calibrateFromGcps({ ...known, gcps, lens: { kind: 'fisheye' }, free: ['angles', 'p1'] })).toThrow(
      /fisheye lens has no p1/,
    );
    expect(() => calibrateFromGcps({ ...known, gcps, free: ['angles', 'k4'] })).toThrow(/brown-conrady lens has no k4/);
  });
});
