import { describe, expect, it } from 'vitest';
import type { Camera } from '../../src/camera/camera.ts';
import { worldToPixel } from '../../src/camera/project.ts';
import { groundAt } from '../../src/dem/grid.ts';
import type { Enu, Pixel } from '../../src/geo/frames.ts';
import { fromEnu } from '../../src/geo/plane.ts';
import { levelAt } from '../../src/geo/ray.ts';
import { buildGround, buildPlaneGround } from '../../src/locate/ground.ts';
import { locateFoot } from '../../src/locate/locate-detection.ts';
import { calibrate, drawCamera, drawSeen, origin, type Random, randomFrom } from './scene.ts';
import { Tally } from './tally.ts';
import { calibrateOn, findSeen, layUnder, type Relief, sampleRelief } from './terrain.ts';

const footSigmaPx = 1.5;

/** The foot that somebody sees at a pixel. */
function footAt({ u, v }: Pixel, random: Random) {
  const pixel = { u: u + footSigmaPx * random.normal(), v: v + footSigmaPx * random.normal() };
  return { pixel, sigmaUPx: footSigmaPx, sigmaVPx: footSigmaPx, extentSigmaM: 0 };
}

/** A place on water whose level is wrong by 0.1 m, as the Earth bends it. */
function drawOnWater(camera: Camera, random: Random): Enu {
  const level = levelAt(origin, origin.heightM + 0.1 * random.normal());
  const flat = drawSeen(camera, random, [20, 800], 0);
  return { ...flat, upM: level.upM - level.eastBend * flat.eastM ** 2 - level.northBend * flat.northM ** 2 };
}

/** A band or a kind of ground alone has fewer draws than all of them, and may lie farther off. */
function expectHonest(tally: Tally): void {
  expect(tally.share).toBeGreaterThan(0.92);
  expect(tally.share).toBeLessThan(0.98);
  for (const { band, placed, inside } of tally.rows) {
    if (placed < 100) continue;
    expect(inside / placed, band).toBeGreaterThan(0.89);
    expect(inside / placed, band).toBeLessThan(0.99);
  }
}

const everything = new Tally(origin);

/** A lake all around, from its middle. */
const wideLake = {
  shoreline: {
    type: 'Polygon' as const,
    coordinates: [
      Array.from({ length: 73 }, (_, at) => {
        const angle = ((at % 72) / 36) * Math.PI;
        const { lng, lat } = fromEnu(origin, { eastM: 4000 * Math.cos(angle), northM: 4000 * Math.sin(angle), upM: 0 });
        return [lng, lat];
      }),
    ],
  },
  waterLevelM: origin.heightM,
  waterLevelSigmaM: 0.1,
};

/** Slopes to one side, a bowl farther out, and bumps of up to `bumpM`. */
function drawRelief({ between }: Random, bumpM: number): Relief {
  const [east, north, rise] = [between(-0.08, 0.08), between(-0.08, 0.08), between(0.05, 0.3)];
  const [a, b, c, wave] = [between(0, 6), between(0, 6), between(0, 6), between(30, 80) / (2 * Math.PI)];
  const height = between(0.2, 1) * bumpM;
  return (e, n) =>
    east * e +
    north * n +
    rise * Math.max(0, Math.hypot(e, n) - 150) +
    height * (Math.sin(e / wave + a) * Math.cos(n / wave + b) + 0.3 * Math.sin((e + n) / 17 + c));
}

/** What a DEM is off: by 0.3 m all over, and by 0.2 m from place to place. */
function drawHeightError({ between, normal }: Random): Relief {
  const [all, one, two, wave, phase] = [0.3 * normal(), 0.2 * normal(), 0.2 * normal(), between(15, 40), between(0, 6)];
  return (e, n) => all + one * Math.sin(e / wave + phase) + two * Math.cos(n / wave + phase);
}
const heightSigmaM = Math.hypot(0.3, 0.2);

