import type { Box } from '../../geo/frames.ts';

/** An object as a network gives it: class by number, box in px of the network's input. */
export interface RawDetection {
  readonly classIndex: number;
  /** 0–1. */
  readonly confidence: number;
  readonly box: Box;
}

/** The rows of a table that lie in a longer list: row `i` begins at `first + i · step`. */
export interface Rows {
  readonly values: Float32Array;
  readonly first: number;
  readonly step: number;
}

/** Which of `count` values is the largest: the first at `start`, each next one `step` further on. */
export function strongest(
  values: Float32Array,
  start: number,
  count: number,
  step = 1,
): { readonly index: number; readonly value: number } {
  let index = 0;
  let value = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const candidate = values[start + i * step] ?? Number.NEGATIVE_INFINITY;
    if (candidate > value) {
      value = candidate;
      index = i;
    }
  }
  return { index, value };
}

/** A box from its middle and its sides. */
export function boxAround(u: number, v: number, w: number, h: number): Box {
  return { x: u - w / 2, y: v - h / 2, w, h };
}

/** From any number to 0–1. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Confidences of 0 and 1 have no logit. */
const leastDoubt = 1e-6;

/** From 0–1 to any number. */
export function logit(share: number): number {
  const inside = Math.min(1 - leastDoubt, Math.max(leastDoubt, share));
  return Math.log(inside / (1 - inside));
}
