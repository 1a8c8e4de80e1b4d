import { pixelToRay } from '../camera/project.ts';
import type { GroundCovariance } from '../geo/frames.ts';
import type { Foot } from './foot.ts';
import type { Ground } from './ground.ts';
import type { Deviation } from './ground-covariance.ts';
import { type Hit, meetGround, none } from './meet-ground.ts';
import { isInside } from './shore.ts';
import type { NoSighting } from './sighting.ts';

/** How far out the sigma points lie, σ, and the weight of each. Source: Julier & Uhlmann (1997), n = 2, κ = 1. */
const reach = Math.sqrt(3);
const weight = 1 / 6;

/** A place found from a foot pixel. */
export interface Found {
  readonly ground: Ground;
  readonly foot: Foot;
  readonly hit: Hit;
}

/** A place that is tried with errors. */
interface Tried extends Found {
  readonly countsAsWater: (onWater: Hit) => boolean;
}

/**
 * Covariance of a place from four real rays, each with the likeliest errors that move the place by √3 σ along an axis
 * of its first-order ellipse. It is taken around the place itself, so that a place on one side of its own errors has an
 * ellipse that reaches the other. Says 'beyond-horizon' when an error leads over a horizon, or over a ridge to other ground.
 */
export function spreadOnGround(found: Found, axes: readonly [Deviation, Deviation]): GroundCovariance | NoSighting {
  const tried = { ...found, countsAsWater: waterRule(found) };
  const { eastM, northM } = found.hit.point;
  let [eeM2, enM2, nnM2] = [0, 0, 0];
  for (const axis of axes) {
    const ends = endsOf(tried, axis);
    if ('reason' in ends) return ends;
    for (const { point } of ends) {
      const [e, n] = [point.eastM - eastM, point.northM - northM];
      eeM2 += weight * e * e;
      enM2 += weight * e * n;
      nnM2 += weight * n * n;
    }
    if (mayJump(tried.hit, ends) && jumps(tried, axis)) return none('beyond-horizon');
  }
  return { eeM2, enM2, nnM2 };
}

/** Water ends at the shoreline; but where the place itself is on water outside, as far as its ellipse reaches, so are its errors. */
function waterRule({ ground: { water }, hit }: Found): Tried['countsAsWater'] {
  if (!water) return () => false;
  if (hit.surface === 'water' && !isInside(water.shore, hit.point)) return () => true;
  return ({ point }) => isInside(water.shore, point);
}

/** Where the ray comes down with `by` times the errors of an axis. An error may reach four times as far as is looked. */
function meetWith({ ground, foot, countsAsWater }: Tried, axis: Deviation, by: number): Hit | NoSighting {
  const pixel = { u: foot.pixel.u + by * axis.pixel.u, v: foot.pixel.v + by * axis.pixel.v };
  const ray = pixelToRay(ground.calibration.camera, pixel);
  if (!ray) return none('outside-lens');
  const origin = {
    eastM: ray.origin.eastM + by * axis.position.eastM,
    northM: ray.origin.northM + by * axis.position.northM,
    // Ground that is higher is a camera that is lower.
    upM: ray.origin.upM + by * (axis.position.upM - axis.heightM),
  };
  return meetGround(ground, { ...ray, origin }, 4 * ground.maxRangeM, countsAsWater);
}

/** Both ends of an axis. Where one cannot be tried, at the rim of the lens or under the ground, the other stands in for it. */
function endsOf(tried: Tried, axis: Deviation): readonly [Hit, Hit] | NoSighting {
  const ends = [meetWith(tried, axis, -reach), meetWith(tried, axis, reach)] as const;
  const [one, two] = ends;
  if (one.kind === 'hit' && two.kind === 'hit') return [one, two];
  for (const end of ends) {
    if (end.kind === 'hit' || end.reason === 'outside-lens' || end.reason === 'starts-below-ground') continue;
    return end.reason === 'no-elevation' ? end : none('beyond-horizon');
  }
  if (one.kind === 'hit') return [one, one];
  return two.kind === 'hit' ? [two, two] : none('beyond-horizon');
}

/** Jumps of less than this share of the range are left to the ellipse. */
const leastJump = 0.05;

/**
 * True where one end lies so much farther off than the other that a jump may be the cause. Ranges are compared by
 * their logarithms: over a plane these change evenly enough, whether pixel or height is wrong.
 */
function mayJump({ rangeM }: Hit, [one, two]: readonly [Hit, Hit]): boolean {
  const [a, b] = [Math.log(one.rangeM / rangeM), Math.log(two.rangeM / rangeM)];
  const [less, more] = [Math.min(Math.abs(a), Math.abs(b)), Math.max(Math.abs(a), Math.abs(b))];
  return more > leastJump && (a * b > 0 || more > 2 * less);
}

/** Steps along an axis in which a jump is looked for. */
const steps = 8;

/** True when one step along an axis makes most of the way from its nearest ground to its farthest. */
function jumps(tried: Tried, axis: Deviation): boolean {
  const logs: number[] = [];
  for (let step = 0; step <= steps; step++) {
    const met = meetWith(tried, axis, reach * ((2 * step) / steps - 1));
    if (met.kind === 'hit') logs.push(Math.log(met.rangeM));
  }
  logs.sort((a, b) => a - b);
  const [nearest = 0, farthest = 0] = [logs[0], logs.at(-1)];
  const widest = Math.max(...logs.map((log, at) => log - (logs[at - 1] ?? log)));
  return widest > leastJump && widest > (farthest - nearest) / 2;
}
