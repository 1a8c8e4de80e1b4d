import type { Box } from '../geo/frames.ts';

/** An object in image space: a box in the original photo's pixels. */
export interface Detection {
  readonly label: string;
  /** 0–1, as the network gave it, or as its manifest's `context` and `confidence` make it. */
  readonly confidence: number;
  readonly box: Box;
}
