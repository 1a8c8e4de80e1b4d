import type { Calibration } from '../../src/calibrate/calibration.ts';
import type { CalibrationRequest } from '../../src/calibrate/calibration-request.ts';
import { calibrateFromGcps } from '../../src/calibrate/resection.ts';
import type { Camera } from '../../src/camera/camera.ts';
import { pixelToRay, worldToPixel } from '../../src/camera/project.ts';
import { type DemGrid, groundAt, layFlatDem } from '../../src/dem/grid.ts';
import { firstHit } from '../../src/dem/ray.ts';
import { ServiceError } from '../../src/errors.ts';
import type { Enu, Pixel, PlaneOrigin } from '../../src/geo/frames.ts';
import { fromEnu, toEnu } from '../../src/geo/plane.ts';
import type { Random } from './scene.ts';

/** Heights over the origin, m, by place in the plane. */
export type Relief = (eastM: number, northM: number) => number;

/** A square of nodes around the origin, its heights from a relief. */
export function sampleRelief(relief: Relief, origin: PlaneOrigin, { halfM, stepM }: { halfM: number; stepM: number }) {
  const half = Math.round(halfM / stepM);
  const cols = 2 * half + 1;
  const heights = Float64Array.from(
    { length: cols * cols },
    (_, at) => origin.heightM + relief(((at % cols) - half) * stepM, (half - Math.floor(at / cols)) * stepM),
  );
  return { cols, rows: cols, x0: -half * stepM, y0: half * stepM, stepX: stepM, stepY: stepM, heights };
}

/** Lays nodes of the plane at `origin` under the plane of a camera that was calibrated nearby. */
export function layUnder(raster: ReturnType<typeof sampleRelief>, origin: PlaneOrigin, camera: PlaneOrigin): DemGrid {
  const { eastM, northM } = toEnu(origin, camera);
  return layFlatDem(raster, { x: eastM, y: northM, heightM: camera.heightM });
}

export interface SeenPlace {
  readonly point: Enu;
  readonly pixel: Pixel;
}

/** A place of the true ground that a camera sees, `low` to `high` m away; undefined when 200 tries found none. */
export function findSeen(
  { camera, truth }: { readonly camera: Camera; readonly truth: DemGrid },
  random: Random,
  [low, high]: readonly [number, number],
): SeenPlace | undefined {
  const { position, headingDeg } = camera.pose;
  const { widthPx, heightPx } = camera.sizePx;
  for (let attempt = 0; attempt < 200; attempt++) {
    const heading = ((headingDeg + random.between(-35, 35)) * Math.PI) / 180;
    const away = low * (high / low) ** random.uniform();
    const point = groundAt(
      truth,
      position.eastM + away * Math.sin(heading),
      position.northM + away * Math.cos(heading),
    );
    const pixel = point && worldToPixel(camera, point);
    if (!pixel || pixel.u < 0 || pixel.v < 0 || pixel.u > widthPx || pixel.v > heightPx) continue;
    const ray = pixelToRay(camera, pixel);
    const hit = ray && firstHit(ray, truth, 3000);
    if (hit?.kind === 'hit' && Math.abs(hit.rangeM - Math.hypot(away, point.upM - position.upM)) < 0.05) {
      return { point, pixel };
    }
  }
  return undefined;
}

export interface Survey {
  readonly camera: Camera;
  readonly truth: DemGrid;
  readonly gcps: number;
  /** What is known of the lens. */
  readonly lens?: CalibrationRequest['lens'];
}

/**
 * A camera calibrated from GCPs on what it sees, clicked to 1 px and surveyed to 0.1 m, with its own place known to
 * 0.5 m; undefined when the places drawn cannot carry a calibration.
 */
export function calibrateOn(survey: Survey, random: Random): Calibration | undefined {
  const { camera, truth, lens } = survey;
  const near = ({ eastM, northM, upM }: Enu, sigmaM: number) => ({
    eastM: eastM + sigmaM * random.normal(),
    northM: northM + sigmaM * random.normal(),
    upM: upM + sigmaM * random.normal(),
  });
  const gcps: CalibrationRequest['gcps'][number][] = [];
  for (let at = 0; at < survey.gcps; at++) {
    const seen = findSeen({ camera, truth }, random, [30, 500]);
    if (!seen) continue;
    const pixel = {
      u: Math.min(Math.max(seen.pixel.u + random.normal(), 0), camera.sizePx.widthPx),
      v: Math.min(Math.max(seen.pixel.v + random.normal(), 0), camera.sizePx.heightPx),
    };
    gcps.push({ name: `p${at}`, pixel, position: fromEnu(camera.origin, near(seen.point, 0.1)), sigmaM: 0.1 });
  }
  const position = { ...fromEnu(camera.origin, near(camera.pose.position, 0.5)), sigmaM: 0.5 };
  try {
    return calibrateFromGcps({ gcps, sizePx: camera.sizePx, position, ...(lens && { lens }) });
  } catch (thrown) {
    if (thrown instanceof ServiceError && thrown.code.startsWith('gcps-')) return undefined;
    throw thrown;
  }
}
