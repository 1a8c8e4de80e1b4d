import { describe, expect, it } from 'vitest';
import { worldToPixel } from '../../src/camera/project.ts';
import { layDem } from '../../src/dem/grid.ts';
import type { Detection } from '../../src/detect/detection.ts';
import { getCrs } from '../../src/geo/crs.ts';
import type { Enu } from '../../src/geo/frames.ts';
import { buildGround, buildPlaneGround, type Ground } from '../../src/locate/ground.ts';
import { judgeSize } from '../../src/locate/plausibility.ts';
import { createSite, siteEpsg, siteOrigin } from '../../src/simulate/world/site.ts';
import { mapDem, mapLake } from '../../src/simulate/world/site-map.ts';
import { randomFrom } from './scene.ts';
import { calibrateOn, findSeen, layUnder, type SeenPlace, sampleRelief } from './terrain.ts';

const random = randomFrom(3);
const site = createSite(1, 1, { widthPx: 1920, heightPx: 1080 });
const truth = layUnder(sampleRelief(site.grid.upM, siteOrigin, { halfM: 850, stepM: 3 }), siteOrigin, siteOrigin);
const camera = site.cameras[0]?.camera;
if (!camera) throw new Error('the site has no camera');
const ground = calibratedGround();
/** Places on land and water, 25–300 m away, away from the edges of the photo. */
const places = Array.from({ length: 90 }, () => findSeen({ camera, truth }, random, [25, 300])).filter(
  (place): place is SeenPlace =>
    place !== undefined && place.pixel.u > 200 && place.pixel.u < 1720 && place.pixel.v < 1000,
);

function calibratedGround(): Ground {
  const calibration = camera && calibrateOn({ camera, truth, gcps: 10 }, random);
  const shoreline = mapLake(site).features[0]?.geometry;
  if (!calibration || !shoreline) throw new Error('no calibration');
  const dem = { grid: layDem(mapDem(site), getCrs(siteEpsg), calibration.camera.origin), heightSigmaM: 0.3 };
  const lake = { shoreline, waterLevelM: siteOrigin.heightM, waterLevelSigmaM: 0.1 };
  return buildGround({ calibration, lake, dem, maxRangeM: 3000 });
}

/** The box of a thing so tall and wide that stands at a place; of which the lower part is hidden. */
function boxOf(
  { point, pixel }: SeenPlace,
  label: string,
  size: { tallM: number; wideM: number; hidden?: number },
): Detection {
  const over = (upM: number): Enu => ({ ...point, upM: point.upM + upM });
  const top = worldToPixel(camera as NonNullable<typeof camera>, over(size.tallM)) ?? pixel;
  const foot = worldToPixel(camera as NonNullable<typeof camera>, over(size.tallM * (size.hidden ?? 0))) ?? pixel;
  const h = foot.v - top.v;
  const w = (size.wideM / size.tallM) * (pixel.v - top.v);
  return { label, confidence: 0.9, box: { x: pixel.u - w / 2, y: top.v, w, h } };
}

/** Plausibilities of one thing at all places, the least first. */
function judged(label: string, size: { tallM: number; wideM: number; hidden?: number }): readonly number[] {
  const all = places.map((place) => judgeSize(ground, boxOf(place, label, size)) ?? -1);
  return all.sort((a, b) => a - b);
}

describe('plausibility', () => {
  it.each([
    { what: 'standing', label: 'person', tallM: 1.7, wideM: 0.5 },
    { what: 'child', label: 'person', tallM: 1, wideM: 0.35 },
    { what: 'sitting', label: 'person', tallM: 0.85, wideM: 0.6 },
    { what: 'lying', label: 'person', tallM: 0.35, wideM: 1.75 },
    { what: "swimmer's head", label: 'person', tallM: 0.25, wideM: 0.3 },
    { what: 'hidden to the hips', label: 'person', tallM: 1.7, wideM: 0.5, hidden: 0.5 },
    { what: 'two-person tent', label: 'tent', tallM: 1.1, wideM: 2 },
    { what: 'packraft', label: 'boat', tallM: 0.9, wideM: 2.2 },
  ])('leaves a $what nearly all of its confidence, wherever it is', ({ label, ...size }) => {
    expect(places.length).toBeGreaterThan(50);
    const all = judged(label, size);
    expect(all[Math.floor(all.length * 0.02)]).toBeGreaterThan(0.9);
  });

  it.each([
    { what: 'person of 4 m', label: 'person', tallM: 4, wideM: 1.2 },
    { what: 'person as wide as a boat', label: 'person', tallM: 1.5, wideM: 6 },
    // 200 m away it is 2 px high: it may be a tent that is mostly hidden
    { what: 'tent of 30 cm', label: 'tent', tallM: 0.3, wideM: 0.5, most: 0.8 },
    { what: 'sheep as large as a house', label: 'animal', tallM: 6, wideM: 8 },
  ])('takes most of its confidence from a $what', ({ label, most = 0.5, ...size }) => {
    const all = judged(label, size);
    expect(all[Math.floor(all.length / 2)]).toBeLessThan(0.3);
    expect(all[Math.floor(all.length * 0.95)]).toBeLessThan(most);
    expect(all[0]).toBeGreaterThanOrEqual(0.1);
  });

  it('believes little of a person in the sky, and has no opinion where the DEM ends', () => {
    const inSky: Detection = { label: 'person', confidence: 0.9, box: { x: 900, y: 20, w: 15, h: 40 } };
    expect(judgeSize(ground, inSky)).toBeUndefined();
    const plane = buildPlaneGround(ground.calibration, siteOrigin.heightM, 0.1, 3000);
    expect(judgeSize(plane, inSky)).toBeLessThan(0.11);
  });

  it('says nothing against what the edge of the photo cuts', () => {
    expect(judgeSize(ground, { label: 'person', confidence: 0.9, box: { x: 800, y: 600, w: 200, h: 480 } })).toBe(1);
    expect(judgeSize(ground, { label: 'tent', confidence: 0.9, box: { x: 0, y: 800, w: 12, h: 12 } })).toBe(1);
  });

  it('has no opinion on a label whose size it does not know', () => {
    expect(
      judgeSize(ground, { label: 'kite', confidence: 0.9, box: { x: 800, y: 600, w: 20, h: 48 } }),
    ).toBeUndefined();
  });
});
