import { describe, expect, it } from 'vitest';
import type { Camera } from '../../src/camera/camera.ts';
import type { KnownCamera } from '../../src/camera/known-camera.ts';
import { worldToPixel } from '../../src/camera/project.ts';
import { fromEnu } from '../../src/geo/plane.ts';
import { buildGround, buildPlaneGround, withCalibration, withWaterLevel } from '../../src/locate/ground.ts';
import { locateFoot } from '../../src/locate/locate-detection.ts';
import type { Sighting } from '../../src/locate/sighting.ts';
import { origin } from './scene.ts';
import { layUnder, sampleRelief } from './terrain.ts';

/** 20 m over the origin, looking north and down a little. */
const camera: Camera = {
  origin,
  pose: { position: { eastM: 0, northM: 0, upM: 20 }, headingDeg: 0, pitchDeg: -5, rollDeg: 0 },
  lens: { kind: 'brown-conrady', focalPx: 1500, centre: { u: 960, v: 540 }, k1: 0, k2: 0, k3: 0, p1: 0, p2: 0 },
  sizePx: { widthPx: 1920, heightPx: 1080 },
};
const exact: KnownCamera = { camera, free: [], covariance: [] };

interface Errors {
  readonly known?: KnownCamera;
  readonly pixelPx?: number;
  readonly heightM?: number;
  readonly extentM?: number;
}

/** Somebody on a plane straight to the north. */
function sightingAt(northM: number, { known = exact, pixelPx = 0, heightM = 0, extentM = 0 }: Errors): Sighting {
  const ground = buildPlaneGround(known, origin.heightM, heightM, 5000);
  const pixel = worldToPixel(camera, { eastM: 0, northM, upM: 0 }) ?? { u: 0, v: 0 };
  const found = locateFoot(ground, { pixel, sigmaUPx: pixelPx, sigmaVPx: pixelPx, extentSigmaM: extentM });
  if (found.kind !== 'sighting') throw new Error(found.reason);
  return found;
}

function traceOf({ covariance: { eeM2, nnM2 } }: Sighting): number {
  return eeM2 + nnM2;
}

const turned: KnownCamera = { camera, free: ['headingDeg', 'pitchDeg'], covariance: [9e-4, 0, 0, 9e-4] };

describe('the shares of an error', () => {
  it('are those of the sources, one at a time', () => {
    const all = { known: turned, pixelPx: 1.5, heightM: 0.3, extentM: 0.35 };
    for (const northM of [40, 150, 300]) {
      const { shares } = sightingAt(northM, all);
      const alone = {
        camera: traceOf(sightingAt(northM, { known: turned })),
        pixel: traceOf(sightingAt(northM, { pixelPx: 1.5 })),
        height: traceOf(sightingAt(northM, { heightM: 0.3 })),
        extent: traceOf(sightingAt(northM, { extentM: 0.35 })),
      };
      const sum = alone.camera + alone.pixel + alone.height + alone.extent;
      expect(shares.camera + shares.pixel + shares.height + shares.extent).toBeCloseTo(1, 12);
      for (const source of ['camera', 'pixel', 'height', 'extent'] as const) {
        expect(shares[source], `${source}, ${northM} m`).toBeCloseTo(alone[source] / sum, 1);
      }
    }
  });

  it('are mostly the extent near by, and the camera far off', () => {
    const all = { known: turned, pixelPx: 1, heightM: 0.1, extentM: 0.35 };
    expect(sightingAt(30, all).shares.extent).toBeGreaterThan(0.5);
    expect(sightingAt(400, all).shares.camera).toBeGreaterThan(0.3);
    expect(sightingAt(400, all).shares.extent).toBeLessThan(0.01);
  });

  it('count refraction as height', () => {
    const { shares, covariance } = sightingAt(1500, { pixelPx: 1e-4 });
    expect(shares.height).toBeGreaterThan(0.99);
    // k is 0.13 ± 0.1: 1.8 cm of height at 1500 m, seen at a slope of 20 m in 1500 that the Earth bends down by a tenth.
    expect(Math.sqrt(covariance.nnM2)).toBeCloseTo((0.1 * 1500 ** 2 * 1500) / (2 * 6371009 * 20), 0);
  });
});

