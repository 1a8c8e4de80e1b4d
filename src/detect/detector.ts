import type { Image } from '../picture/image.ts';
import type { Detection } from './detection.ts';
import type { Manifest } from './manifest.ts';

/** Anything that finds objects in a decoded photo. `onnx.ts` is the real one; tests may pass another. */
export interface Detector {
  readonly manifest: Manifest;
  /** All detections with confidence ≥ minConfidence, most confident first, in the image's own pixels. */
  detect(image: Image, minConfidence: number): Promise<readonly Detection[]>;
  close(): Promise<void>;
}
