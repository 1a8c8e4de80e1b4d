import { parameterNames, projectionJacobian } from '../camera/jacobian.ts';
import type { KnownCamera } from '../camera/known-camera.ts';
import type { Enu, GroundCovariance, Pixel } from '../geo/frames.ts';
import { bendOf, meanRefraction } from '../geo/refraction.ts';
import type { Foot } from './foot.ts';

/** The surface that a foot stands on, near it. */
export interface LocalSurface {
  /** Rise to the east and to the north, m per m. */
  readonly eastSlope: number;
  readonly northSlope: number;
  /** One standard deviation of its height, m. */
  readonly heightSigmaM: number;
}

/** Errors that belong together: of all those that move a place by one σ along one axis of its ellipse, the likeliest. */
export interface Deviation {
  /** Of the camera's position, m. */
  readonly position: Enu;
  /** Of the foot pixel, with what angles and lens add to it, px. */
  readonly pixel: Pixel;
  /** Of the height of the surface, m. */
  readonly heightM: number;
}

/** The error of a place to first order, before the extent of the thing. */
export interface FirstOrder {
  readonly covariance: GroundCovariance;
  /** What each source alone would leave open: the trace of its covariance, m². */
  readonly variances: { readonly camera: number; readonly pixel: number; readonly height: number };
  /** Along the major and the minor axis. */
  readonly axes: readonly [Deviation, Deviation];
}

/** A step on the ground, m. */
interface Step {
  readonly eastM: number;
  readonly northM: number;
}

/** Step on the ground that a change of pixel by (u, v) makes. */
type ToGround = (u: number, v: number) => Step;

/** A source of error with what one unit of it does. */
interface Source extends Step {
  readonly variance: number;
}

/**
 * Covariance of the place where a foot pixel meets a surface, to first order: what the camera, the pixel and the height
 * of the surface leave open. Refraction counts as height: the light comes in higher or lower by that much. Undefined
 * where the ray grazes the surface, so that it fixes no place.
 */
export function groundCovariance(
  calibration: KnownCamera,
  foot: Foot,
  point: Enu,
  surface: LocalSurface,
): FirstOrder | undefined {
  const rows = projectionJacobian(calibration.camera, point)?.rows;
  if (!rows) return undefined;
  const m = parameterNames.length;
  // Over the point: a point that moves is a camera that moves the other way.
  const up = { u: -(rows[2] ?? 0), v: -(rows[m + 2] ?? 0) };
  // Along the surface: a step east climbs by its slope.
  const [a, b] = [up.u * surface.eastSlope - (rows[0] ?? 0), up.u * surface.northSlope - (rows[1] ?? 0)];
  const [c, d] = [up.v * surface.eastSlope - (rows[m] ?? 0), up.v * surface.northSlope - (rows[m + 1] ?? 0)];
  const determinant = a * d - b * c;
  if (!(Math.abs(determinant) > 1e-12)) return undefined;
  const toGround: ToGround = (u, v) => ({
    eastM: (d * u - b * v) / determinant,
    northM: (a * v - c * u) / determinant,
  });
  const camera = moveOfCamera(calibration, rows, toGround);
  const pixel = [
    { ...toGround(1, 0), variance: foot.sigmaUPx ** 2 },
    { ...toGround(0, 1), variance: foot.sigmaVPx ** 2 },
  ] as const;
  const { eastM, northM } = toGround(-up.u, -up.v);
  const height = { eastM, northM, variance: surface.heightSigmaM ** 2 + bendVariance(calibration, point) };
  const sources = [...pixel, height];
  const covariance = sources.reduce(addSource, camera.covariance);
  return {
    covariance,
    variances: {
      camera: traceOf(camera.covariance),
      pixel: traceOf(pixel.reduce(addSource, nothing)),
      height: traceOf(addSource(nothing, height)),
    },
    axes: deviationsAlong(covariance, (step) => {
      const [u = 0, v = 0, heightM = 0] = sources.map((source) => source.variance * along(source, step));
      const moved = camera.deviationAlong(step);
      return { position: moved.position, pixel: { u: u + moved.pixel.u, v: v + moved.pixel.v }, heightM };
    }),
  };
}

