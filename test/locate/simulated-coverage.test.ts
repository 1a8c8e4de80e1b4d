import { expect, it } from 'vitest';
import type { Camera } from '../../src/camera/camera.ts';
import { layDem } from '../../src/dem/grid.ts';
import type { Detection } from '../../src/detect/detection.ts';
import { getCrs } from '../../src/geo/crs.ts';
import { buildGround } from '../../src/locate/ground.ts';
import { locateDetection } from '../../src/locate/locate-detection.ts';
import { createSite, onShore, type Site, siteEpsg, siteOrigin } from '../../src/simulate/world/site.ts';
import { mapDem, mapLake } from '../../src/simulate/world/site-map.ts';
import { type Random, randomFrom } from './scene.ts';
import { Tally } from './tally.ts';
import { calibrateOn, findSeen, layUnder, type SeenPlace, sampleRelief } from './terrain.ts';

const sizePx = { widthPx: 1920, heightPx: 1080 };

/** A camera on a mast somewhere around the lake, looking over it. */
function hangCamera(site: Site, random: Random): Camera {
  const angle = random.between(-Math.PI, Math.PI);
  const place = onShore(site.shore, angle, random.between(15, 90));
  const headingDeg = (270 - (angle * 180) / Math.PI + random.between(-25, 25) + 720) % 360;
  const upM = site.grid.upM(place.eastM, place.northM) + random.between(4, 12);
  const lens = site.cameras[0]?.camera.lens;
  if (!lens) throw new Error('the site has no camera');
  const pose = { position: { ...place, upM }, headingDeg, pitchDeg: random.between(-8, -3), rollDeg: random.normal() };
  return { origin: siteOrigin, pose, lens: { ...lens, focalPx: random.between(1300, 2000) }, sizePx };
}

/** The box of somebody 1.7 m tall around there, as vague as footOf takes it to be. */
function boxOf({ point, pixel }: SeenPlace, camera: Camera, random: Random): Detection {
  const { position } = camera.pose;
  const rangeM = Math.hypot(point.eastM - position.eastM, point.northM - position.northM, point.upM - position.upM);
  const h = (1.7 * camera.lens.focalPx) / rangeM;
  const off = () => Math.hypot(1, 0.06 * h) * random.normal();
  const [x, bottom] = [pixel.u - h / 6 + off(), pixel.v + off()];
  return { label: 'person', confidence: 0.9, box: { x, y: bottom - h, w: h / 3, h } };
}

it('draws honest ellipses for 200 cameras on simulated lakes, 20–800 m away', { timeout: 90_000 }, () => {
  const random = randomFrom(4);
  const tally = new Tally(siteOrigin);
  for (const seed of [1, 2]) {
    const site = createSite(seed, 1, sizePx);
    const truth = layUnder(sampleRelief(site.grid.upM, siteOrigin, { halfM: 850, stepM: 3 }), siteOrigin, siteOrigin);
    const map = mapDem(site);
    const shoreline = mapLake(site).features[0]?.geometry;
    if (!shoreline) throw new Error('the site has no lake');
    for (let scene = 0; scene < 100; scene++) {
      const camera = hangCamera(site, random);
      const gcps = 6 + (scene % 11);
      const calibration = calibrateOn({ camera, truth, gcps }, random);
      if (!calibration) continue;
      const [levelOffM, heightOffM] = [0.1 * random.normal(), 0.3 * random.normal()];
      const raster = { ...map, heights: map.heights.map((height) => height + heightOffM) };
      const ground = buildGround({
        calibration,
        lake: { shoreline, waterLevelM: siteOrigin.heightM + levelOffM, waterLevelSigmaM: 0.1 },
        dem: { grid: layDem(raster, getCrs(siteEpsg), calibration.camera.origin), heightSigmaM: 0.35 },
        maxRangeM: 3000,
      });
      for (let draw = 0; draw < 10; draw++) {
        const seen = findSeen({ camera, truth }, random, [20, 800]);
        if (!seen) continue;
        const { eastM, northM, upM } = seen.point;
        // A box shows the near edge of a thing: its middle is elsewhere.
        const middle = { eastM: eastM + 0.35 * random.normal(), northM: northM + 0.35 * random.normal(), upM };
        tally.add(locateDetection(ground, boxOf(seen, camera, random)), middle, camera.pose.position);
      }
    }
  }
  tally.print('Simulated lakes');
  expect(tally.share).toBeGreaterThan(0.93);
  expect(tally.share).toBeLessThan(0.97);
});
