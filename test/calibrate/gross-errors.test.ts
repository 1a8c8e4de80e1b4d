import { describe, expect, it } from 'vitest';
import { calibrateFromGcps } from '../../src/calibrate/resection.ts';
import { randomFrom } from '../locate/scene.ts';
import { drawGcpScene, mean, normalisedError, type Quality } from './gcp-scene.ts';

const careful: Quality = {
  count: 16,
  grossShare: 0,
  clickPx: 1,
  groundM: 0.05,
  positionM: 1,
  focalShare: undefined,
};

/** Solves `count` drawn cameras; how many points of each kind there were and were named, and the errors of the cameras. */
function solveScenes(
  seed: number,
  scenes: number,
  draw: (between: (low: number, high: number) => number) => Partial<Quality>,
) {
  const random = randomFrom(seed);
  const tally = { gross: 0, named: 0, good: 0, accused: 0, errors: [] as number[] };
  for (let scene = 0; scene < scenes; scene++) {
    const { camera, request, gross } = drawGcpScene(random, { ...careful, ...draw(random.between) });
    const calibration = calibrateFromGcps(request);
    for (const { name, outlier } of calibration.gcps) {
      tally[gross.has(name) ? 'gross' : 'good']++;
      if (outlier) tally[gross.has(name) ? 'named' : 'accused']++;
    }
    tally.errors.push(normalisedError(calibration, camera));
  }
  return tally;
}

describe('10 to 25 % gross errors among 8 to 40 GCPs of any camera', () => {
  it.each([
    ['its position known to 1 m', 1],
    ['its position and heading unknown', undefined],
  ])('%s: they are named, good ones are not, and the camera is as good as it says', (what, positionM) => {
    const { gross, named, good, accused, errors } = solveScenes(11, 40, (between) => ({
      count: Math.floor(between(8, 41)),
      grossShare: between(0.1, 0.25),
      positionM,
    }));
    console.log(`${what}: ${named} of ${gross} gross errors named, ${accused} of ${good} good points too`);
    console.log(`${what}: NEES ${mean(errors).toFixed(2)} per parameter, ${Math.max(...errors).toFixed(1)} at most`);
    expect(named / gross).toBeGreaterThan(0.98);
    expect(accused / good).toBeLessThan(0.005);
    expect(mean(errors)).toBeGreaterThan(0.7);
    expect(mean(errors)).toBeLessThan(1.4);
  });
});

describe('the covariance of a camera', () => {
  it.each([
    ['3 to 5 points and a position known to 1 m', { count: [3, 6], positionM: 1 }],
    ['6 to 12 points and a position known to 3 m', { count: [6, 13], positionM: 3 }],
    ['6 to 12 points, position and heading unknown', { count: [6, 13], positionM: undefined }],
    ['3 to 9 points and a focal length known to 4 %', { count: [3, 10], positionM: 1, focalShare: 0.04 }],
    ['8 to 30 points surveyed to 0.3 m', { count: [8, 31], positionM: 1, groundM: 0.3 }],
  ] as const)('is honest with %s', (what, { count, ...rest }) => {
    const { errors } = solveScenes(29, 40, (between) => ({ ...rest, count: Math.floor(between(count[0], count[1])) }));
    console.log(`${what}: NEES ${mean(errors).toFixed(2)} per parameter`);
    expect(mean(errors)).toBeGreaterThan(0.7);
    expect(mean(errors)).toBeLessThan(1.4);
  });
});