describe('95 % ellipses, 20–800 m away, of cameras solved from 6 to 16 GCPs', () => {
  it('hold the true places on a plane', { timeout: 30_000 }, () => {
    const random = randomFrom(7);
    const tally = new Tally(origin);
    for (let scene = 0; scene < 200; scene++) {
      const camera = drawCamera(random);
      const ground = buildPlaneGround(calibrate(camera, random, 6 + (scene % 11)), origin.heightM, 0.1, 5000);
      for (let draw = 0; draw < 6; draw++) {
        const truth = drawOnWater(camera, random);
        const pixel = worldToPixel(camera, truth);
        if (pixel) tally.add(locateFoot(ground, footAt(pixel, random)), truth, camera.pose.position);
      }
    }
    tally.print('Plane');
    everything.addAll(tally);
    expectHonest(tally);
  });

  it('hold them on a lake that is seen at a grazing angle', { timeout: 30_000 }, () => {
    const random = randomFrom(8);
    const tally = new Tally(origin);
    for (let scene = 0; scene < 200; scene++) {
      const drawn = drawCamera(random);
      const position = { ...drawn.pose.position, upM: random.between(3, 12) };
      const camera = { ...drawn, pose: { ...drawn.pose, position, pitchDeg: random.between(-8, -2) } };
      const calibration = calibrate(camera, random, 6 + (scene % 11));
      const ground = buildGround({ calibration, lake: wideLake, dem: undefined, maxRangeM: 3000 });
      for (let draw = 0; draw < 6; draw++) {
        const truth = drawOnWater(camera, random);
        const pixel = worldToPixel(camera, truth);
        if (pixel) tally.add(locateFoot(ground, footAt(pixel, random)), truth, position);
      }
    }
    tally.print('Lake, from 3 to 12 m over it');
    everything.addAll(tally);
    expectHonest(tally);
  });

  it.each([
    { what: 'gentle slopes', bumpM: 0.5, most: 0.01, lens: undefined },
    { what: 'slopes with bumps', bumpM: 3, most: 0.1, lens: undefined },
    { what: 'gentle slopes, fisheye lens', bumpM: 0.5, most: 0.01, lens: { kind: 'fisheye' } as const },
  ])('hold them on $what', { timeout: 60_000 }, ({ what, bumpM, most, lens }) => {
    const random = randomFrom(9);
    const tally = new Tally(origin);
    for (let scene = 0; scene < 70; scene++) {
      const [relief, error] = [drawRelief(random, bumpM), drawHeightError(random)];
      const [size, drawn] = [{ halfM: 850, stepM: 8 }, drawCamera(random)];
      const { eastM, northM, upM } = drawn.pose.position;
      const truth = layUnder(
        sampleRelief((e, n) => relief(e, n) + error(e, n), origin, size),
        origin,
        origin,
      );
      const position = { eastM, northM, upM: upM + (groundAt(truth, eastM, northM)?.upM ?? 0) };
      const camera: Camera = {
        ...drawn,
        pose: { ...drawn.pose, position },
        lens: lens ? { ...drawn.lens, kind: 'fisheye', k4: 0 } : drawn.lens,
      };
      const survey = { camera, truth, gcps: 6 + (scene % 11), ...(lens && { lens }) };
      const calibration = calibrateOn(survey, random);
      if (!calibration) continue;
      const grid = layUnder(sampleRelief(relief, origin, size), origin, calibration.camera.origin);
      const ground = buildGround({ calibration, lake: undefined, dem: { grid, heightSigmaM }, maxRangeM: 3000 });
      for (let draw = 0; draw < 16; draw++) {
        const seen = findSeen({ camera, truth }, random, [20, 800]);
        if (seen) tally.add(locateFoot(ground, footAt(seen.pixel, random)), seen.point, position);
      }
    }
    tally.print(`Terrain, ${what}`);
    everything.addAll(tally);
    expectHonest(tally);
    const [asked, refused] = [tally.sum('asked'), tally.sum('refused')];
    expect(refused / asked).toBeLessThan(most);
  });

  it('hold 93–97 % of all of them', () => {
    everything.print('All');
    expect(everything.share).toBeGreaterThan(0.93);
    expect(everything.share).toBeLessThan(0.97);
  });
});