const nothing: GroundCovariance = { eeM2: 0, enM2: 0, nnM2: 0 };

function addSource({ eeM2, enM2, nnM2 }: GroundCovariance, { eastM, northM, variance }: Source): GroundCovariance {
  return {
    eeM2: eeM2 + variance * eastM * eastM,
    enM2: enM2 + variance * eastM * northM,
    nnM2: nnM2 + variance * northM * northM,
  };
}

function along(one: Step, two: Step): number {
  return one.eastM * two.eastM + one.northM * two.northM;
}

function traceOf({ eeM2, nnM2 }: GroundCovariance): number {
  return eeM2 + nnM2;
}

/** Variance of the height at which the light comes in, from what is not known of refraction, m². */
function bendVariance({ camera: { pose } }: KnownCamera, { eastM, northM }: Enu): number {
  const away2 = (eastM - pose.position.eastM) ** 2 + (northM - pose.position.northM) ** 2;
  return (bendOf(meanRefraction.sigma) * away2) ** 2;
}

/** Position first: the columns that move where a ray starts; all the others turn it, as a shift of the pixel would. */
const positionColumns = 3;

/** How far the camera's own covariance moves a place, and its errors that go with a move: covariance of both, times the step. */
function moveOfCamera({ free, covariance }: KnownCamera, rows: Float64Array, toGround: ToGround) {
  const m = parameterNames.length;
  const columns = free.map((name) => parameterNames.indexOf(name as (typeof parameterNames)[number]));
  const steps = columns.map((column) => toGround(-(rows[column] ?? 0), -(rows[m + column] ?? 0)));
  // Covariance of each parameter with the place.
  const shared = columns.map((_, i): Step => {
    let [eastM, northM] = [0, 0];
    steps.forEach((step, k) => {
      const share = covariance[i * columns.length + k] ?? 0;
      eastM += share * step.eastM;
      northM += share * step.northM;
    });
    return { eastM, northM };
  });
  let [eeM2, enM2, nnM2] = [0, 0, 0];
  steps.forEach(({ eastM, northM }, i) => {
    eeM2 += eastM * (shared[i]?.eastM ?? 0);
    enM2 += eastM * (shared[i]?.northM ?? 0);
    nnM2 += northM * (shared[i]?.northM ?? 0);
  });
  const deviationAlong = (step: Step): Omit<Deviation, 'heightM'> => {
    const position: [number, number, number] = [0, 0, 0];
    let [u, v] = [0, 0];
    columns.forEach((column, i) => {
      const moved = along(shared[i] ?? step, step);
      if (column < positionColumns) position[column] = moved;
      // What a turned camera sees at a pixel, the camera as it was saw elsewhere.
      else [u, v] = [u - (rows[column] ?? 0) * moved, v - (rows[m + column] ?? 0) * moved];
    });
    const [eastM, northM, upM] = position;
    return { position: { eastM, northM, upM }, pixel: { u, v } };
  };
  return { covariance: { eeM2, enM2, nnM2 }, deviationAlong };
}

/** The deviations of one σ along the axes of a covariance; `over` gives the covariance of all errors with a step on the ground. */
function deviationsAlong({ eeM2, enM2, nnM2 }: GroundCovariance, over: (step: Step) => Deviation) {
  const middle = (eeM2 + nnM2) / 2;
  const reach = Math.hypot((eeM2 - nnM2) / 2, enM2);
  const angle = Math.atan2(2 * enM2, eeM2 - nnM2) / 2;
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  // An error of covariance c with the place goes with a step of σ along an axis as c·axis/σ.
  const axis = (eastM: number, northM: number, variance: number) => {
    const perSigma = variance > 0 ? 1 / Math.sqrt(variance) : 0;
    return over({ eastM: eastM * perSigma, northM: northM * perSigma });
  };
  return [axis(x, y, middle + reach), axis(-y, x, middle - reach)] as const;
}
