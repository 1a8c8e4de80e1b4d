import type { Detector } from '../../../src/detect/detector.ts';
import { proposalsManifest } from '../../../src/detect/manifest.ts';
import { createOnnxDetector } from '../../../src/detect/onnx.ts';
import { getModel } from '../../../src/detect/registry.ts';
import type { Box } from '../../../src/geo/frames.ts';

/** The network of the default model, all of whose boxes are proposals. Of boxes that overlap by more than `iou` one stays. */
export async function openProposals(iou = 0.45): Promise<Detector> {
  const { check: _, ...model } = await getModel(undefined);
  return createOnnxDetector({ ...model, manifest: { ...proposalsManifest(model.manifest), merge: { iou } } }, 0);
}

/** The sizes in which a check looks at a box, as shares of its sides: networks draw small things too large. */
export const scales = [1, 0.7];

/** A box about its middle, in a size. */
export function shrinkBox({ x, y, w, h }: Box, scale: number): Box {
  return { x: x + (w * (1 - scale)) / 2, y: y + (h * (1 - scale)) / 2, w: w * scale, h: h * scale };
}
