import { sigmoid } from '../decoders/raw-detection.ts';

/** Something that was judged: what is known of it, and whether it was right. */
export interface LogisticRow {
  /** Numbers of about the size of 1; the last one is 1 where an offset is wanted. */
  readonly traits: readonly number[];
  readonly right: boolean;
}

const rounds = 25;

/**
 * Weights of a logistic regression, one a trait, by Newton's method.
 * @param ridge Pulls each weight to 0, as much as about so many judged things would; above 0.
 */
export function fitLogistic(rows: readonly LogisticRow[], ridge: number): readonly number[] {
  let weights: readonly number[] = (rows[0]?.traits ?? []).map(() => 0);
  for (let round = 0; round < rounds; round++) weights = newtonStep(rows, weights, ridge);
  return weights;
}

/** The chance that something of these traits is right, 0–1. */
export function chanceOf(traits: readonly number[], weights: readonly number[]): number {
  return sigmoid(traits.reduce((sum, trait, at) => sum + trait * (weights[at] ?? 0), 0));
}

function newtonStep(rows: readonly LogisticRow[], weights: readonly number[], ridge: number): readonly number[] {
  const gradient = weights.map((weight) => -ridge * weight);
  const curvature = weights.map((_, i) => weights.map((__, j) => (i === j ? ridge : 0)));
  for (const { traits, right } of rows) {
    const p = chanceOf(traits, weights);
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
