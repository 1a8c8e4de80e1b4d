import { describe, expect, it } from 'vitest';
import type { Camera } from '../../src/camera/camera.ts';
import { fromCamtrapDp, toCamtrapDp } from '../../src/camera/camtrap-dp.ts';
import { worldToPixel } from '../../src/camera/project.ts';

const camera: Camera = {
  origin: { lng: 6.1, lat: 45.2, heightM: 2130 },
  pose: { position: { eastM: 0, northM: 0, upM: 0 }, headingDeg: 225.4, pitchDeg: -12.3, rollDeg: 1 },
  lens: { kind: 'brown-conrady', focalPx: 1440, centre: { u: 960, v: 540 }, k1: 0, k2: 0, k3: 0, p1: 0, p2: 0 },
  sizePx: { widthPx: 1920, heightPx: 1080 },
  refraction: 0,
};
const free = ['eastM', 'northM', 'upM'];

describe('a deployment of Camtrap DP', () => {
  it('says where a camera stands and looks: down is negative, heading clockwise from north', () => {
    expect(toCamtrapDp({ camera, free, covariance: [4, 0, 0, 0, 1, 0, 0, 0, 9] })).toEqual({
      latitude: 45.2,
      longitude: 6.1,
      // The 95 % circle around a σ of 2 m along the worse axis: 4.9 m.
      coordinateUncertainty: 5,
      cameraTilt: -12,
      cameraHeading: 225,
    });
  });

  it('has whole degrees below 360, and no circle where the position has no σ', () => {
    const pose = { ...camera.pose, headingDeg: 359.7, pitchDeg: -0.2 };
    const deployment = toCamtrapDp({ camera: { ...camera, pose }, free: ['focalPx'], covariance: [1] });
    expect(deployment).toStrictEqual({ latitude: 45.2, longitude: 6.1, cameraTilt: 0, cameraHeading: 0 });
  });

  // Source: Camtrap DP 1.0: -90 facing down, 0 horizontal, 90 facing up; 0 north, 90 east, 180 south, 270 west.
  it.each([
    ['east', { cameraHeading: 90, cameraTilt: 0 }, { eastM: 100, northM: 0, upM: 0 }],
    ['south', { cameraHeading: 180, cameraTilt: 0 }, { eastM: 0, northM: -100, upM: 0 }],
    ['west', { cameraHeading: 270, cameraTilt: 0 }, { eastM: -100, northM: 0, upM: 0 }],
    ['north, by 360', { cameraHeading: 360, cameraTilt: 0 }, { eastM: 0, northM: 100, upM: 0 }],
    ['north and down', { cameraHeading: 0, cameraTilt: -45 }, { eastM: 0, northM: 100, upM: -100 }],
    ['straight up', { cameraHeading: 0, cameraTilt: 90 }, { eastM: 0, northM: 0, upM: 100 }],
  ])('makes a camera look %s', (_, told, point) => {
    const { aim, place } = fromCamtrapDp({ latitude: 45.2, longitude: 6.1, ...told });
    expect(place).toEqual({ lng: 6.1, lat: 45.2 });
    if (!aim) throw new Error('no aim');
    const seen = worldToPixel({ ...camera, pose: { ...camera.pose, ...aim } }, point);
    expect(seen?.u).toBeCloseTo(960, 6);
    expect(seen?.v).toBeCloseTo(540, 6);
  });

  it('gives no aim when it tells but one of heading and tilt', () => {
    expect(fromCamtrapDp({ latitude: 1, longitude: 2, cameraTilt: 0 }).aim).toBeUndefined();
  });
});