describe('the error of a camera', () => {
  it('may be any set of parameters, with the drift of a photo added to angles that were solved', () => {
    const sigma = (known: KnownCamera) => Math.sqrt(sightingAt(200, { known }).covariance.eeM2);
    const heading: KnownCamera = { camera, free: ['headingDeg'], covariance: [0.01] };
    expect(sigma(heading)).toBeCloseTo((200 * 0.1 * Math.PI) / 180, 2);
    const drifted: KnownCamera = {
      camera,
      free: ['upM', 'headingDeg', 'pitchDeg', 'rollDeg', 'k1'],
      covariance: [0, 0.04, 0, 0, 0].flatMap((own, row) => [0, 1, 2, 3, 4].map((col) => (row === col ? own : 0))),
    };
    expect(sigma(drifted)).toBeCloseTo((200 * 0.2 * Math.PI) / 180, 2);
    expect(sigma(exact)).toBe(0);
  });

  it('is smaller where its parameters were solved against each other', () => {
    const free = ['upM', 'pitchDeg'];
    // Higher and looking further down: the place 200 m away hardly moves.
    const [up, pitch] = [0.5, (-0.5 / 200) * (180 / Math.PI)];
    const apart = [up * up, 0, 0, pitch * pitch];
    const together = [up * up, 0.99 * up * pitch, 0.99 * up * pitch, pitch * pitch];
    const sizeOf = (covariance: readonly number[]) =>
      sightingAt(200, { known: { camera, free, covariance } }).ellipse.semiMajorM;
    expect(sizeOf(together)).toBeLessThan(0.2 * sizeOf(apart));
  });
});

describe('the water of a day', () => {
  const corner = (eastM: number, northM: number) => {
    const { lng, lat } = fromEnu(origin, { eastM, northM, upM: 0 });
    return [lng, lat];
  };
  const ring = [corner(-200, 100), corner(200, 100), corner(200, 300), corner(-200, 300), corner(-200, 100)];
  const lake = {
    shoreline: { type: 'Polygon' as const, coordinates: [ring] },
    waterLevelM: origin.heightM,
    waterLevelSigmaM: 0.1,
  };
  const flat = layUnder(
    sampleRelief(() => 0, origin, { halfM: 600, stepM: 4 }),
    origin,
    origin,
  );
  const onDem = buildGround({ calibration: exact, lake, dem: { grid: flat, heightSigmaM: 0.2 }, maxRangeM: 3000 });
  const pixel = worldToPixel(camera, { eastM: 0, northM: 200, upM: 0 }) ?? { u: 0, v: 0 };
  const foot = { pixel, sigmaUPx: 1, sigmaVPx: 1, extentSigmaM: 0 };

  it('lies higher or lower than in the DEM, and moves what swims on it', () => {
    for (const [offM, rangeM] of [
      [-3, 230],
      [-1, 210],
      [0, 200],
      [2, 180],
    ] as const) {
      const found = locateFoot(withWaterLevel(onDem, { heightM: origin.heightM + offM, sigmaM: 0.2 }), foot);
      expect(found).toMatchObject({ kind: 'sighting', surface: 'water' });
      if (found.kind !== 'sighting') continue;
      expect(found.heightM).toBeCloseTo(origin.heightM + offM, 2);
      expect(Math.abs(found.rangeM - Math.hypot(rangeM, 20 - offM))).toBeLessThan(1);
    }
  });

  it('has the σ of that day, and leaves the ordinary ground as it was', () => {
    const vague = locateFoot(withWaterLevel(onDem, { heightM: origin.heightM, sigmaM: 1 }), foot);
    const sharp = locateFoot(onDem, foot);
    if (vague.kind !== 'sighting' || sharp.kind !== 'sighting') throw new Error('no sighting');
    expect(vague.shares.height).toBeGreaterThan(2 * sharp.shares.height);
    expect(
      withWaterLevel(buildPlaneGround(exact, origin.heightM, 0.1, 5000), { heightM: 1, sigmaM: 1 }).plane?.heightM,
    ).toBe(origin.heightM);
  });

  it('is seen by a camera that turned', () => {
    const pose = { ...camera.pose, headingDeg: 10 };
    const turnedAway = withCalibration(onDem, { ...exact, camera: { ...camera, pose } });
    const found = locateFoot(turnedAway, foot);
    if (found.kind !== 'sighting') throw new Error(found.reason);
    expect(found.point.lng).toBeGreaterThan(origin.lng + 0.0003);
  });
});
