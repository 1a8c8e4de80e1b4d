import { describe, expect, it } from 'vitest';
import type { Camera } from '../../src/camera/camera.ts';
import type { KnownCamera } from '../../src/camera/known-camera.ts';
import { worldToPixel } from '../../src/camera/project.ts';
import { unknownHeight } from '../../src/dem/raster.ts';
import { levelAt } from '../../src/geo/ray.ts';
import { bendOf, meanRefraction } from '../../src/geo/refraction.ts';
import { buildGround, buildPlaneGround, type Ground } from '../../src/locate/ground.ts';
import { locateFoot } from '../../src/locate/locate-detection.ts';
import type { NoSighting, Sighting } from '../../src/locate/sighting.ts';
import { drawCamera, origin, randomFrom } from './scene.ts';
import { layUnder, type Relief, sampleRelief } from './terrain.ts';

/** 6 m over the origin, looking north and down a little. */
const camera: Camera = {
  origin,
  pose: { position: { eastM: 0, northM: 0, upM: 6 }, headingDeg: 0, pitchDeg: -2, rollDeg: 0 },
  lens: { kind: 'brown-conrady', focalPx: 1500, centre: { u: 960, v: 540 }, k1: 0, k2: 0, k3: 0, p1: 0, p2: 0 },
  sizePx: { widthPx: 1920, heightPx: 1080 },
};
const known: KnownCamera = { camera, free: [], covariance: [] };

function groundOf(relief: Relief): Ground {
  const grid = layUnder(sampleRelief(relief, origin, { halfM: 1200, stepM: 4 }), origin, origin);
  return buildGround({ calibration: known, lake: undefined, dem: { grid, heightSigmaM: 0.1 }, maxRangeM: 3000 });
}

/** What becomes of a foot that is known to `sigmaPx`. */
function footAt(ground: Ground, u: number, v: number, sigmaPx: number): Sighting | NoSighting {
  return locateFoot(ground, { pixel: { u, v }, sigmaUPx: sigmaPx, sigmaVPx: sigmaPx, extentSigmaM: 0 });
}

function reasonOf(found: Sighting | NoSighting): string {
  return found.kind === 'sighting' ? 'sighting' : found.reason;
}

/** A sill across the view 100 m away, 3 m high and 20 m through, before a plain. */
const sill = groundOf((_, n) => 3 * Math.max(0, 1 - Math.abs(n - 100) / 10));
/** Where the crest of the sill is seen. */
const crest = worldToPixel(camera, { eastM: 0, northM: 100, upM: 3 }) ?? { u: 0, v: 0 };

describe('a foot near a horizon', () => {
  it('is refused within one σ of it and placed from three σ on, at any height and with any error', () => {
    const random = randomFrom(3);
    for (let scene = 0; scene < 200; scene++) {
      const drawn = drawCamera(random);
      const upM = random.between(2, 60);
      const placed = { ...drawn, pose: { ...drawn.pose, position: { eastM: 0, northM: 0, upM }, rollDeg: 0 } };
      const ground = buildPlaneGround({ ...known, camera: placed }, origin.heightM, 0, 1e7);
      const surface = levelAt(origin, origin.heightM);
      // Where a light path touches the water: as far away as the water falls, less the light, by the height of the camera.
      const bend = surface.northBend - bendOf(meanRefraction.k);
      const heading = (placed.pose.headingDeg * Math.PI) / 180;
      const awayM = Math.sqrt(upM / bend);
      const [eastM, northM] = [awayM * Math.sin(heading), awayM * Math.cos(heading)];
      const horizon = worldToPixel(placed, { eastM, northM, upM: -surface.northBend * awayM * awayM });
      const sigmaPx = random.between(0.5, 8);
      const under = (sigmas: number) => footAt(ground, 960, (horizon?.v ?? 0) + sigmas * sigmaPx, sigmaPx);
      expect(reasonOf(under(-1))).toBe('above-horizon');
      expect(reasonOf(under(1))).toBe('beyond-horizon');
      expect(reasonOf(under(3))).toBe('sighting');
    }
  });

  it('has an ellipse that reaches farther than first order would have it', () => {
    const ground = buildPlaneGround(known, origin.heightM, 0, 1e5);
    const at = (v: number) => {
      const found = footAt(ground, 960, v, 2);
      return found.kind === 'sighting' ? found.ellipse.semiMajorM / ((2.45 * 2 * found.rangeM ** 2) / (1500 * 6)) : 0;
    };
    const horizonV = 540 - 1500 * Math.tan((2 * Math.PI) / 180);
    expect(at(horizonV + 100)).toBeCloseTo(1, 1);
    expect(at(horizonV + 8)).toBeGreaterThan(1.15);
  });
});

