import type { Box } from '../../geo/frames.ts';
import type { Detection } from '../detection.ts';

/**
 * One detection a label of what looks at one thing say: the mean of their probabilities, for what is there is seen in
 * each of its sizes, and the mean of their boxes, weighted by probability.
 * Classes of one label add up, as they exclude one another.
 * @param looks Every class that has a label, of each look.
 */
export function joinLooks(looks: readonly (readonly Detection[])[]): readonly Detection[] {
  const labels = [...new Set(looks.flatMap((look) => look.map(({ label }) => label)))];
  return labels.flatMap((label) => {
    const votes = looks.flatMap((look) => look.filter((one) => one.label === label));
    const sum = votes.reduce((total, { confidence }) => total + confidence, 0);
    if (sum === 0) return [];
    const mean = (side: keyof Box): number =>
      votes.reduce((total, { confidence, box }) => total + confidence * box[side], 0) / sum;
    const box = { x: mean('x'), y: mean('y'), w: mean('w'), h: mean('h') };
    return [{ label, confidence: sum / looks.length, box }];
  });
}
