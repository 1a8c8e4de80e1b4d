import type { Detector } from '../../../src/detect/detector.ts';
import { createOnnxDetector } from '../../../src/detect/onnx.ts';
import { getModel } from '../../../src/detect/registry.ts';
import type { Box } from '../../../src/geo/frames.ts';

/**
 * The network of the default model, whose boxes are all 'proposal', whatever it calls them: as a check is given them,
 * with the confidences of the network. Of boxes that overlap by more than `iou` one stays.
 */
export async function openProposals(iou = 0.45): Promise<Detector> {
  const { check: _, ...model } = await getModel(undefined);
  const { check: __, context: ___, confidence: ____, ...manifest } = model.manifest;
  const labels = Object.fromEntries(manifest.classes.map((name) => [name, 'proposal']));
  return createOnnxDetector(
    { ...model, manifest: { ...manifest, labels, thresholds: { proposal: 0 }, merge: { iou } } },
    0,
  );
}

/** The sizes in which a check looks at a box, as shares of its sides: networks draw small things too large. */
export const scales = [1, 0.7];

/** A box about its middle, in a size. */
export function shrinkBox({ x, y, w, h }: Box, scale: number): Box {
  return { x: x + (w * (1 - scale)) / 2, y: y + (h * (1 - scale)) / 2, w: w * scale, h: h * scale };
}
