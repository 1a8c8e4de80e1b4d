import type { Lens } from '../camera/camera.ts';
import type { View } from '../camera/jacobian.ts';
import { undistort } from '../camera/lens.ts';
import { type Axes, cross, dot, rotationBetween, subtract, unit, type Vector3 } from '../camera/matrix.ts';
import type { Enu, SizePx } from '../geo/frames.ts';
import { type Mark, residualOf } from './adjust.ts';
import { type Placed, solveP3p } from './p3p.ts';

/** What the search for a first view starts from. */
export interface SeedRequest {
  readonly marks: readonly Mark[];
  readonly sizePx: SizePx;
  /** Lens without its focal length. */
  readonly lens: Lens;
  readonly focalPx: number | undefined;
  readonly position: Enu | undefined;
  readonly bendPerM: number;
}

/** How many pairs or triples of GCPs are tried. */
const samples = 90;
/** How many of the best views are handed on. */
const kept = 6;

/**
 * First views, best first. Two GCPs give the rotation where the position is known, three give both (P3P); each at a
 * few focal lengths where that is unknown. Small samples keep a gross error from spoiling them all.
 */
export function findSeeds(request: SeedRequest): readonly View[] {
  const reachPx = 0.04 * Math.max(request.sizePx.widthPx, request.sizePx.heightPx);
  const best: Scored[] = [];
  for (const focalPx of focalLengths(request)) {
    for (const view of viewsFor(request, { ...request.lens, focalPx })) {
      const limit = best.length < kept ? Infinity : (best.at(-1)?.score ?? Infinity);
      const score = scoreOf(view, request.marks, reachPx, limit);
      if (score >= limit) continue;
      const at = best.findIndex((other) => other.score > score);
      best.splice(at < 0 ? best.length : at, 0, { view, score });
      best.length = Math.min(best.length, kept);
    }
  }
  return best.map(({ view }) => view);
}

interface Scored {
  readonly view: View;
  readonly score: number;
}

/** Sum of squared residuals, each at most `reachPx`²; counted no further than `limit`. */
function scoreOf(view: View, marks: readonly Mark[], reachPx: number, limit: number): number {
  let score = 0;
  for (const mark of marks) {
    const residual = residualOf(view, mark);
    score += Math.min(residual ? residual.u ** 2 + residual.v ** 2 : Infinity, reachPx ** 2);
    if (score >= limit) break;
  }
  return score;
}

/** The given focal length, or lenses from 100° (a fisheye: 180°) wide to strong telephoto. */
function focalLengths({ focalPx, sizePx, lens }: SeedRequest): readonly number[] {
  if (focalPx !== undefined) return [focalPx];
  const sidePx = Math.max(sizePx.widthPx, sizePx.heightPx);
  return Array.from({ length: 14 }, (_, step) => (lens.kind === 'fisheye' ? 0.27 : 0.4) * sidePx * 1.22 ** step);
}

function viewsFor(request: SeedRequest, lens: Lens): readonly View[] {
  const { marks, position, bendPerM } = request;
  const sights = marks.flatMap(({ point, pixel }) => {
    const direction = undistort(lens, pixel);
    return direction ? [{ point: [point.eastM, point.northM, point.upM] as const, direction }] : [];
  });
  const placed = position ? fromPairs(sights, [position.eastM, position.northM, position.upM]) : fromTriples(sights);
  return placed.map(({ position: [eastM, northM, upM], rotation }) => ({
    position: { eastM, northM, upM },
    rotation,
    lens,
    bendPerM,
  }));
}

interface Sight {
  readonly point: Vector3;
  /** In the axes of the camera, length 1. */
  readonly direction: Vector3;
}

function fromPairs(sights: readonly Sight[], position: Vector3): readonly Placed[] {
  return drawSubsets(sights, 2).flatMap(([one, two]) => {
    if (!one || !two) return [];
    const from = axesOf(unit(subtract(one.point, position)), unit(subtract(two.point, position)));
    const to = axesOf(one.direction, two.direction);
    return from && to ? [{ position, rotation: rotationBetween(from, to) }] : [];
  });
}

function fromTriples(sights: readonly Sight[]): readonly Placed[] {
  return drawSubsets(sights, 3).flatMap(([one, two, three]) =>
    one && two && three
      ? solveP3p([one.point, two.point, three.point], [one.direction, two.direction, three.direction])
      : [],
  );
}

/** Axes that two directions span; undefined when they are too close to span any. */
function axesOf(one: Vector3, two: Vector3): Axes | undefined {
  // The middle of the two is the first axis, so that an error in their angle is shared.
  const x = unit([one[0] + two[0], one[1] + two[1], one[2] + two[2]]);
  const normal = cross(one, two);
  if (!(Math.hypot(...normal) > 1e-3) || dot(one, two) < -0.99) return undefined;
  const z = unit(normal);
  return [x, cross(z, x), z];
}

/** Subsets of `size`: all of them when they are few, else a fixed draw. */
function drawSubsets<T>(items: readonly T[], size: 2 | 3): readonly (readonly T[])[] {
  const all: T[][] = [];
  const count =
    size === 2 ? (items.length * (items.length - 1)) / 2 : (items.length * (items.length - 1) * (items.length - 2)) / 6;
  if (count <= samples) {
    items.forEach((one, i) => {
      items.slice(i + 1).forEach((two, k) => {
        if (size === 2) all.push([one, two]);
        else for (const three of items.slice(i + k + 2)) all.push([one, two, three]);
      });
    });
    return all;
  }
  const next = sequence();
  while (all.length < samples) {
    const chosen = new Set<T>();
    while (chosen.size < size) {
      const item = items[next() % items.length];
      if (item !== undefined) chosen.add(item);
    }
    all.push([...chosen]);
  }
  return all;
}

/** The same numbers each time. Source: Numerical Recipes, "quick and dirty" generator, high bits. */
function sequence(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}