describe('a foot near a ridge', () => {
  it('is refused within one σ of the crest, on the ridge and on the ground behind it', () => {
    expect(reasonOf(footAt(sill, 960, crest.v + 1.5, 2))).toBe('beyond-horizon');
    expect(reasonOf(footAt(sill, 960, crest.v - 1.5, 2))).toBe('beyond-horizon');
  });

  it('is placed from three σ on, on the ridge and on the ground behind it', () => {
    const before = footAt(sill, 960, crest.v + 6, 2);
    const behind = footAt(sill, 960, crest.v - 6, 2);
    expect(before.kind === 'sighting' && before.rangeM).toBeLessThan(101);
    expect(behind.kind === 'sighting' && behind.rangeM).toBeGreaterThan(190);
  });

  it('is refused beside its end, where an error to the side changes the ground', () => {
    const wall = groundOf((e, n) => (e < 0 && Math.abs(n - 100) < 12 ? 30 : 0));
    const footOn = (eastM: number) => {
      const { u, v } = worldToPixel(camera, { eastM, northM: 88.3, upM: 2 }) ?? crest;
      return reasonOf(footAt(wall, u, v, 3));
    };
    expect(footOn(-0.4)).toBe('beyond-horizon');
    expect(footOn(-0.1)).toBe('beyond-horizon');
    expect(footOn(-5)).toBe('sighting');
    expect(footOn(3)).toBe('sighting');
  });

  it('is placed when the step is small beside its range', () => {
    const step = groundOf((_, n) => (n > 60 ? -0.2 : 0));
    const { v } = worldToPixel(camera, { eastM: 0, northM: 59.5, upM: 0 }) ?? crest;
    expect(reasonOf(footAt(step, 960, v, 2))).toBe('sighting');
  });
});

describe('a foot whose errors cannot all be tried', () => {
  it('is refused where its error reaches ground of unknown height', () => {
    const hole = groundOf((_, n) => (Math.abs(n - 150) < 20 ? unknownHeight - origin.heightM : 0));
    const at = (northM: number) => {
      const { v } = worldToPixel(camera, { eastM: 0, northM, upM: 0 }) ?? crest;
      return reasonOf(footAt(hole, 960, v, 2));
    };
    expect(at(122)).toBe('no-elevation');
    expect(at(100)).toBe('sighting');
  });

  it('is placed where the camera stands so low that an error would bury it', () => {
    const low = { ...camera, pose: { ...camera.pose, position: { eastM: 0, northM: 0, upM: 1 } } };
    const known = { camera: low, free: [], covariance: [] };
    const ground = buildPlaneGround(known, origin.heightM, 0.7, 3000);
    const { v } = worldToPixel(low, { eastM: 0, northM: 20, upM: 0 }) ?? crest;
    const found = footAt(ground, 960, v, 1);
    expect(found.kind === 'sighting' && found.ellipse.semiMajorM).toBeGreaterThan(20);
  });

  it('is placed at the rim of the lens', () => {
    const rim = { ...camera, lens: { ...camera.lens, k1: -0.75 } };
    const ground = buildPlaneGround({ ...known, camera: rim }, origin.heightM, 0, 3000);
    const edge = Array.from({ length: 1000 }, (_, at) => 540 + at).findLast(
      (v) => footAt(ground, 960, v, 1e-6).kind === 'sighting',
    );
    expect(edge).toBeLessThan(1539);
    expect(reasonOf(footAt(ground, 960, edge ?? 0, 2))).toBe('sighting');
    expect(reasonOf(footAt(ground, 960, (edge ?? 0) + 2, 2))).toBe('outside-lens');
  });
});
