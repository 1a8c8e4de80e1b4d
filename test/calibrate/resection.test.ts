import { describe, expect, it } from 'vitest';
import type { Gcp } from '../../src/calibrate/gcp.ts';
import { calibrateFromGcps } from '../../src/calibrate/resection.ts';
import { worldToPixel } from '../../src/camera/project.ts';
import { ServiceError } from '../../src/errors.ts';
import { turnBetween } from '../../src/geo/angles.ts';
import { fromEnu, toEnu } from '../../src/geo/plane.ts';
import { drawCamera, drawSeen, origin, randomFrom } from '../locate/scene.ts';

const random = randomFrom(21);
const camera = drawCamera(random);
const { sizePx, pose, lens } = camera;
const position = fromEnu(origin, pose.position);

/** Faultless GCPs of a camera with some distortion or none. */
function gcpsOf(count: number, k1 = 0): readonly Gcp[] {
  return Array.from({ length: count }, (_, at) => {
    const point = drawSeen(camera, random, [30, 500], random.between(0, 15));
    const pixel = worldToPixel({ ...camera, lens: { ...lens, k1 } }, point) ?? { u: 0, v: 0 };
    return { name: `p${at}`, pixel, position: fromEnu(origin, point), sigmaM: 0 };
  });
}

function codeOf(solve: () => unknown): string {
  try {
    solve();
  } catch (thrown) {
    if (thrown instanceof ServiceError) return thrown.code;
  }
  return 'none';
}

describe('a camera from few faultless GCPs', () => {
  it.each([
    // Of so few, k1 is held: it is in the covariance with the doubt that a lens out of the box has.
    [3, { focalPx: lens.focalPx }, ['eastM', 'northM', 'upM', 'headingDeg', 'pitchDeg', 'rollDeg', 'focalPx', 'k1']],
    [3, {}, ['eastM', 'northM', 'upM', 'headingDeg', 'pitchDeg', 'rollDeg', 'focalPx', 'k1']],
    [5, {}, ['eastM', 'northM', 'upM', 'headingDeg', 'pitchDeg', 'rollDeg', 'focalPx', 'k1']],
    [8, {}, ['eastM', 'northM', 'upM', 'headingDeg', 'pitchDeg', 'rollDeg', 'focalPx', 'k1']],
    [12, {}, ['eastM', 'northM', 'upM', 'headingDeg', 'pitchDeg', 'rollDeg', 'focalPx', 'k1']],
  ])('%i points: it is found, and k1 is in doubt where so few cannot carry it', (count, known, free) => {
    const calibration = calibrateFromGcps({
      gcps: gcpsOf(count),
      sizePx,
      position: { ...position, sigmaM: 1 },
      ...known,
    });
    expect(calibration.free).toEqual(free);
    expect(calibration.covariance).toHaveLength(free.length ** 2);
    expect(calibration.rmsePx).toBeLessThan(1e-3);
    expect(Math.abs(turnBetween(calibration.camera.pose.headingDeg, pose.headingDeg))).toBeLessThan(1e-3);
    expect(calibration.camera.lens.focalPx / lens.focalPx).toBeCloseTo(1, 4);
  });

  it('is found with nothing known at all, from 8 points', () => {
    const { camera: found } = calibrateFromGcps({ gcps: gcpsOf(8), sizePx });
    const place = toEnu(origin, fromEnu(found.origin, found.pose.position));
    const { eastM, northM, upM } = pose.position;
    expect(Math.hypot(place.eastM - eastM, place.northM - northM, place.upM - upM)).toBeLessThan(0.01);
    expect(found.pose.pitchDeg).toBeCloseTo(pose.pitchDeg, 4);
  });

  it('keeps the doubt of a position that it cannot solve', () => {
    const gcps = gcpsOf(4);
    const sigmaOf = (sigmaM: number) => {
      const { covariance, free } = calibrateFromGcps({ gcps, sizePx, position: { ...position, sigmaM } });
      const at = free.indexOf('headingDeg');
      return Math.sqrt(covariance[at * (free.length + 1)] ?? 0);
    };
    expect(sigmaOf(5)).toBeGreaterThan(3 * sigmaOf(0.01));
  });

  it('takes only what is freed, and keeps the lens that is known', () => {
    const free = ['angles', 'position'] as const;
    const solved = calibrateFromGcps({
      gcps: gcpsOf(9, -0.2),
      sizePx,
      focalPx: lens.focalPx,
      lens: { k1: -0.2 },
      free,
    });
    expect(solved.camera.lens.k1).toBe(-0.2);
    expect(solved.camera.lens.focalPx).toBe(lens.focalPx);
    expect(solved.rmsePx).toBeLessThan(1e-3);
  });
});

describe('GCPs that solve nothing', () => {
  it('are refused with a code', () => {
    const gcps = gcpsOf(12);
    const known = { ...position, sigmaM: 1 };
    expect(codeOf(() => calibrateFromGcps({ gcps: gcps.slice(0, 2), sizePx, position: known }))).toBe('gcps-too-few');
    expect(codeOf(() => calibrateFromGcps({ gcps: gcps.slice(0, 3), sizePx }))).toBe('gcps-too-few');
    expect(codeOf(() => calibrateFromGcps({ gcps: [], sizePx }))).toBe('gcps-too-few');
    const small = { widthPx: 200, heightPx: 100 };
    expect(codeOf(() => calibrateFromGcps({ gcps, sizePx: small, position: known }))).toBe('gcp-outside-picture');
  });
});
