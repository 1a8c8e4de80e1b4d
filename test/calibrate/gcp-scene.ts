import type { Calibration } from '../../src/calibrate/calibration.ts';
import type { CalibrationRequest } from '../../src/calibrate/calibration-request.ts';
import type { Camera } from '../../src/camera/camera.ts';
import { factorise, solve } from '../../src/camera/cholesky.ts';
import { worldToPixel } from '../../src/camera/project.ts';
import { turnBetween } from '../../src/geo/angles.ts';
import type { Enu, Pixel } from '../../src/geo/frames.ts';
import { fromEnu, toEnu } from '../../src/geo/plane.ts';
import { drawCamera, drawSeen, origin, type Random } from '../locate/scene.ts';

/** How good the GCPs of a drawn camera are, and what is said of it. */
export interface Quality {
  readonly count: number;
  /** Share of them clicked anywhere in the picture, at least 25 px off. */
  readonly grossShare: number;
  readonly clickPx: number;
  readonly groundM: number;
  /** 1 σ of the position that is said; undefined: none is. */
  readonly positionM: number | undefined;
  /** 1 σ of the focal length that is said, as a share of it; undefined: none is. */
  readonly focalShare: number | undefined;
}

/** A drawn camera, the request that GCPs of such quality make, and the names of the gross errors. */
export interface GcpScene {
  readonly camera: Camera;
  readonly request: CalibrationRequest;
  readonly gross: ReadonlySet<string>;
}

export function drawGcpScene(random: Random, quality: Quality): GcpScene {
  const camera = drawCamera(random);
  const { positionM, focalShare, groundM } = quality;
  const gross = new Set<string>();
  const gcps = Array.from({ length: quality.count }, (_, at) => {
    const name = `p${at}`;
    const point = drawSeen(camera, random, [30, 600], random.between(0, 12));
    const seen = worldToPixel(camera, point) ?? { u: 0, v: 0 };
    const isGross = at < Math.round(quality.grossShare * quality.count);
    if (isGross) gross.add(name);
    const pixel = isGross ? drawElsewhere(random, seen) : click(random, seen, quality.clickPx);
    return { name, pixel, position: fromEnu(origin, blur(random, point, groundM)), sigmaM: groundM };
  });
  const focalSigmaPx = (focalShare ?? 0) * camera.lens.focalPx;
  const request: CalibrationRequest = {
    gcps,
    sizePx: camera.sizePx,
    ...(positionM === undefined
      ? {}
      : { position: { ...fromEnu(origin, blur(random, camera.pose.position, positionM)), sigmaM: positionM } }),
    ...(focalShare === undefined
      ? {}
      : { focalPx: camera.lens.focalPx + focalSigmaPx * random.normal(), focalSigmaPx }),
  };
  return { camera, request, gross };
}

function drawElsewhere({ between }: Random, seen: Pixel): Pixel {
  for (;;) {
    const pixel = { u: between(0, 1920), v: between(0, 1080) };
    if (Math.hypot(pixel.u - seen.u, pixel.v - seen.v) > 25) return pixel;
  }
}

function click({ normal }: Random, seen: Pixel, sigmaPx: number): Pixel {
  const within = (value: number, size: number) => Math.min(Math.max(value, 0), size);
  return { u: within(seen.u + sigmaPx * normal(), 1920), v: within(seen.v + sigmaPx * normal(), 1080) };
}

function blur({ normal }: Random, { eastM, northM, upM }: Enu, sigmaM: number): Enu {
  return { eastM: eastM + sigmaM * normal(), northM: northM + sigmaM * normal(), upM: upM + sigmaM * normal() };
}

/** The squared error of a calibration in its own covariance over the number of its parameters: 1 on average where that is honest. */
export function normalisedError({ camera, covariance, free }: Calibration, truth: Camera): number {
  const place = toEnu(camera.origin, fromEnu(truth.origin, truth.pose.position));
  const wanted = valuesOf({ ...truth, pose: { ...truth.pose, position: place } });
  const found = valuesOf(camera);
  const errors = Float64Array.from(free, (name) => {
    const [one = 0, two = 0] = [wanted[name], found[name]];
    return name === 'headingDeg' ? turnBetween(one, two) : two - one;
  });
  const factor = factorise(Float64Array.from(covariance), free.length);
  if (!factor) throw new Error('the covariance is not positive definite');
  const weighed = solve(factor, errors);
  return errors.reduce((sum, error, at) => sum + error * (weighed[at] ?? 0), 0) / free.length;
}

function valuesOf({ pose, lens }: Camera): Readonly<Record<string, number>> {
  const { kind: _, centre, ...terms } = lens;
  const { position, ...aim } = pose;
  return { ...position, ...aim, ...terms, u0: centre.u, v0: centre.v };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
