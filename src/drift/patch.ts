import type { Pixel } from '../geo/frames.ts';
import type { GreyImage } from '../picture/grey.ts';
import { halfSlope } from './gradient.ts';

/** Pixels from the middle of a patch to its side. */
export const halfPatch = 14;

/** Slopes of brightness over a square, each pressed to less than 1. */
export interface Slopes {
  readonly side: number;
  /** (side, side, 2). */
  readonly values: Float32Array;
}

/** Where a square of a picture is read: its middle, in pixels of that picture, and how far it is rolled. */
export interface Window {
  readonly middle: Pixel;
  readonly cosRoll: number;
  readonly sinRoll: number;
  readonly half: number;
}

/** Reads the slopes of a square, in its own axes; undefined where it leaves the picture. */
export function readSlopes({ sizePx, grey }: GreyImage, window: Window): Slopes | undefined {
  const { middle, cosRoll, sinRoll, half } = window;
  const { widthPx, heightPx } = sizePx;
  const reach = (half + 1) * (Math.abs(cosRoll) + Math.abs(sinRoll)) + 1;
  const inside = middle.u > reach && middle.v > reach && middle.u < widthPx - reach && middle.v < heightPx - reach;
  if (!inside) return undefined;
  const outer = 2 * half + 3;
  const greys = new Float32Array(outer * outer);
  for (let row = 0; row < outer; row++) {
    for (let col = 0; col < outer; col++) {
      const [x, y] = [col - half - 1, row - half - 1];
      // The centre of the first pixel is at (0.5, 0.5).
      const u = middle.u - 0.5 + cosRoll * x - sinRoll * y;
      const v = middle.v - 0.5 + sinRoll * x + cosRoll * y;
      const [left, top] = [u | 0, v | 0];
      const at = top * widthPx + left;
      const above = (grey[at] as number) * (left + 1 - u) + (grey[at + 1] as number) * (u - left);
      const below = (grey[at + widthPx] as number) * (left + 1 - u) + (grey[at + widthPx + 1] as number) * (u - left);
      greys[row * outer + col] = above * (top + 1 - v) + below * (v - top);
    }
  }
  return slopesOf(greys, outer);
}

function slopesOf(greys: Float32Array, outer: number): Slopes {
  const side = outer - 2;
  const values = new Float32Array(side * side * 2);
  for (let row = 0; row < side; row++) {
    for (let col = 0; col < side; col++) {
      const at = (row + 1) * outer + col + 1;
      const right = ((greys[at + 1] as number) - (greys[at - 1] as number)) / 2;
      const down = ((greys[at + outer] as number) - (greys[at - outer] as number)) / 2;
      const share = 1 / (Math.sqrt(right * right + down * down) + halfSlope);
      values[2 * (row * side + col)] = right * share;
      values[2 * (row * side + col) + 1] = down * share;
    }
  }
  return { side, values };
}

/** Where a patch fits best inside a larger window. */
export interface Match {
  /** From the middle of the window, px. */
  readonly x: number;
  readonly y: number;
  /** Normalised correlation of the slopes, −1 to 1. */
  readonly correlation: number;
}

/** Slides a patch over a window; undefined when it fits best at the window's border. */
export function matchPatch(patch: Slopes, window: Slopes): Match | undefined {
  const reach = (window.side - patch.side) / 2;
  const n = 2 * reach + 1;
  const energies = energiesIn(window);
  const energy = energyAt(energiesIn(patch), patch.side, [0, 0, patch.side]);
  const scores = new Float32Array(n * n);
  let best = 0;
  for (let at = 0; at < n * n; at++) {
    const [left, top] = [at % n, Math.floor(at / n)];
    const other = energyAt(energies, window.side, [left, top, patch.side]);
    scores[at] = productAt(patch, window, 2 * (top * window.side + left)) / Math.sqrt(energy * other + 1e-9);
    if ((scores[at] as number) > (scores[best] as number)) best = at;
  }
  const [col, row] = [best % n, Math.floor(best / n)];
  if (col === 0 || row === 0 || col === n - 1 || row === n - 1) return undefined;
  const score = (dx: number, dy: number) => scores[best + dy * n + dx] as number;
  return {
    x: col - reach + vertex(score(-1, 0), score(0, 0), score(1, 0)),
    y: row - reach + vertex(score(0, -1), score(0, 0), score(0, 1)),
    correlation: score(0, 0),
  };
}

/** Sum of slope · slope of a patch and the square under it, which starts at `start` of the window's values. */
function productAt(patch: Slopes, window: Slopes, start: number): number {
  const own = patch.values;
  const others = window.values;
  const width = 2 * patch.side;
  const skip = 2 * (window.side - patch.side);
  // Two sums, so that no addition waits for the one before.
  let right = 0;
  let down = 0;
  let other = start;
  for (let at = 0; at < own.length; other += skip) {
    for (const end = at + width; at < end; at += 2, other += 2) {
      right += (own[at] as number) * (others[other] as number);
      down += (own[at + 1] as number) * (others[other + 1] as number);
    }
  }
  return right + down;
}

/** (side + 1, side + 1): sums of squared slopes above and left of each corner. */
function energiesIn({ side, values }: Slopes): Float64Array {
  const sums = new Float64Array((side + 1) * (side + 1));
  for (let row = 0; row < side; row++) {
    let line = 0;
    for (let col = 0; col < side; col++) {
      const at = 2 * (row * side + col);
      line += (values[at] as number) ** 2 + (values[at + 1] as number) ** 2;
      const above = sums[row * (side + 1) + col + 1] as number;
      sums[(row + 1) * (side + 1) + col + 1] = above + line;
    }
  }
  return sums;
}

function energyAt(sums: Float64Array, side: number, [left, top, size]: readonly [number, number, number]): number {
  const at = (row: number, col: number) => sums[row * (side + 1) + col] as number;
  return at(top + size, left + size) - at(top, left + size) - at(top + size, left) + at(top, left);
}

/** Where the parabola through three values at −1, 0, 1 is highest, the middle one being the highest of them. */
function vertex(before: number, middle: number, after: number): number {
  const bend = before - 2 * middle + after;
  return bend < 0 ? (before - after) / (2 * bend) : 0;
}
