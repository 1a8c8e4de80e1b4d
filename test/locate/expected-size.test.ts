import { describe, expect, it } from 'vitest';
import type { Camera } from '../../src/camera/camera.ts';
import { worldToPixel } from '../../src/camera/project.ts';
import { layDem } from '../../src/dem/grid.ts';
import type { SizeGrid } from '../../src/detect/slices/size-grid.ts';
import { getCrs } from '../../src/geo/crs.ts';
import type { Pixel } from '../../src/geo/frames.ts';
import { expectSizes } from '../../src/locate/expected-size.ts';
import { buildGround, buildPlaneGround, type Ground } from '../../src/locate/ground.ts';
import { createSite, siteEpsg, siteOrigin } from '../../src/simulate/world/site.ts';
import { mapDem, mapLake } from '../../src/simulate/world/site-map.ts';
import { makeSquare } from '../support/lake-fixture.ts';
import { calibrate, drawCamera, origin, randomFrom } from './scene.ts';
import { calibrateOn, findSeen, layUnder, sampleRelief } from './terrain.ts';

/** The heights that a grid expects at a pixel; undefined: nobody. */
function sizesAt({ cellPx, cols, mayStand, leastPx, mostPx }: SizeGrid, { u, v }: Pixel) {
  const at = Math.floor(v / cellPx) * cols + Math.floor(u / cellPx);
  return mayStand[at] ? ([leastPx[at] ?? 0, mostPx[at] ?? 0] as const) : undefined;
}

describe('expected sizes', () => {
  it('hold the true height of people on a simulated lake, by a calibration with errors', { timeout: 60_000 }, () => {
    const random = randomFrom(11);
    const site = createSite(1, 1, { widthPx: 1920, heightPx: 1080 });
    const truth = layUnder(sampleRelief(site.grid.upM, siteOrigin, { halfM: 850, stepM: 3 }), siteOrigin, siteOrigin);
    const camera = site.cameras[0]?.camera;
    const calibration = camera && calibrateOn({ camera, truth, gcps: 10 }, random);
    const shoreline = mapLake(site).features[0]?.geometry;
    if (!calibration || !shoreline) throw new Error('no calibration');
    const dem = { grid: layDem(mapDem(site), getCrs(siteEpsg), calibration.camera.origin), heightSigmaM: 0.3 };
    const lake = { shoreline, waterLevelM: siteOrigin.heightM, waterLevelSigmaM: 0.1 };
    const grid = expectSizes(buildGround({ calibration, lake, dem, maxRangeM: 3000 }));
    let [seen, outside] = [0, 0];
    for (let draw = 0; draw < 120; draw++) {
      const place = findSeen({ camera, truth }, random, [20, 500]);
      if (!place) continue;
      const head = worldToPixel(camera, { ...place.point, upM: place.point.upM + 1.7 });
      const tall = head ? place.pixel.v - head.v : 0;
      const [least = 0, most = 0] = sizesAt(grid, place.pixel) ?? [];
      seen++;
      if (tall < least * 0.93 || tall > most * 1.07) outside++;
    }
    expect(seen).toBeGreaterThan(80);
    expect(outside / seen).toBeLessThan(0.01);
  });

  it('expect nobody in the sky, beyond the range, or in a mask', () => {
    const ground = overPlane({ heightSigmaM: 0.1 });
    const grid = expectSizes(ground);
    expect(sizesAt(grid, { u: 960, v: 100 })).toBeUndefined();
    const [least = 0, most = 0] = sizesAt(grid, { u: 960, v: 900 }) ?? [];
    expect(least).toBeGreaterThan(30);
    expect(most).toBeLessThan(2 * least);
    const near = expectSizes({ ...ground, maxRangeM: 30 });
    expect(sizesAt(near, { u: 960, v: 600 })).toBeUndefined();
    const everywhere = makeSquare(origin.lng - 0.1, origin.lat - 0.1, 0.2);
    expect(expectSizes(ground, [everywhere]).mayStand.some((may) => may === 1)).toBe(false);
  });

  it('reach farther around the ground, the less sure the calibration is', () => {
    const sure = overPlane({ heightSigmaM: 0.1 });
    const { free, covariance } = sure.calibration;
    const doubt = { ...sure.calibration, covariance: covariance.map((value) => 400 * value) };
    expect(free.length).toBeGreaterThan(3);
    const count = (ground: Ground) => expectSizes(ground).mayStand.reduce((sum, may) => sum + may, 0);
    expect(count({ ...sure, calibration: doubt })).toBeGreaterThan(count(sure));
  });
});

/** A camera 20 m over a plane, calibrated from GCPs clicked with errors. */
function overPlane({ heightSigmaM }: { readonly heightSigmaM: number }): Ground {
  const random = randomFrom(5);
  const drawn = drawCamera(random);
  const pose = { ...drawn.pose, position: { eastM: 0, northM: 0, upM: 20 }, pitchDeg: -12, rollDeg: 0 };
  const camera: Camera = { ...drawn, pose };
  return buildPlaneGround(calibrate(camera, random, 12), origin.heightM, heightSigmaM, 3000);
}
