import type { Detection } from './detection.ts';
import { expectedHeightPx, type SizeLine } from './size-line.ts';

/** How sure a box of one camera is a person, from its confidence, its shape, its place and its size for that place. */
export interface PlaceConfidence {
  readonly size: SizeLine;
  readonly photoHeightPx: number;
  /** One for each of `traitsOf`: its weight in the logit. */
  readonly weights: readonly number[];
}

/** A detection of which somebody said whether it is a person. */
export interface JudgedDetection extends Detection {
  readonly right: boolean;
}

const ridge: number = 0.5;
const rounds = 25;

/** Fits the weights on judged detections of one camera, by logistic regression. */
export function fitPlaceConfidence(
  judged: readonly JudgedDetection[],
  size: SizeLine,
  photoHeightPx: number,
): PlaceConfidence {
  const rows = judged.map((one) => ({ traits: traitsOf(one, size, photoHeightPx), right: one.right }));
  let weights: readonly number[] = (rows[0]?.traits ?? []).map(() => 0);
  for (let round = 0; round < rounds; round++) weights = newtonStep(rows, weights);
  return { size, photoHeightPx, weights };
}

/** The chance that a detection is right, 0–1. */
export function toPlaceConfidence(detection: Detection, { size, photoHeightPx, weights }: PlaceConfidence): number {
  return chance(traitsOf(detection, size, photoHeightPx), weights);
}

/** Logit of the confidence; logarithms of the shape and of the size over the one expected; the row; squares; 1. */
function traitsOf({ box, confidence }: Detection, size: SizeLine, photoHeightPx: number): readonly number[] {
  const sure = Math.min(0.99, Math.max(0.01, confidence));
  const shape = Math.log(box.w / box.h);
  const footV = box.y + box.h;
  const tall = Math.log(box.h / Math.max(8, expectedHeightPx(size, footV)));
  const row = 4 * (footV / photoHeightPx - 0.5);
  return [Math.log(sure / (1 - sure)), shape, shape * shape, tall, tall * tall, row, row * row, 1];
}

function chance(traits: readonly number[], weights: readonly number[]): number {
  return 1 / (1 + Math.exp(-traits.reduce((sum, trait, at) => sum + trait * (weights[at] ?? 0), 0)));
}

/** One step of Newton's method on the likelihood, with a ridge that keeps weights of rare traits small. */
function newtonStep(
  rows: readonly { readonly traits: readonly number[]; readonly right: boolean }[],
  weights: readonly number[],
): readonly number[] {
  const gradient = weights.map((weight) => -ridge * weight);
  const curvature = weights.map((_, i) => weights.map((__, j) => (i === j ? ridge : 0)));
  for (const { traits, right } of rows) {
    const p = chance(traits, weights);
    traits.forEach((trait, i) => {
      gradient[i] = (gradient[i] ?? 0) + trait * (Number(right) - p);
      const line = curvature[i] ?? [];
      traits.forEach((other, j) => {
        line[j] = (line[j] ?? 0) + p * (1 - p) * trait * other;
      });
    });
  }
  const step = solve(curvature, gradient);
  return weights.map((weight, at) => weight + (step[at] ?? 0));
}

/** Solves a symmetric positive definite system by elimination; changes what it is given. */
function solve(matrix: number[][], right: number[]): readonly number[] {
  const n = right.length;
  const at = (i: number, j: number): number => matrix[i]?.[j] ?? 0;
  for (let i = 0; i < n; i++) {
    for (let k = i + 1; k < n; k++) {
      const factor = at(k, i) / at(i, i);
      const line = matrix[k] ?? [];
      for (let j = i; j < n; j++) line[j] = (line[j] ?? 0) - factor * at(i, j);
      right[k] = (right[k] ?? 0) - factor * (right[i] ?? 0);
    }
  }
  const solution = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    const known = solution.reduce((sum, value, j) => (j > i ? sum + at(i, j) * value : sum), 0);
    solution[i] = ((right[i] ?? 0) - known) / at(i, i);
  }
  return solution;
}
