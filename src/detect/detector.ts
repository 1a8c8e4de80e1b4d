import type { Image } from '../picture/image.ts';
import type { Detection } from './detection.ts';
import type { Manifest } from './manifest.ts';
import type { Slice } from './slices/slicing.ts';

/** How to look at one photo. */
export interface Look {
  /** Detections below it are dropped, 0–1. */
  readonly minConfidence: number;
  /** What to look at; undefined: evenly spread slices of the manifest's size, and the whole. */
  readonly slices?: readonly Slice[] | undefined;
}

/** Anything that finds objects in a decoded photo. `onnx.ts` is the real one; tests may pass another. */
export interface Detector {
  readonly manifest: Manifest;
  /** All detections with confidence ≥ minConfidence, most confident first, in the image's own pixels. */
  detect(image: Image, look: Look): Promise<readonly Detection[]>;
  close(): Promise<void>;
}
