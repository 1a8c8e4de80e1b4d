import { existsSync } from 'node:fs';
import type { CalibrationRequest } from '../../src/camera/calibration-request.ts';
import type { Camera } from '../../src/camera/camera.ts';
import { pixelToRay, worldToPixel } from '../../src/camera/project.ts';
import { calibrateFromGcps } from '../../src/camera/resection.ts';
import { readDemAround } from '../../src/dem/geotiff.ts';
import { type DemGrid, layDem } from '../../src/dem/grid.ts';
import { firstHit } from '../../src/dem/ray.ts';
import type { Detection } from '../../src/detect/detection.ts';
import { getCrs } from '../../src/geo/crs.ts';
import type { Pixel, Ray } from '../../src/geo/frames.ts';
import { fromEnu } from '../../src/geo/plane.ts';
import { type LevelSurface, levelAt, meetLevel } from '../../src/geo/ray.ts';
import { buildGround, type Ground } from '../../src/locate/ground.ts';
import { locateDetection } from '../../src/locate/locate-detection.ts';
import { calibrate, drawCamera, drawSeen, origin, randomFrom } from '../locate/scene.ts';
import { referencePath } from '../support/reference-data.ts';
import { bench, measure, msOf, perSecond, summarize } from './measure.ts';
import { finseDem, finseFolder, finseRequest, smapshotFolder, smapshotRequests } from './reference-cameras.ts';

const random = randomFrom(7);
const camera = drawCamera(random);
const maxRangeM = 3000;

/** A basin with bumps around the origin: 600 × 680 nodes, 5 m apart; the ground rises by 1 in 5 from 300 m on. */
function makeDem(): DemGrid {
  const [cols, rows, step] = [600, 680, 5];
  const crs = getCrs(2154);
  const { x, y } = crs.fromLngLat(origin);
  const heights = Float32Array.from({ length: cols * rows }, (_, at) => {
    const east = ((at % cols) - cols / 2) * step;
    const north = (rows / 2 - Math.floor(at / cols)) * step;
    const bumpsM = 3 * Math.sin(east / 37) * Math.cos(north / 29) + Math.sin(east / 7 + north / 11);
    return origin.heightM - 5 + 0.2 * Math.max(Math.hypot(east, north) - 300, 0) + bumpsM;
  });
  const grid = { x0: x - (cols / 2) * step, y0: y + (rows / 2) * step, stepX: step, stepY: step };
  return layDem({ cols, rows, ...grid, heights }, crs, origin);
}

/** A lake of 60 corners, 200 m around a place 300 m in front of the camera. */
function makeLake() {
  const heading = (camera.pose.headingDeg * Math.PI) / 180;
  const ring = Array.from({ length: 61 }, (_, at) => {
    const angle = (2 * Math.PI * (at % 60)) / 60;
    const eastM = 300 * Math.sin(heading) + 200 * Math.cos(angle);
    const northM = 300 * Math.cos(heading) + 200 * Math.sin(angle);
    const { lng, lat } = fromEnu(origin, { eastM, northM, upM: 0 });
    return [lng, lat];
  });
  return {
    shoreline: { type: 'Polygon' as const, coordinates: [ring] },
    waterLevelM: origin.heightM - 1,
    waterLevelSigmaM: 0.2,
  };
}

/** A pixel of the lower half of a 1080p picture: most look down. */
function drawPixel(): Pixel {
  return { u: random.between(0, 1920), v: random.between(540, 1080) };
}

function drawRays(of: Camera, count: number): readonly Ray[] {
  return Array.from({ length: count }, () => {
    const ray = pixelToRay(of, drawPixel());
    if (!ray) throw new Error('the lens has no inverse inside the picture');
    return ray;
  });
}

/** Throws where fewer than half are hits: misses are cheap, and not what is meant. */
function countHits(rays: readonly Ray[], dem: DemGrid): number {
  let hits = 0;
  for (const ray of rays) if (firstHit(ray, dem, maxRangeM).kind === 'hit') hits++;
  if (2 * hits < rays.length) throw new Error(`${hits} of ${rays.length} rays hit`);
  return hits;
}

