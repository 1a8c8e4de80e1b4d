import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { calibrateFromGcps } from '../../src/calibrate/resection.ts';
import type { Camera, Lens, Pose } from '../../src/camera/camera.ts';
import { pixelToRay } from '../../src/camera/project.ts';
import type { Enu } from '../../src/geo/frames.ts';
import { fromEnu, toEnu } from '../../src/geo/plane.ts';
import { meetLevel, pointOn } from '../../src/geo/ray.ts';
import { describeWithReferenceData, referencePath } from '../support/reference-data.ts';

const folder = 'data/cirn_coastal';
/** Their world is a flat metric frame: its axes are taken as east and north of a plane laid anywhere. */
const origin = { lng: -75.75, lat: 36.18, heightM: 0 };
const base: Enu = { eastM: 901_800, northM: 274_700, upM: 0 };

type Numbers = Readonly<Record<string, number>>;

function lensOf(i: Numbers): Lens {
  const { fx = 0, fy = 0, c0U = 0, c0V = 0, d1 = 0, d2 = 0, d3 = 0, t1 = 0, t2 = 0 } = i;
  return {
    kind: 'brown-conrady',
    focalPx: fx,
    focalRatio: fy / fx,
    centre: { u: c0U, v: c0V },
    k1: d1,
    k2: d2,
    k3: d3,
    p1: t1,
    p2: t2,
  };
}

/** Azimuth is clockwise from +Y, tilt 0 at nadir, swing counter-clockwise seen from behind. */
function poseOf({ x = 0, y = 0, z = 0, azimuth_rad = 0, tilt_rad = 0, swing_rad = 0 }: Numbers): Pose {
  const deg = 180 / Math.PI;
  return {
    position: { eastM: x - base.eastM, northM: y - base.northM, upM: z },
    headingDeg: (azimuth_rad * deg + 360) % 360,
    pitchDeg: tilt_rad * deg - 90,
    rollDeg: -swing_rad * deg,
  };
}

function readJson(file: string) {
  return JSON.parse(readFileSync(referencePath(`${folder}/${file}`), 'utf8'));
}

describeWithReferenceData('the CIRN toolbox, run in Octave', folder, () => {
  it('puts 768 pixels of six fixed cameras on the water within 1e-6 m', () => {
    const cameras = new Map<string, Camera>();
    for (const [name, { intrinsics, extrinsics }] of Object.entries<{ intrinsics: Numbers; extrinsics: Numbers }>(
      readJson('fixed6_cameras.json').cameras,
    )) {
      const sizePx = { widthPx: intrinsics.NU ?? 0, heightPx: intrinsics.NV ?? 0 };
      cameras.set(name, { origin, pose: poseOf(extrinsics), lens: lensOf(intrinsics), sizePx, refraction: 0 });
    }
    const lines = readFileSync(referencePath(`${folder}/peer_distUV2XYZ_reference.csv`), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    let rows = 0;
    let worstM = 0;
    for (const line of lines) {
      const [name = '', ...cells] = line.split(',');
      const camera = cameras.get(name);
      const [u = 0, v = 0, z = 0, x = 0, y = 0] = cells.map(Number);
      if (!camera) continue;
      rows++;
      const ray = pixelToRay(camera, { u, v });
      const range = ray && meetLevel(ray, { upM: z, eastBend: 0, northBend: 0 });
      const point =
        ray && range !== undefined ? pointOn(ray, range) : { eastM: Infinity, northM: Infinity, upM: Infinity };
      const offM = Math.hypot(point.eastM + base.eastM - x, point.northM + base.northM - y, point.upM - z);
      worstM = Math.max(worstM, offM);
    }
    console.info(`CIRN, ${rows} pixels of six cameras on the water: ${worstM.toExponential(1)} m at worst`);
    expect(rows).toBe(768);
    expect(worstM).toBeLessThan(1e-6);
  });

  it('finds the drone from its 5 GCPs as well as published: 1.0690 px', () => {
    const { intrinsics, gcps, published_extrinsics, initial_guess } = readJson('uas_demo.json');
    const { focalPx, ...lens } = lensOf(intrinsics);
    const guess = poseOf(initial_guess);
    const request = {
      gcps: gcps.map(
        ({ num, u, v, x, y, z }: { num: number; u: number; v: number; x: number; y: number; z: number }) => ({
          name: String(num),
          pixel: { u, v },
          position: fromEnu(origin, { eastM: x - base.eastM, northM: y - base.northM, upM: z }),
          sigmaM: 0,
        }),
      ),
      sizePx: { widthPx: 3840, heightPx: 2160 },
      focalPx,
      lens,
      free: ['angles', 'position'] as const,
      keepAll: true,
      refraction: 0,
    };
    const guessed = { ...request, position: { ...fromEnu(origin, guess.position), sigmaM: Infinity }, aim: guess };
    for (const calibration of [calibrateFromGcps(guessed), calibrateFromGcps(request)]) {
      console.info(`CIRN drone, 5 GCPs: ${calibration.rmsePx.toFixed(5)} px`);
      expect(calibration.rmsePx).toBeLessThan(1.069);
      const { camera } = calibration;
      const found = toEnu(origin, fromEnu(camera.origin, camera.pose.position));
      const published = poseOf(published_extrinsics);
      const { eastM, northM, upM } = published.position;
      expect(Math.hypot(found.eastM - eastM, found.northM - northM, found.upM - upM)).toBeLessThan(0.006);
      expect(camera.pose.headingDeg).toBeCloseTo(published.headingDeg, 2);
      expect(camera.pose.pitchDeg).toBeCloseTo(published.pitchDeg, 2);
      expect(camera.pose.rollDeg).toBeCloseTo(published.rollDeg, 2);
    }
  });
});
