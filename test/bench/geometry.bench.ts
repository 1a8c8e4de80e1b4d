import { existsSync } from 'node:fs';
import type { CalibrationRequest } from '../../src/calibrate/calibration-request.ts';
import { calibrateFromGcps } from '../../src/calibrate/resection.ts';
import type { Camera, Lens } from '../../src/camera/camera.ts';
import { planePoints } from '../../src/camera/plane-points.ts';
import { pixelToRay, worldToPixel } from '../../src/camera/project.ts';
import { readDemAround } from '../../src/dem/geotiff.ts';
import { type DemGrid, layDem } from '../../src/dem/grid.ts';
import { firstHit } from '../../src/dem/ray.ts';
import type { Detection } from '../../src/detect/detection.ts';
import { getCrs } from '../../src/geo/crs.ts';
import type { Pixel, Ray } from '../../src/geo/frames.ts';
import { fromEnu } from '../../src/geo/plane.ts';
import { levelAt, meetLevel, pointOn } from '../../src/geo/ray.ts';
import { buildGround, type Ground } from '../../src/locate/ground.ts';
import { locateDetection } from '../../src/locate/locate-detection.ts';
import { findViewshed } from '../../src/locate/viewshed.ts';
import { calibrate, drawCamera, drawSeen, origin, randomFrom } from '../locate/scene.ts';
import { referencePath } from '../support/reference-data.ts';
import { bench, measure, msOf, perSecond, summarize } from './measure.ts';
import { peerRows } from './peers.ts';
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

/** The camera of the bench, and the same with other lenses. */
const optics = { focalPx: camera.lens.focalPx, centre: camera.lens.centre, k3: 0 };
const lenses: Readonly<Record<string, Lens>> = {
  pinhole: camera.lens,
  'k1, k2': { kind: 'brown-conrady', ...optics, k1: -0.3, k2: 0.1, p1: 0, p2: 0 },
  'k1, k2, p1, p2': { kind: 'brown-conrady', ...optics, k1: -0.3, k2: 0.1, p1: 5e-4, p2: -2e-4 },
  fisheye: { kind: 'fisheye', ...optics, k1: 0.05, k2: -0.02, k4: 0 },
};
const level = levelAt(origin, origin.heightM - 1);

/** One pixel after the other, as a detection comes. */
function countPoints(seen: Camera, pixels: readonly Pixel[]): number {
  let points = 0;
  for (const pixel of pixels) {
    const ray = pixelToRay(seen, pixel);
    const rangeM = ray && meetLevel(ray, level);
    if (ray && rangeM !== undefined && Number.isFinite(pointOn(ray, rangeM).eastM)) points++;
  }
  if (2 * points < pixels.length) throw new Error(`${points} of ${pixels.length} pixels have a point`);
  return points;
}

/** All at once, as a whole picture is laid on a lake. */
function layPoints(seen: Camera, pixels: Float64Array): void {
  const points = planePoints(seen, level, pixels).met.reduce((sum, met) => sum + met, 0);
  if (4 * points < pixels.length) throw new Error(`${points} of ${pixels.length / 2} pixels have a point`);
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

function withoutPosition({ position: _, ...request }: CalibrationRequest): CalibrationRequest {
  return request;
}

/** Figures of the peers' own code, run on the same points when the reference data were gathered. */
const finsePeer = 'projimdem: 7 s (../shared/GEOMETRY.md, "Measured against")';
const smapshotPeer = 'smapshot: 9 ms a solve (oblique) from the stored pose (../shared/data/smapshot_swiss/README.txt)';

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
  const flat = Float64Array.from(pixels.flatMap(({ u, v }) => [u, v]));
  for (const [name, lens] of Object.entries(lenses)) {
    const seen = { ...camera, lens };
    yield await measure(`plane points, ${name}`, 'points/s', () => perSecond(100_000, () => layPoints(seen, flat)));
    const one = () => perSecond(100_000, () => countPoints(seen, pixels));
    yield await measure(`plane points one by one, ${name}`, 'points/s', one);
  }
  yield* peerRows();

  const known = { calibration: calibrate(camera, random, 42), maxRangeM };
  const ground = buildGround({ ...known, lake: makeLake(), dem: { grid: dem, heightSigmaM: 0.5 } });
  const detections = drawDetections(5000);
  const locate = () => perSecond(5000, () => countSightings(ground, detections));
  yield await measure('detections located on lake and DEM', 'detections/s', locate);
  yield await measure('viewshed, synthetic 600 × 680', 'ms', () => msOf(() => findViewshed(ground)));

  for (const count of [42, 8]) {
    const requests = Array.from({ length: 40 }, () => drawRequest(count));
    yield await measureSolve(`camera solved, ${count} synthetic GCPs`, requests);
  }
  const blind = Array.from({ length: 40 }, () => withoutPosition(drawRequest(12)));
  yield await measureSolve('camera solved, 12 synthetic GCPs, position and heading unknown', blind);
  const oneCamera = 'camera solved, Finse, 42 GCPs';
  if (existsSync(referencePath(finseFolder)))
    yield { ...(await measureSolve(oneCamera, Array(40).fill(finseRequest()))), peer: finsePeer };
  else yield { what: oneCamera, absent: `../shared/${finseFolder}` };
  const photos = 'camera solved, smapshot, 100 photos';
  if (existsSync(referencePath(smapshotFolder)))
    yield { ...(await measureSolve(photos, smapshotRequests())), peer: smapshotPeer };
  else yield { what: photos, absent: `../shared/${smapshotFolder}` };
});