function countPoints(pixels: readonly Pixel[], level: LevelSurface): number {
  let points = 0;
  for (const pixel of pixels) {
    const ray = pixelToRay(camera, pixel);
    if (ray && meetLevel(ray, level) !== undefined) points++;
  }
  if (2 * points < pixels.length) throw new Error(`${points} of ${pixels.length} pixels have a point`);
  return points;
}

function countSightings(ground: Ground, detections: readonly Detection[]): number {
  let sightings = 0;
  for (const detection of detections) if (locateDetection(ground, detection).kind === 'sighting') sightings++;
  if (2 * sightings < detections.length) throw new Error(`${sightings} sightings of ${detections.length} detections`);
  return sightings;
}

/** Boxes of persons whose feet are 30 to 800 m away. */
function drawDetections(count: number): readonly Detection[] {
  return Array.from({ length: count }, () => {
    const foot = worldToPixel(camera, drawSeen(camera, random, [30, 800], 0)) ?? { u: 0, v: 0 };
    return { label: 'person', confidence: 0.9, box: { x: foot.u - 5, y: foot.v - 20, w: 10, h: 20 } };
  });
}

/** Some camera with `count` GCPs clicked with an error of 1 px, its position known to 0.5 m. */
function drawRequest(count: number): CalibrationRequest {
  const drawn = drawCamera(random);
  const gcps = Array.from({ length: count }, (_, at) => {
    const point = drawSeen(drawn, random, [30, 600], random.between(0, 12));
    const seen = worldToPixel(drawn, point) ?? { u: 0, v: 0 };
    const pixel = { u: seen.u + random.normal(), v: seen.v + random.normal() };
    return { name: `p${at}`, pixel, position: fromEnu(origin, point), sigmaM: 0 };
  });
  return { gcps, sizePx: drawn.sizePx, position: { ...fromEnu(origin, drawn.pose.position), sigmaM: 0.5 } };
}

/** Each request solved once, after a first one that warms up. */
async function measureSolve(what: string, requests: readonly CalibrationRequest[]) {
  const values: number[] = [];
  for (const request of [...requests.slice(0, 5), ...requests])
    values.push(await msOf(() => calibrateFromGcps(request)));
  return summarize(what, 'ms', values.slice(5));
}

bench('geometry', async function* () {
  const dem = makeDem();
  const rays = drawRays(camera, 20_000);
  yield await measure('DEM rays, synthetic 600 × 680', 'rays/s', () => perSecond(20_000, () => countHits(rays, dem)));
  const finse = 'DEM rays, Finse DSM';
  if (existsSync(referencePath(finseFolder))) {
    const { camera: seen } = calibrateFromGcps(finseRequest());
    const grid = await readDemAround(finseDem, seen.origin, maxRangeM);
    const finseRays = drawRays(seen, 20_000);
    yield await measure(finse, 'rays/s', () => perSecond(20_000, () => countHits(finseRays, grid)));
  } else yield { what: finse, absent: `../shared/${finseFolder}` };

  const pixels = Array.from({ length: 100_000 }, () => drawPixel());
  const level = levelAt(origin, origin.heightM - 1);
  yield await measure('plane points', 'points/s', () => perSecond(100_000, () => countPoints(pixels, level)));

  const known = { calibration: calibrate(camera, random, 42), maxRangeM };
  const ground = buildGround({ ...known, lake: makeLake(), dem: { grid: dem, heightSigmaM: 0.5 } });
  const detections = drawDetections(5000);
  const locate = () => perSecond(5000, () => countSightings(ground, detections));
  yield await measure('detections located on lake and DEM', 'detections/s', locate);

  for (const count of [42, 8]) {
    const requests = Array.from({ length: 40 }, () => drawRequest(count));
    yield await measureSolve(`camera solved, ${count} synthetic GCPs`, requests);
  }
  const oneCamera = 'camera solved, Finse, 42 GCPs';
  if (existsSync(referencePath(finseFolder))) yield await measureSolve(oneCamera, Array(20).fill(finseRequest()));
  else yield { what: oneCamera, absent: `../shared/${finseFolder}` };
  const photos = 'camera solved, smapshot, 100 photos';
  if (existsSync(referencePath(smapshotFolder))) yield await measureSolve(photos, smapshotRequests());
  else yield { what: photos, absent: `../shared/${smapshotFolder}` };
});
