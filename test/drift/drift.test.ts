import { describe, expect, it } from 'vitest';
import type { Calibration } from '../../src/calibrate/calibration.ts';
import type { Camera, Lens } from '../../src/camera/camera.ts';
import { applyDrift, assumeDrift, type Drift } from '../../src/drift/drift.ts';
import { measureDrift } from '../../src/drift/measure.ts';
import { prepareReference } from '../../src/drift/reference.ts';
import { hash, look, retouch, tiles, turn } from './scene.ts';

const straight: Lens = {
  kind: 'brown-conrady',
  focalPx: 520,
  focalRatio: 1.01,
  centre: { u: 326, v: 175 },
  k1: -0.12,
  k2: 0.02,
  k3: 0,
  p1: 5e-4,
  p2: -8e-4,
};
const fisheye: Lens = { kind: 'fisheye', focalPx: 420, centre: { u: 322, v: 183 }, k1: 0.04, k2: -0.01, k3: 0, k4: 0 };

const camera: Camera = {
  origin: { lng: 6.1, lat: 45.2, heightM: 2000 },
  pose: { position: { eastM: 0, northM: 0, upM: 0 }, headingDeg: 359.9, pitchDeg: -7, rollDeg: 1.5 },
  lens: straight,
  sizePx: { widthPx: 640, heightPx: 360 },
};
const place = tiles(1);
const seen = look(camera, place);
const reference = prepareReference(seen, camera);

function anglesOf({ headingDeg, pitchDeg, rollDeg }: Drift): readonly number[] {
  return [headingDeg, pitchDeg, rollDeg];
}

function driftIn(outcome: ReturnType<typeof measureDrift>): Drift {
  if (!outcome.drift) throw new Error(outcome.kind);
  return outcome.drift;
}

/** Largest error of an angle, deg. */
function worst(drift: Drift, truth: readonly number[]): number {
  return Math.max(...anglesOf(drift).map((angle, at) => Math.abs(angle - (truth[at] ?? 0))));
}

describe('the drift of a camera', () => {
  it.each([
    { lens: straight, aim: [359.9, -7, 1.5], by: [0.31, -0.22, 1.24] },
    { lens: straight, aim: [359.9, -7, 1.5], by: [-1.1, 0.6, -0.9] },
    { lens: straight, aim: [80, -38, 20], by: [1.2, 0.4, -0.5] },
    { lens: fisheye, aim: [200, -20, -8], by: [0.5, -1.1, 0.7] },
  ] as const)('is measured to a tenth of a pixel through a $lens.kind lens aimed at $aim', ({ lens, aim, by }) => {
    const pose = { ...camera.pose, headingDeg: aim[0], pitchDeg: aim[1], rollDeg: aim[2] };
    const mounted = { ...camera, lens, pose };
    const outcome = measureDrift(prepareReference(look(mounted, place), mounted), look(turn(mounted, by), place));
    expect(outcome.kind).toBe('steady');
    expect(worst(driftIn(outcome), by)).toBeLessThan((0.1 / lens.focalPx) * (180 / Math.PI));
  });

  it('is the opposite the other way round', () => {
    const by = [0.4, 0.3, -0.8] as const;
    const turned = turn(camera, by);
    const back = driftIn(measureDrift(prepareReference(look(turned, place), turned), seen));
    expect(
      worst(
        back,
        by.map((angle) => -angle),
      ),
    ).toBeLessThan(0.01);
  });

  it('is nothing between a photo and itself', () => {
    const drift = driftIn(measureDrift(reference, seen));
    expect(worst(drift, [0, 0, 0])).toBeLessThan(1e-3);
    expect(drift.agreeing).toBe(drift.looked);
  });

  it('is found under other light, noise, and things that came and went', () => {
    const by = [0.2, -0.1, 0.3] as const;
    const photo = retouch(look(turn(camera, by), place), (grey, col, row) => {
      const newcomer = hash(col >> 5, row >> 5, 3) < 0.3;
      if (newcomer) return 255 * hash(col >> 2, row >> 2, 4);
      return 30 + grey * (0.35 + (0.4 * col) / 640) + 20 * (hash(col, row, 5) - 0.5);
    });
    const outcome = measureDrift(reference, photo);
    expect(outcome.kind).toBe('steady');
    const drift = driftIn(outcome);
    expect(worst(drift, by)).toBeLessThan(0.03);
    expect(drift.agreeing).toBeLessThan(0.9 * drift.looked);
  });

  it('asks nothing of what is written over a photo, nor of water', () => {
    const by = [0, 0, 0.6] as const;
    const stamp = (grey: number, col: number, row: number) =>
      row < 22 || row > 338 ? 255 * Math.round(hash(col >> 2, row >> 2, 9)) : grey;
    const water = (seed: number) => (grey: number, col: number, row: number) =>
      row > 180 ? 255 * hash(col >> 2, row >> 2, seed) : grey;
    const before = retouch(retouch(seen, water(1)), stamp);
    const after = retouch(retouch(look(turn(camera, by), place), water(2)), stamp);
    const masked = prepareReference(before, camera, ({ v }) => v < 180);
    const drift = driftIn(measureDrift(masked, after));
    expect(worst(drift, by)).toBeLessThan(0.01);
    // All that was picked is found again: nothing of it lies in the strips or on the water.
    expect(drift.agreeing).toBeGreaterThan(0.95 * drift.looked);
  });

  it('has errors that its covariance foretells', () => {
    const noise = (seed: number) => (grey: number, col: number, row: number) =>
      0.3 * grey + 60 * (hash(col, row, seed) - 0.5) + 70;
    const squares = [1, 2, 3, 4, 5, 6].flatMap((seed) => {
      const by = [0.3 * hash(seed, 1, 0), 0.3 * hash(seed, 2, 0), 0.3 * hash(seed, 3, 0)] as const;
      const drift = driftIn(measureDrift(reference, retouch(look(turn(camera, by), place), noise(seed))));
      return anglesOf(drift).map((angle, at) => (angle - (by[at] ?? 0)) ** 2 / (drift.covariance[4 * at] ?? 0));
    });
    // Noise of pixels is independent, which the covariance does not count on: it is wide for it, never narrow.
    expect(Math.max(...squares)).toBeLessThan(9);
  });
});

