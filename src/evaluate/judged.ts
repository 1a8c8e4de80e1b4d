/**
 * Detections of one label on all photos, most confident first, each held against the truth.
 * Arrays are parallel: one place a detection.
 */
export interface Judged {
  readonly confidence: Float64Array;
  /** Index of the detection's photo. */
  readonly photo: Int32Array;
  /** 1: right; 0: wrong; -1: not counted (it lies on a crowd, or outside the sizes that are asked for). */
  readonly verdict: Int8Array;
  /** Place among the detections of its photo and label, from 0 for the most confident. */
  readonly rank: Int32Array;
  /** Objects asked for, by photo. */
  readonly asked: Int32Array;
}

/** Detections judged one to one, with the object that each one took. */
export interface Matched extends Judged {
  /** Index of the object that a right detection is, in the arrays of truths; -1: none. */
  readonly truth: Int32Array;
  /** Height of the detection's box, px. */
  readonly heightPx: Float64Array;
  readonly truthPhoto: Int32Array;
  /** px; NaN where a point says nothing of the height. */
  readonly truthHeightPx: Float64Array;
  /** Photos whose objects cannot be counted, as some are boxed as a crowd. 1: so. */
  readonly uncounted: Uint8Array;
}

/** Order of detections: most confident first; those of equal confidence keep their order. */
export function rankByConfidence(confidence: ArrayLike<number>): Int32Array {
  const order = Int32Array.from({ length: confidence.length }, (_, index) => index);
  return order.sort((a, b) => (confidence[b] as number) - (confidence[a] as number) || a - b);
}
