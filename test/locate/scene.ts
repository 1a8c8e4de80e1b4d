import type { Calibration } from '../../src/calibrate/calibration.ts';
import { calibrateFromGcps } from '../../src/calibrate/resection.ts';
import type { Camera } from '../../src/camera/camera.ts';
import { worldToPixel } from '../../src/camera/project.ts';
import type { Enu } from '../../src/geo/frames.ts';
import { fromEnu } from '../../src/geo/plane.ts';

export const origin = { lng: 6.1, lat: 45.2, heightM: 2000 };

/** The same numbers from 0 to 1 for the same seed (mulberry32), and Gaussian ones from them. */
export function randomFrom(seed: number) {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const between = (low: number, high: number) => low + (high - low) * uniform();
  return { uniform, normal, between };
}
export type Random = ReturnType<typeof randomFrom>;

/** A webcam on a mast or a slope over a lake, looking down a little. */
export function drawCamera({ between }: Random): Camera {
  const position = { eastM: between(-5, 5), northM: between(-5, 5), upM: between(8, 60) };
  return {
    origin,
    pose: { position, headingDeg: between(0, 359), pitchDeg: between(-12, -4), rollDeg: between(-2, 2) },
    lens: {
      kind: 'brown-conrady',
      focalPx: between(1200, 2200),
      centre: { u: 960, v: 540 },
      k1: 0,
      k2: 0,
      k3: 0,
      p1: 0,
      p2: 0,
    },
    sizePx: { widthPx: 1920, heightPx: 1080 },
  };
}

/** A place in the picture, `low` to `high` m away along the view, at a height over the origin. */
export function drawSeen(camera: Camera, { between }: Random, range: readonly [number, number], upM: number): Enu {
  for (;;) {
    const heading = ((camera.pose.headingDeg + between(-35, 35)) * Math.PI) / 180;
    const distance = range[0] * (range[1] / range[0]) ** between(0, 1);
    const { eastM, northM } = camera.pose.position;
    const point = { eastM: eastM + distance * Math.sin(heading), northM: northM + distance * Math.cos(heading), upM };
    const seen = worldToPixel(camera, point);
    if (seen && seen.u > 0 && seen.v > 0 && seen.u < 1920 && seen.v < 1080) return point;
  }
}

/** A camera calibrated from `count` GCPs clicked with an error of 1 px, and a position known to 0.5 m. */
export function calibrate(camera: Camera, random: Random, count: number): Calibration {
  const gcps = Array.from({ length: count }, (_, at) => {
    const point = drawSeen(camera, random, [30, 600], random.between(0, 12));
    const seen = worldToPixel(camera, point) ?? { u: 0, v: 0 };
    const pixel = {
      u: Math.min(Math.max(seen.u + random.normal(), 0), 1920),
      v: Math.min(Math.max(seen.v + random.normal(), 0), 1080),
    };
    return { name: `p${at}`, pixel, position: fromEnu(origin, point), sigmaM: 0 };
  });
  const { eastM, northM, upM } = camera.pose.position;
  const surveyed = {
    eastM: eastM + 0.5 * random.normal(),
    northM: northM + 0.5 * random.normal(),
    upM: upM + 0.5 * random.normal(),
  };
  return calibrateFromGcps({
    gcps,
    sizePx: camera.sizePx,
    position: { ...fromEnu(origin, surveyed), sigmaM: 0.5 },
  });
}
