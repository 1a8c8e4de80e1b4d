import type { Camera } from '../../camera/camera.ts';
import { pixelToRay } from '../../camera/project.ts';
import type { HeightGrid } from '../world/height-grid.ts';

/** What a pixel sees. */
export const seen = { sky: 0, ground: 1, water: 2, rock: 3 } as const;

/**
 * What each pixel of a camera sees, without its light: made once, lit for every photo.
 * All arrays are row-major, (heightPx, widthPx) or (heightPx, widthPx, 3).
 */
export interface View {
  readonly camera: Camera;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Unit direction of the ray through each pixel's centre: east, north, up. */
  readonly direction: Float32Array;
  /** Slant distance, m; Infinity for sky. */
  readonly range: Float32Array;
  readonly kind: Uint8Array;
  /** Unit normal of the surface: east, north, up. */
  readonly normal: Float32Array;
  /** Linear RGB, 0–1. */
  readonly albedo: Float32Array;
}

/** Directions through the pixels' centres: exact every 8 px, linear between (within 0.001 px). */
export function traceDirections(camera: Camera): Float32Array {
  const { widthPx, heightPx } = camera.sizePx;
  const cell = 8;
  const columns = Math.ceil(widthPx / cell) + 1;
  const rows = Math.ceil(heightPx / cell) + 1;
  const coarse = new Float64Array(columns * rows * 3);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const ray = pixelToRay(camera, { u: i * cell + 0.5, v: j * cell + 0.5 });
      if (!ray) continue;
      coarse.set([ray.direction.eastM, ray.direction.northM, ray.direction.upM], (j * columns + i) * 3);
    }
  }
  const fine = new Float32Array(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y++) {
    const j = Math.floor(y / cell);
    const sy = y / cell - j;
    for (let x = 0; x < widthPx; x++) {
      const i = Math.floor(x / cell);
      const sx = x / cell - i;
      const at = (j * columns + i) * 3;
      for (let axis = 0; axis < 3; axis++) {
        const a = at + axis;
        const top = (coarse[a] as number) * (1 - sx) + (coarse[a + 3] as number) * sx;
        const b = a + columns * 3;
        const bottom = (coarse[b] as number) * (1 - sx) + (coarse[b + 3] as number) * sx;
        fine[(y * widthPx + x) * 3 + axis] = top * (1 - sy) + bottom * sy;
      }
    }
  }
  return fine;
}

/** Small relief that the grid does not hold, m, 0 to 0.3, at a place and a distance. */
export type Relief = (eastM: number, northM: number, rangeM: number) => number;

const highestReliefM = 0.3;

/** Finds the ground behind every pixel: each column from the bottom up, as a ray never lands nearer than the one below it. */
export function traceView(camera: Camera, grid: HeightGrid, relief: Relief): View {
  const { widthPx, heightPx } = camera.sizePx;
  const direction = traceDirections(camera);
  const size = widthPx * heightPx;
  const range = new Float32Array(size).fill(Number.POSITIVE_INFINITY);
  const kind = new Uint8Array(size);
  const { eastM, northM, upM } = camera.pose.position;
  for (let x = 0; x < widthPx; x++) {
    let start = 2;
    let misses = 0;
    for (let y = heightPx - 1; y >= 0 && misses < 3; y--) {
      const at = y * widthPx + x;
      const e = direction[at * 3] as number;
      const n = direction[at * 3 + 1] as number;
      const flat = Math.hypot(e, n);
      const slope = (direction[at * 3 + 2] as number) / flat;
      const clearance = (distance: number): number => {
        const east = eastM + (e / flat) * distance;
        const north = northM + (n / flat) * distance;
        const gap = upM + slope * distance - grid.upM(east, north);
        return gap > highestReliefM ? gap : gap - relief(east, north, distance);
      };
      const hit = march(clearance, start, grid.reachM - 700);
      if (hit === undefined) {
        misses++;
        continue;
      }
      start = hit * 0.97;
      range[at] = hit / flat;
      kind[at] = seen.ground;
    }
  }
  const normal = new Float32Array(size * 3);
  return { camera, widthPx, heightPx, direction, range, kind, normal, albedo: new Float32Array(size * 3) };
}

/** First distance from `start` at which a ray is under the ground; undefined: it leaves over it. */
function march(clearance: (distanceM: number) => number, startM: number, endM: number): number | undefined {
  let above = startM;
  let gap = clearance(startM);
  if (gap <= 0) return startM;
  while (above < endM) {
    const next = above + Math.max(above * 0.004, Math.min(gap * 0.9, above * 0.06));
    const nextGap = clearance(next);
    if (nextGap <= 0) return crossing(clearance, { above, gap, below: next, depth: -nextGap });
    above = next;
    gap = nextGap;
  }
  return undefined;
}

/** Where the clearance is zero between a distance over the ground and one under it: three steps of false position. */
function crossing(
  clearance: (distanceM: number) => number,
  between: { above: number; gap: number; below: number; depth: number },
): number {
  let { above, gap, below, depth } = between;
  for (let step = 0; step < 3; step++) {
    const guess = above + ((below - above) * gap) / (gap + depth);
    const found = clearance(guess);
    if (found > 0) {
      above = guess;
      gap = found;
    } else {
      below = guess;
      depth = -found;
    }
    if (below - above < above * 3e-5 || Math.abs(found) < 2e-4) return guess;
  }
  return above + ((below - above) * gap) / Math.max(1e-9, gap + depth);
}
