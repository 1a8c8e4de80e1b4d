import type { Camera } from '../camera/camera.ts';
import { parameterNames, projectionJacobian } from '../camera/jacobian.ts';
import { pixelToRay } from '../camera/project.ts';
import type { Enu, Pixel } from '../geo/frames.ts';
import { toEnu } from '../geo/plane.ts';
import type { Calibration } from './calibration.ts';

/** Places of a picture that are looked at, as shares of its width and height. */
const across = [0.05, 0.275, 0.5, 0.725, 0.95];
const down = [0.1, 0.5, 0.9];

/** A place of the picture and how far off, 1 σ, the calibration may show a thing there that is as far away as its GCPs, px. */
export interface Doubt {
  readonly pixel: Pixel;
  readonly sigmaPx: number;
}

/** The doubt of a calibration at 15 places of its picture; fewer where the lens shows nothing at some. */
export function doubtsOf({ camera, covariance, free, gcps }: Calibration): readonly Doubt[] {
  const rangeM = medianRange(camera, gcps);
  const columns = free.map((name) => parameterNames.indexOf(name as (typeof parameterNames)[number]));
  const { widthPx, heightPx } = camera.sizePx;
  return down
    .flatMap((y) => across.map((x) => ({ u: x * widthPx, v: y * heightPx })))
    .flatMap((pixel) => {
      const ray = pixelToRay(camera, pixel);
      const rows = ray && projectionJacobian(camera, along(ray.origin, ray.direction, rangeM))?.rows;
      return rows ? [{ pixel, sigmaPx: sigmaOf(rows, columns, covariance) }] : [];
    });
}

function sigmaOf(rows: Float64Array, columns: readonly number[], covariance: readonly number[]): number {
  let variance = 0;
  for (const start of [0, parameterNames.length]) {
    columns.forEach((a, i) => {
      columns.forEach((b, k) => {
        variance += (rows[start + a] ?? 0) * (covariance[i * columns.length + k] ?? 0) * (rows[start + b] ?? 0);
      });
    });
  }
  return Math.sqrt(Math.max(variance, 0));
}

function medianRange({ origin, pose }: Camera, gcps: Calibration['gcps']): number {
  const ranges = gcps
    .map(({ position }) => {
      const { eastM, northM, upM } = toEnu(origin, position);
      const { position: from } = pose;
      return Math.hypot(eastM - from.eastM, northM - from.northM, upM - from.upM);
    })
    .sort((a, b) => a - b);
  return ranges[Math.floor(ranges.length / 2)] ?? 1;
}

function along(from: Enu, direction: Enu, rangeM: number): Enu {
  return {
    eastM: from.eastM + rangeM * direction.eastM,
    northM: from.northM + rangeM * direction.northM,
    upM: from.upM + rangeM * direction.upM,
  };
}

/** How many times longer than wide a cloud of points is at least, and its σ across its longest axis. */
export interface Elongation {
  readonly along: number;
  readonly across: number;
}

/** Standard deviations of points of any dimension along the axis that fits them best, and off it. */
export function elongationOf(points: readonly (readonly number[])[]): Elongation {
  const n = points.length;
  const size = points[0]?.length ?? 0;
  const mean = Array.from(
    { length: size },
    (_, axis) => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / n,
  );
  const offsets = points.map((point) => point.map((value, axis) => value - (mean[axis] ?? 0)));
  // The longest axis by power iteration, from the point that is furthest out.
  const norm = (vector: readonly number[]) => Math.hypot(...vector);
  let axis = offsets.reduce((best, offset) => (norm(offset) > norm(best) ? offset : best), new Array(size).fill(0));
  const project = (offset: readonly number[], onto: readonly number[]) =>
    offset.reduce((sum, value, at) => sum + value * (onto[at] ?? 0), 0);
  for (let step = 0; step < 30 && norm(axis) > 0; step++) {
    const length = norm(axis);
    const unit = axis.map((value) => value / length);
    axis = unit.map((_, at) => offsets.reduce((sum, offset) => sum + project(offset, unit) * (offset[at] ?? 0), 0));
  }
  const length = norm(axis);
  const unit = length > 0 ? axis.map((value) => value / length) : axis;
  const total = offsets.reduce((sum, offset) => sum + norm(offset) ** 2, 0) / n;
  const longest = offsets.reduce((sum, offset) => sum + project(offset, unit) ** 2, 0) / n;
  return { along: Math.sqrt(longest), across: Math.sqrt(Math.max(total - longest, 0)) };
}
