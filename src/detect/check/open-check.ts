import { ServiceError } from '../../errors.ts';
import type { Box } from '../../geo/frames.ts';
import { resize } from '../../picture/codec.ts';
import type { Image } from '../../picture/image.ts';
import type { Detection } from '../detection.ts';
import type { MergeRule } from '../merge/overlap.ts';
import { readNetwork } from '../network/network.ts';
import { startNetwork } from '../network/network-thread.ts';
import { toTensor } from '../network/tensor.ts';
import type { SeenSlice } from '../slices/detect-on-slices.ts';
import { mapInOrder } from '../slices/map-in-order.ts';
import { addChecked } from './add-checked.ts';
import { cropWindow, placeCrop } from './crop.ts';
import type { FoundCheck } from './find-check.ts';
import { joinLooks } from './join-looks.ts';
import { chooseProposals } from './proposals.ts';

/** So much may a probability be off 0 or 1, as 32-bit numbers add up. */
const rounding = 1e-3;

/** What the network of a detector gave for one photo. */
export interface FirstLook {
  /** Every box, of any class, slice by slice; labels are names of classes. */
  readonly seen: readonly SeenSlice[];
  /** What it found by its labels. */
  readonly found: readonly Detection[];
}

/** An open check. */
export interface Check {
  /** What was found, and what a second look finds besides, most confident first. */
  readonly look: (image: Image, first: FirstLook, minConfidence: number) => Promise<readonly Detection[]>;
  readonly close: () => Promise<void>;
}

/**
 * Loads the classifier of a check, with one thread of the processor: a crop takes it a few milliseconds.
 * @throws ServiceError those of readNetwork and startNetwork, with the classifier's id
 */
export async function openCheck({ rule, classifier, crop }: FoundCheck, merge: MergeRule): Promise<Check> {
  const { manifest } = classifier;
  const { input, classes } = manifest;
  const bytes = await readNetwork(classifier);
  const network = await startNetwork({ network: bytes, manifest, threads: 1, provider: 'cpu' });
  const classify = async (image: Image, box: Box): Promise<readonly Detection[]> => {
    const placed = placeCrop(cropWindow(box, crop), image.sizePx, input);
    const scaled = await resize(image, placed.sizePx, placed.part);
    const chances = await network.look(toTensor(scaled, input, placed), Number.NEGATIVE_INFINITY);
    return chances.flatMap(({ classIndex, confidence }) => {
      const name = classes[classIndex] ?? '';
      if (confidence < -rounding || confidence > 1 + rounding) {
        throw new ServiceError('model-not-probability', { model: manifest.id, name, value: confidence.toFixed(3) });
      }
      const label = rule.labels[name];
      return label === undefined ? [] : [{ label, confidence: Math.min(1, Math.max(0, confidence)), box }];
    });
  };
  return {
    look: async (image, { seen, found }, minConfidence) => {
      const proposals = chooseProposals(rule, image.sizePx, seen, found);
      const checked = await mapInOrder(proposals, async ({ confidence: sure, boxes }) => {
        const joined = joinLooks(await Promise.all(boxes.map((box) => classify(image, box))));
        return joined
          .map((one) => ({ ...one, confidence: one.confidence * sure ** rule.proposals.confidencePower }))
          .filter(({ confidence }) => confidence >= minConfidence);
      });
      return addChecked(found, checked.flat(), merge);
    },
    close: () => network.close(),
  };
}
