import type { Lens } from '../camera/camera.ts';
import type { Vector3 } from '../camera/matrix.ts';
import { turnedBy } from '../camera/rotation-vector.ts';
import type { GradientField } from './gradient.ts';
import { seeTurned, type Turn } from './turn.ts';

/** A place of the reference photo where brightness changes, at one level of the pyramid. */
export interface Edge {
  /** Length 1, in the axes of the camera at the reference photo. */
  readonly direction: Vector3;
  readonly slopeRight: number;
  readonly slopeDown: number;
}

/** The edges of one level, and the size of its pixels. */
export interface EdgeLevel {
  readonly factor: number;
  readonly edges: readonly Edge[];
}

export interface Candidate {
  readonly turn: Turn;
  /** Mean agreement of the edges' slopes, −1 to 1. */
  readonly score: number;
}

/** Steps to each side around the three axes of the camera. */
type Reach = readonly [number, number, number];

/** Tries turns on a grid around one: best first, those that no neighbour beats. Without `reachRad`, two steps to each side. */
export function searchAround(
  lens: Lens,
  { factor, edges }: EdgeLevel,
  field: GradientField,
  { centre, reachRad }: { readonly centre: Turn; readonly reachRad: number | undefined },
): readonly Candidate[] {
  const steps = stepsAt(lens, field);
  const reach = steps.map((step) => (reachRad === undefined ? 2 : Math.ceil(reachRad / step))) as [
    number,
    number,
    number,
  ];
  const rows = layEdges(lens, edges, { turn: centre, factor, steps });
  const [nx, ny, nz] = reach.map((n) => 2 * n + 1) as [number, number, number];
  const scores = new Float32Array(nx * ny * nz);
  for (let at = 0; at < scores.length; at++) {
    const [i, j, k] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))];
    scores[at] = scoreOf(rows, field, [i - reach[0], j - reach[1], k - reach[2]]);
  }
  const found: Candidate[] = [];
  for (let at = 0; at < scores.length; at++) {
    const [i, j, k] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))];
    if (!isPeak(scores, [nx, ny, nz], [i, j, k])) continue;
    const by: Vector3 = [(i - reach[0]) * steps[0], (j - reach[1]) * steps[1], (k - reach[2]) * steps[2]];
    found.push({ turn: turnedBy(centre, by), score: scores[at] as number });
  }
  return found.sort((a, b) => b.score - a.score);
}

/** Turns around right, down and forward that move an edge by about one pixel of a level, rad. */
function stepsAt(lens: Lens, { widthPx, factor }: GradientField): Vector3 {
  const across = factor / lens.focalPx;
  return [across, across, 1 / (0.35 * widthPx)];
}

interface Laying {
  readonly turn: Turn;
  readonly factor: number;
  readonly steps: Vector3;
}

/** (edges, 10): place in pixels of the level, how it moves a step around each axis, slope. */
function layEdges(lens: Lens, edges: readonly Edge[], { turn, factor, steps }: Laying): Float32Array {
  const rows = new Float32Array(edges.length * 10);
  edges.forEach(({ direction, slopeRight, slopeDown }, index) => {
    const seen = seeTurned(lens, turn, direction);
    if (!seen) {
      rows.fill(-1e6, index * 10, index * 10 + 2);
      return;
    }
    const { pixel, uOver, vOver } = seen;
    // A picture that rolled shows its slopes rolled.
    const [c, s] = [turn[0], turn[3]];
    const move = steps.flatMap((step, axis) => [
      ((uOver[axis] ?? 0) * step) / factor,
      ((vOver[axis] ?? 0) * step) / factor,
    ]);
    const slope = [c * slopeRight - s * slopeDown, s * slopeRight + c * slopeDown];
    rows.set([pixel.u / factor, pixel.v / factor, ...move, ...slope], index * 10);
  });
  return rows;
}

function scoreOf(rows: Float32Array, { widthPx, heightPx, slopes }: GradientField, [a, b, c]: Vector3): number {
  let sum = 0;
  let seen = 0;
  for (let at = 0; at < rows.length; at += 10) {
    const u = get(rows, at) + a * get(rows, at + 2) + b * get(rows, at + 4) + c * get(rows, at + 6);
    const v = get(rows, at + 1) + a * get(rows, at + 3) + b * get(rows, at + 5) + c * get(rows, at + 7);
    if (!(u >= 0 && v >= 0 && u < widthPx && v < heightPx)) continue;
    const pixel = 2 * ((v | 0) * widthPx + (u | 0));
    sum += get(rows, at + 8) * get(slopes, pixel) + get(rows, at + 9) * get(slopes, pixel + 1);
    seen++;
  }
  // What left the picture does not count, but a turn that leaves little in it proves little.
  return seen === 0 ? 0 : sum / Math.max(seen, rows.length / 20);
}

function get(array: Float32Array, at: number): number {
  return array[at] as number;
}

function isPeak(scores: Float32Array, [nx, ny, nz]: Reach, [i, j, k]: Reach): boolean {
  const own = scores[(k * ny + j) * nx + i] as number;
  for (let dk = -1; dk <= 1; dk++) {
    for (let dj = -1; dj <= 1; dj++) {
      for (let di = -1; di <= 1; di++) {
        const [x, y, z] = [i + di, j + dj, k + dk];
        if (x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz) continue;
        if ((scores[(z * ny + y) * nx + x] as number) > own) return false;
      }
    }
  }
  return true;
}
