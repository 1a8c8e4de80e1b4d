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
    const chances = await network.look(toTensor(scaled, input, placed), 0);
    return chances.flatMap(({ classIndex, confidence }) => {
      const label = rule.labels[classes[classIndex] ?? ''];
      return label === undefined ? [] : [{ label, confidence, box }];
    });
  };
  return {
    look: async (image, { seen, found }, minConfidence) => {
      const proposals = chooseProposals(rule, image.sizePx, seen, found);
      const checked = await mapInOrder(proposals, async (boxes) => {
        const joined = joinLooks(await Promise.all(boxes.map((box) => classify(image, box))));
        return joined.filter(({ confidence }) => confidence >= minConfidence);
      });
      return addChecked(found, checked.flat(), merge);
    },
    close: () => network.close(),
  };
}