describe('a camera that moved', () => {
  it.each([
    [2.5, 0, 0],
    [-1, 2.2, 1],
    [-9, 3, 2],
  ] as const)('is told by a large jump of %d°, %d°, %d°, and how far', (...by) => {
    const outcome = measureDrift(reference, look(turn(camera, by), place));
    expect(outcome).toMatchObject({ kind: 'moved', reason: 'large-jump' });
    expect(worst(driftIn(outcome), by)).toBeLessThan(0.03);
  });

  it('is told by a clear photo of another place', () => {
    const outcome = measureDrift(reference, look(camera, tiles(2)));
    expect(outcome).toEqual({ kind: 'moved', reason: 'weak-consensus', drift: undefined });
  });

  it('is not told from a reference that shows little but water', () => {
    const shore = prepareReference(look(camera, place), camera, ({ u }) => u < 0.2 * camera.sizePx.widthPx);
    expect(shore.patches.length).toBeLessThan(24);
    expect(measureDrift(shore, look(camera, tiles(2)))).toEqual({ kind: 'unclear', drift: undefined });
    const flat = prepareReference(
      look(camera, () => 0.5),
      camera,
    );
    expect(measureDrift(flat, look(camera, place))).toEqual({ kind: 'unclear', drift: undefined });
  });

  it('is not told by fog', () => {
    const fog = retouch(look(turn(camera, [40, 0, 0]), place), (grey, col, row) => 150 + grey / 40 + hash(col, row, 1));
    expect(measureDrift(reference, fog)).toEqual({ kind: 'unclear', drift: undefined });
  });
});

it('a photo of another size says nothing of its camera', () => {
  const sizePx = { widthPx: 640, heightPx: 340 };
  expect(measureDrift(reference, look({ ...camera, sizePx }, place)).kind).toBe('unclear');
});

const drift: Drift = {
  headingDeg: 0.3,
  pitchDeg: -0.1,
  rollDeg: 1.2,
  covariance: [4, 1, 2, 1, 5, 3, 2, 3, 6],
  agreeing: 50,
  looked: 60,
};
const calibration: Calibration = {
  camera,
  free: ['eastM', 'headingDeg', 'rollDeg'],
  covariance: [9, 1, 2, 1, 10, 3, 2, 3, 20],
  rmsePx: 1,
  looRmsePx: undefined,
  aic: 0,
  gcps: [],
};

describe('a calibration with a drift', () => {
  it('looks where the camera looks at that photo', () => {
    const { pose } = applyDrift(calibration, drift).camera;
    expect(pose.headingDeg).toBeCloseTo(0.2, 9);
    expect(pose.pitchDeg).toBeCloseTo(-7.1, 9);
    expect(pose.rollDeg).toBeCloseTo(2.7, 9);
  });

  it('is less sure of its angles, those too that it held for certain', () => {
    const { free, covariance } = applyDrift(calibration, drift);
    expect(free).toEqual(['eastM', 'headingDeg', 'rollDeg', 'pitchDeg']);
    expect(covariance).toEqual([9, 1, 2, 0, 1, 14, 5, 1, 2, 5, 26, 3, 0, 1, 3, 5]);
  });

  it('takes for an unclear photo what the nearest clear one says, less surely', () => {
    const assumed = assumeDrift(drift);
    expect(anglesOf(assumed)).toEqual(anglesOf(drift));
    expect(assumed.covariance.map((cell, at) => cell - (drift.covariance[at] ?? 0))).toEqual(
      [1, 0, 0, 0, 1, 0, 0, 0, 1].map((own) => expect.closeTo(0.04 * own, 9)),
    );
    expect(anglesOf(assumeDrift(undefined))).toEqual([0, 0, 0]);
  });
});
