import { expect, it } from 'vitest';
import { calibrateFromGcps } from '../../src/calibrate/resection.ts';
import { randomFrom } from '../locate/scene.ts';
import { drawGcpScene } from './gcp-scene.ts';

const quality = { count: 30, grossShare: 0, clickPx: 1, groundM: 0, positionM: 1, focalShare: undefined };

it('the AIC is that of Gaussian residuals of the σ that they show', () => {
  const { request } = drawGcpScene(randomFrom(3), quality);
  const { aic, gcps, covariance, free, rmsePx } = calibrateFromGcps({
    ...request,
    free: ['angles', 'focal', 'position'],
  });
  expect(covariance).toHaveLength(49);
  // σ² of a click: the residuals, and one GCP more that is good to 1 px.
  const squares = gcps.length * rmsePx ** 2;
  const variance = (squares + 2) / (2 * gcps.length - free.length + 2);
  const expected = 2 * gcps.length * Math.log(2 * Math.PI * variance) + squares / variance + 2 * 7;
  expect(aic).toBeCloseTo(expected, 1);
});

it('the AIC prefers the parameters that the points ask for', () => {
  const random = randomFrom(4);
  let simpler = 0;
  for (let scene = 0; scene < 20; scene++) {
    const { request } = drawGcpScene(random, quality);
    const pose = ['angles', 'focal', 'position'] as const;
    const plain = calibrateFromGcps({ ...request, free: pose, keepAll: true });
    const distorted = calibrateFromGcps({ ...request, free: [...pose, 'k1', 'k2', 'centre'], keepAll: true });
    if (plain.aic < distorted.aic) simpler++;
    const held = calibrateFromGcps({ ...request, free: ['angles', 'focal'], keepAll: true });
    expect(plain.aic).toBeLessThan(held.aic);
  }
  // The lenses have no distortion: chance prefers one in a few scenes.
  expect(simpler).toBeGreaterThan(13);
});
